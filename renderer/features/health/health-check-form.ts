import type { WrittenHealthCheck } from '../../../shared/config/config-edit.ts';
import { formatDuration } from '../../../shared/config/duration.ts';
import { type HealthCheckConfig, healthCheckSchema } from '../../../shared/config/health-check-schema.ts';

/** A check as it is typed; what is empty is as it is in the check it stands over. */
export interface HealthCheckForm {
  readonly type: HealthCheckConfig['type'];
  readonly method: HealthCheckConfig['method'];
  readonly path: string;
  readonly expectedStatus: string;
  readonly bodyContains: string;
  /** A line each: `Authorization: Bearer probe`. */
  readonly headers: string;
  readonly followRedirects: boolean;
  readonly service: string;
  readonly interval: string;
  readonly downInterval: string;
  readonly timeout: string;
  readonly jitter: string;
  readonly startDelay: string;
  readonly rise: string;
  readonly fall: string;
}

const DEFAULTS = healthCheckSchema.parse({});

/** The check in force, with what is so in `base` left empty: the defaults for a pool's, the pool's for a server's. */
export function formOf(check: HealthCheckConfig, base: HealthCheckConfig = DEFAULTS): HealthCheckForm {
  const form = inFull(check);
  const usual = inFull(base);
  const empty = TEXTS.filter((field) => form[field] === usual[field]).map((field) => [field, '']);
  return { ...form, ...Object.fromEntries(empty) };
}

/** What an empty field stands for. */
export function placeholdersOver(base: HealthCheckConfig): Readonly<Record<(typeof TEXTS)[number], string>> {
  const { bodyContains, headers, service, downInterval, jitter, startDelay, ...rest } = inFull(base);
  return {
    ...rest,
    bodyContains: bodyContains || 'anything',
    headers: headers || 'Authorization: Bearer probe',
    service: service || 'the server as a whole',
    downInterval: downInterval || 'the same',
    jitter: jitter || 'none',
    startDelay: startDelay || 'none',
  };
}

/** With nothing left empty that `base` has other than by default. */
export function filled(form: HealthCheckForm, base: HealthCheckConfig): HealthCheckForm {
  const usual = formOf(base);
  const left = TEXTS.filter((field) => form[field] === '').map((field) => [field, usual[field]]);
  return { ...form, ...Object.fromEntries(left) };
}

function inFull(check: HealthCheckConfig): HealthCheckForm {
  const time = (ms: number | undefined) => (ms === undefined ? '' : formatDuration(ms));
  const status = check.expectedStatus.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
  return {
    type: check.type,
    method: check.method,
    path: check.path,
    expectedStatus: status.join(', '),
    bodyContains: check.bodyContains ?? '',
    headers: Object.entries(check.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    followRedirects: check.followRedirects,
    service: check.service ?? '',
    interval: time(check.interval),
    downInterval: time(check.downInterval),
    timeout: time(check.timeout),
    jitter: time(check.jitter),
    startDelay: time(check.startDelay),
    rise: String(check.rise),
    fall: String(check.fall),
  };
}

/** What to write over `base`: only what differs from it, and what the kind of check has a use for. */
export function writtenOf(form: HealthCheckForm, base: HealthCheckConfig = DEFAULTS): WrittenHealthCheck {
  const { type, method, followRedirects } = form;
  const written: Record<string, WrittenHealthCheck[string]> = {};
  const text = (key: 'path' | 'bodyContains' | 'service' | TimeField) => {
    const value = key === 'bodyContains' ? form[key] : form[key].trim();
    if (value !== '') written[key] = value;
  };
  if (type !== base.type) written.type = type;
  if (type === 'off') return written;
  if (type === 'http') {
    if (method !== base.method) written.method = method;
    text('path');
    const headers = headersOf(form.headers);
    if (Object.keys(headers).length > 0) written.headers = headers;
    const status = form.expectedStatus
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
    if (status.length > 0) written.expectedStatus = status.length === 1 ? (status[0] ?? '') : status;
    text('bodyContains');
    if (followRedirects !== base.followRedirects) written.followRedirects = followRedirects;
  }
  if (type === 'grpc') text('service');
  for (const field of TIMES) text(field);
  for (const field of ['rise', 'fall'] as const) {
    const value = form[field].trim();
    // What is no number is left as it is typed, for the schema to complain of.
    if (value !== '') written[field] = /^\d+$/.test(value) ? Number(value) : value;
  }
  return written;
}

type TimeField = (typeof TIMES)[number];
const TIMES = ['interval', 'downInterval', 'timeout', 'jitter', 'startDelay'] as const;
const TEXTS = [
  ...TIMES,
  'path',
  'expectedStatus',
  'bodyContains',
  'headers',
  'service',
  'rise',
  'fall',
] as const;

function headersOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(':');
      return [name.trim(), value.join(':').trim()];
    }),
  );
}

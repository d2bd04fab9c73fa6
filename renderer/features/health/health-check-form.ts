import type { WrittenHealthCheck } from '../../../shared/contract.ts';
import { formatDuration } from '../../../shared/duration.ts';
import { type HealthCheckConfig, healthCheckSchema } from '../../../shared/health-check-schema.ts';

/** A check as it is typed; what is empty has its default. */
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

/** The check that is in force, with what is so by default left empty. */
export function formOf(check: HealthCheckConfig): HealthCheckForm {
  const time = (ms: number | undefined, usual?: number) =>
    ms === undefined || ms === usual ? '' : formatDuration(ms);
  const count = (value: number, usual: number) => (value === usual ? '' : String(value));
  const status = check.expectedStatus.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
  return {
    type: check.type,
    method: check.method,
    path: check.path === DEFAULTS.path ? '' : check.path,
    expectedStatus: status.join(', ') === '200-399' ? '' : status.join(', '),
    bodyContains: check.bodyContains ?? '',
    headers: Object.entries(check.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    followRedirects: check.followRedirects,
    service: check.service ?? '',
    interval: time(check.interval, DEFAULTS.interval),
    downInterval: time(check.downInterval),
    timeout: time(check.timeout, DEFAULTS.timeout),
    jitter: time(check.jitter),
    startDelay: time(check.startDelay),
    rise: count(check.rise, DEFAULTS.rise),
    fall: count(check.fall, DEFAULTS.fall),
  };
}

/** What to write: only what differs from the defaults, and what the kind of check has a use for. */
export function writtenOf(form: HealthCheckForm): WrittenHealthCheck {
  const { type, method, followRedirects } = form;
  const written: Record<string, WrittenHealthCheck[string]> = {};
  const text = (key: 'path' | 'bodyContains' | 'service' | TimeField) => {
    const value = key === 'bodyContains' ? form[key] : form[key].trim();
    if (value !== '') written[key] = value;
  };
  if (type !== DEFAULTS.type) written.type = type;
  if (type === 'off') return written;
  if (type === 'http') {
    if (method !== DEFAULTS.method) written.method = method;
    text('path');
    const headers = headersOf(form.headers);
    if (Object.keys(headers).length > 0) written.headers = headers;
    const status = form.expectedStatus
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
    if (status.length > 0) written.expectedStatus = status.length === 1 ? (status[0] ?? '') : status;
    text('bodyContains');
    if (followRedirects) written.followRedirects = true;
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

function headersOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(':');
      return [name.trim(), value.join(':').trim()];
    }),
  );
}

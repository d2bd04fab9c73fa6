import type { Say } from './draft.ts';
import { durationText } from './durations.ts';
import { field, isObject, scalarText } from './yaml-value.ts';

const URL_IN_IT = /https?:\/\/[^/\s"'|;&]+(\/[^\s"'|;&?#]*)?/;

/** What a service's `healthcheck` comes to from outside its container: the path it asks for, and how often. */
export function readHealth(
  check: unknown,
  service: string,
  line: number,
  say: Say,
): Readonly<Record<string, unknown>> {
  if (!isObject(check)) return {};
  if (field(check, 'disable') === true) return { healthCheck: { type: 'off' } };
  const test = field(check, 'test');
  const words = Array.isArray(test) ? test.map(scalarText).join(' ') : scalarText(test);
  const url = URL_IN_IT.exec(words);
  if (!url) {
    say(line, `${service}: its healthcheck was left out: it runs in the container, and asks for no URL.`);
    return {};
  }
  const [, path = '/'] = url;
  const isPath = /^\/[\x21\x22\x24-\x7e]*$/.test(path);
  const healthCheck = {
    ...(isPath && path !== '/' && { path }),
    interval: durationText(textOf(field(check, 'interval')), 's'),
    timeout: durationText(textOf(field(check, 'timeout')), 's'),
    ...readRetries(field(check, 'retries')),
  };
  return Object.values(healthCheck).some((value) => value !== undefined) ? { healthCheck } : {};
}

function readRetries(retries: unknown): { readonly fall?: number } {
  const count = Number(scalarText(retries));
  return Number.isInteger(count) && count >= 1 && count <= 100 ? { fall: count } : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

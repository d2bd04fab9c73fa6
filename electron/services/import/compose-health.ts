import type { Say } from './draft.ts';
import { durationText } from './durations.ts';
import { field, isObject, scalarText } from './yaml-value.ts';

const URL_IN_IT =
  /(?:(https?):\/\/)?(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::(\d{1,5}))?(\/[^\s"'|;&?#]*)?(?=[\s"'|;&?#]|$)/;

interface Service {
  readonly name: string;
  readonly line: number;
  /** The port of the container that becomes a backend. */
  readonly target: number;
}

/** What a service's `healthcheck` comes to from outside its container: the path it asks for, and how often. */
export function readHealth(
  check: unknown,
  { name, line, target }: Service,
  say: Say,
): Readonly<Record<string, unknown>> {
  if (!isObject(check)) return {};
  const test = field(check, 'test');
  const isNone = Array.isArray(test) && scalarText(test[0]) === 'NONE';
  if (field(check, 'disable') === true || isNone) return { healthCheck: { type: 'off' } };
  const words = Array.isArray(test) ? test.map(scalarText).join(' ') : scalarText(test);
  const [url, scheme = 'http', , port, path = '/'] = URL_IN_IT.exec(words) ?? [];
  if (url === undefined) {
    say(line, `${name}: its healthcheck was left out: it asks for no URL of the container itself.`);
    return {};
  }
  if (Number(port ?? (scheme === 'https' ? 443 : 80)) !== target) {
    say(
      line,
      `${name}: its healthcheck was left out: it asks another port than ${target}, which is published.`,
    );
    return {};
  }
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

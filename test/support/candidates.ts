import { createPolicy } from '../../electron/engine/balancing/create-policy.ts';
import type { Candidate, PickRequest, Policy } from '../../electron/engine/balancing/policy.ts';
import { seededRandom } from '../../electron/engine/balancing/seeded-random.ts';
import type { PolicySettings } from '../../shared/config/config.ts';
import type { PolicyName } from '../../shared/config/policies.ts';

/** A backend as a policy sees it, under the test's control. */
export class Fake implements Candidate {
  isUp = true;
  inFlight = 0;
  share = 1;
  readonly name: string;
  weight: number;

  constructor(name: string, weight = 1) {
    this.name = name;
    this.weight = weight;
  }

  isAvailable(): boolean {
    return this.isUp;
  }
}

/** One for each letter. */
export const fakes = (names: string): Fake[] => [...names].map((name) => new Fake(name));

const FIELDS = { header: 'X-User', cookie: 'session' };

/** A policy by its name, with the header `X-User`, the cookie `session` and the key `k` where it needs them. */
export function policyOf(name: PolicyName, seed = 1, nowMs: () => number = () => 0): Policy {
  const settings: PolicySettings =
    name === 'header-hash' || name === 'cookie-hash' || name === 'sticky-cookie'
      ? { name, ...FIELDS }
      : { name };
  return createPolicy(settings, { random: seededRandom(seed), nowMs, key: Buffer.from('k') });
}

export function requestOf(change: {
  readonly clientAddress?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
}): PickRequest {
  return {
    clientAddress: change.clientAddress ?? '127.0.0.1',
    path: change.path ?? '/',
    header: (name) => change.headers?.[name] ?? null,
    cookie: (name) => change.cookies?.[name] ?? null,
  };
}

export const PLAIN = requestOf({});

/** The names of so many picks, one after the other, `-` where there was none; nothing stays in flight. */
export function picks(policy: Policy, candidates: readonly Fake[], count: number, request = PLAIN): string {
  return Array.from({ length: count }, () => policy.pick(candidates, [], request)?.name ?? '-').join('');
}

/** How often each name comes in a text of one-letter names. */
export function counts(text: string, names: string): number[] {
  return [...names].map((name) => text.split(name).length - 1);
}

/** Pearson's statistic: how far counts are from what was expected of them. */
export function chiSquare(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce(
    (sum, count, at) => sum + (count - (expected[at] ?? 0)) ** 2 / (expected[at] ?? 1),
    0,
  );
}

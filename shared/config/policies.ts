/** The balancing policies by their names in the config. */
export const POLICIES = [
  'round-robin',
  'weighted-round-robin',
  'least-connections',
  'two-choices',
  'peak-ewma',
  'random',
  'first-available',
  'sticky-cookie',
  'ip-hash',
  'header-hash',
  'cookie-hash',
  'path-hash',
] as const;
export type PolicyName = (typeof POLICIES)[number];

interface PolicyWords {
  readonly title: string;
  /** One line for people who choose. */
  readonly line: string;
}

export const POLICY_WORDS: Readonly<Record<PolicyName, PolicyWords>> = {
  'round-robin': { title: 'Round robin', line: 'Each backend in turn, in the order of the list.' },
  'weighted-round-robin': {
    title: 'Weighted round robin',
    line: 'Each backend in turn, as often as its weight says, evenly spread.',
  },
  'least-connections': {
    title: 'Least connections',
    line: 'The backend with the fewest requests in flight for its weight.',
  },
  'two-choices': {
    title: 'Two choices',
    line: 'Draws two backends and takes the one with fewer requests in flight.',
  },
  'peak-ewma': {
    title: 'Peak EWMA',
    line: 'The quicker of two by recent latency; one that turns slow is left at once.',
  },
  random: { title: 'Random', line: 'A draw for every request, by weight.' },
  'first-available': { title: 'First available', line: 'The first of the list, until it is out.' },
  'sticky-cookie': {
    title: 'Sticky cookie',
    line: 'A client stays with its backend, which a cookie names.',
  },
  'ip-hash': { title: 'IP hash', line: "By the client's address: the same one, the same backend." },
  'header-hash': { title: 'Header hash', line: 'By a header: the same value, the same backend.' },
  'cookie-hash': { title: 'Cookie hash', line: 'By a cookie: the same value, the same backend.' },
  'path-hash': { title: 'Path hash', line: 'By the path: the same one, the same backend.' },
};

/** The field a policy cannot do without; null for those that need no more than their name. */
export function requiredField(policy: PolicyName): 'header' | 'cookie' | null {
  if (policy === 'header-hash') return 'header';
  return policy === 'cookie-hash' ? 'cookie' : null;
}

/** Whether a backend's weight changes anything under a policy. */
export function usesWeights(policy: PolicyName): boolean {
  return policy !== 'round-robin' && policy !== 'first-available';
}

/**
 * What share of the requests a backend is owed whatever the traffic: the same as every other, by its weight, or none
 * that could be told, because it depends on who asks or on who is busy.
 */
export function owedBy(policy: PolicyName): 'equal' | 'weight' | 'none' {
  if (policy === 'round-robin') return 'equal';
  return policy === 'weighted-round-robin' || policy === 'random' ? 'weight' : 'none';
}

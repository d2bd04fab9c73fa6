/** The balancing policies by their names in the config. */
export const POLICIES = ['round-robin', 'weighted-round-robin'] as const;
export type PolicyName = (typeof POLICIES)[number];

/** One line for people who choose. */
export const POLICY_WORDS: Readonly<Record<PolicyName, { readonly title: string; readonly line: string }>> = {
  'round-robin': { title: 'Round robin', line: 'Each backend in turn, in the order of the list.' },
  'weighted-round-robin': {
    title: 'Weighted round robin',
    line: 'Each backend in turn, as often as its weight says, evenly spread.',
  },
};

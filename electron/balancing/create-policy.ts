import type { PolicyName } from '../../shared/policies.ts';
import type { Policy } from './policy.ts';
import { RoundRobin } from './round-robin.ts';
import { WeightedRoundRobin } from './weighted-round-robin.ts';

export function createPolicy(name: PolicyName): Policy {
  switch (name) {
    case 'round-robin':
      return new RoundRobin();
    case 'weighted-round-robin':
      return new WeightedRoundRobin();
  }
}

import type { PolicySettings } from '../../../shared/config/config.ts';
import { FirstAvailable } from './first-available.ts';
import { KeyHash } from './key-hash.ts';
import { LeastConnections } from './least-connections.ts';
import { PeakEwma } from './peak-ewma.ts';
import type { Policy } from './policy.ts';
import { RandomDraw } from './random.ts';
import { RoundRobin } from './round-robin.ts';
import type { Sources } from './sources.ts';
import { StickyCookie } from './sticky-cookie.ts';
import { TwoChoices } from './two-choices.ts';
import { WeightedRoundRobin } from './weighted-round-robin.ts';

export function createPolicy(settings: PolicySettings, sources: Sources): Policy {
  switch (settings.name) {
    case 'round-robin':
      return new RoundRobin();
    case 'weighted-round-robin':
      return new WeightedRoundRobin();
    case 'least-connections':
      return new LeastConnections();
    case 'two-choices':
      return new TwoChoices(sources.random);
    case 'peak-ewma':
      return new PeakEwma(sources);
    case 'random':
      return new RandomDraw(sources.random);
    case 'first-available':
      return new FirstAvailable();
    case 'sticky-cookie':
      return new StickyCookie(settings.cookie, settings.key ?? sources.key);
    case 'ip-hash':
      return new KeyHash((request) => request.clientAddress, 'the client');
    case 'header-hash':
      return new KeyHash((request) => request.header(settings.header), `the header ${settings.header}`);
    case 'cookie-hash':
      return new KeyHash((request) => request.cookie(settings.cookie), `the cookie ${settings.cookie}`);
    case 'path-hash':
      return new KeyHash((request) => request.path, 'the path');
  }
}

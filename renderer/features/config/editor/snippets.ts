import type { Path } from '../../../../shared/config/text-edits.ts';

/** Something whole to begin with. `#{x}` is a place to go on typing at; Tab leads to the next. */
export interface Snippet {
  readonly label: string;
  readonly line: string;
  readonly template: string;
}

const snippet = (label: string, line: string, ...lines: readonly string[]): Snippet => ({
  label,
  line,
  template: lines.join('\n'),
});

const SERVER = snippet(
  'server…',
  'A backend with a name and a weight',
  '{ "name": "#{name}", "url": "http://localhost:#{5001}", "weight": #{1} }',
);
const BACKUP = snippet(
  'backup server…',
  'Serves only while no other can',
  '{ "url": "http://localhost:#{5009}", "backup": true }',
);
const COMMAND = snippet(
  'command…',
  'Processes that Switchyard starts; they listen on their PORT',
  '{ "name": "#{name}", "command": "#{node server.js}", "instances": #{2} }',
);
const LISTENER = snippet(
  'listener…',
  'An address that clients connect to',
  '{ "address": ":#{8081}", "defaultPool": "#{pool}" }',
);
const POOL = snippet(
  'pool…',
  'A named group of backends',
  '"#{name}": {',
  '\t"policy": "#{round-robin}",',
  '\t"servers": ["http://localhost:#{5001}"]',
  '}',
);
const SCENARIO = snippet(
  'scenario…',
  'A timeline of what goes wrong when',
  '"#{name}": [',
  '\t"at 0s: #{backend} latency 500ms",',
  '\t"at 10s: #{backend} error 503 probability=0.1",',
  '\t"at 20s: restore"',
  ']',
);
const ROUTES = [
  snippet(
    'route by path…',
    'A path goes to a pool',
    '{ "path": "/#{api}", "pool": "#{pool}", "stripPrefix": #{true} }',
  ),
  snippet('route by host…', 'A host goes to a pool', '{ "host": "#{users.localhost}", "pool": "#{pool}" }'),
  snippet('redirect…', 'Clients are sent elsewhere', '{ "path": "/#{old}", "redirect": "/#{new}" }'),
  snippet(
    'fixed answer…',
    'Answered by Switchyard itself',
    '{ "path": "/#{health}", "respond": { "status": #{200}, "body": "#{fine}" } }',
  ),
];

/** Where an item or a named part may be begun. */
export function snippetsAt(path: Path, isAtName: boolean): readonly Snippet[] {
  const holder = path.at(-2);
  const isTop = path.length === 2;
  if (isAtName) {
    if (isTop && holder === 'pools') return [POOL];
    return isTop && holder === 'scenarios' ? [SCENARIO] : [];
  }
  if (typeof path.at(-1) !== 'number') return [];
  if (holder === 'servers') return [SERVER, BACKUP, COMMAND];
  if (holder === 'listeners' && isTop) return [LISTENER];
  return holder === 'routes' ? ROUTES : [];
}

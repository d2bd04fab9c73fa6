import { expect, it } from 'vitest';
import { type Candidate, groupServers } from '../../../../electron/services/discovery/group.ts';

const candidate = (
  port: number,
  change: { kind?: string | null; pid?: number; title?: string; status?: number; name?: string } = {},
): Candidate => ({
  kind: change.kind === undefined ? 'node users' : change.kind,
  server: {
    url: `http://localhost:${port}`,
    port,
    status: change.status ?? 200,
    title: change.title ?? null,
    software: null,
    owner: {
      kind: 'process',
      name: change.name ?? 'users',
      detail: null,
      folder: null,
      pid: change.pid ?? port,
    },
  },
});
const portsOf = (...candidates: readonly Candidate[]) =>
  groupServers(candidates).map(
    ({ name, servers }) => `${name}: ${servers.map(({ port }) => port).join(' ')}`,
  );

it('puts processes of one program, folder and script together', () => {
  expect(
    portsOf(candidate(5002), candidate(5001), candidate(6001, { kind: 'node carts', name: 'carts' })),
  ).toEqual(['users: 5001 5002', 'carts: 6001']);
});

it('takes the ports of one process for different services, each with those of its copies', () => {
  expect(
    portsOf(
      candidate(5001, { pid: 1 }),
      candidate(9001, { pid: 1 }),
      candidate(5002, { pid: 2 }),
      candidate(9002, { pid: 2 }),
    ),
  ).toEqual(['users: 5001 5002', 'users: 9001 9002']);
});

it('goes by the page where that is the same, but not by a page of errors', () => {
  const page = { kind: null, title: 'Users' };
  expect(portsOf(candidate(5001, page), candidate(5002, page))).toEqual(['users: 5001 5002']);
  const error = { kind: null, title: 'Not found', status: 404 };
  expect(portsOf(candidate(5001, error), candidate(5002, error))).toEqual(['users: 5001', 'users: 5002']);
});

it('calls copies by number what they have in common', () => {
  expect(portsOf(candidate(1, { name: 'app-users-1' }), candidate(2, { name: 'app-users-2' }))).toEqual([
    'app-users: 1 2',
  ]);
});

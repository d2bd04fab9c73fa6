/**
 * @typedef {{ kind: 'http' | 'websocket', settings: { connections: number, bodyBytes?: number, isFresh?: boolean } }} Load
 * @typedef {{ id: string, name: string, unit: 'request' | 'message', backend: readonly string[], load: Load }} Scenario
 */

/**
 * @param {string} id
 * @param {string} name
 * @param {number} bytes of the answer
 * @param {Load['settings']} settings
 * @returns {Scenario}
 */
function http(id, name, bytes, settings) {
  const backend = ['backend.mjs', String(bytes)];
  return { id, name, unit: 'request', backend, load: { kind: 'http', settings } };
}

/** What every peer is measured by. @type {readonly Scenario[]} */
export const SCENARIOS = [
  http('60b', '60 B answers, 64 connections', 60, { connections: 64 }),
  http('60b-1024', '60 B answers, 1,024 connections', 60, { connections: 1_024 }),
  http('1k', '1 KiB answers, 64 connections', 1_024, { connections: 64 }),
  http('100k', '100 KiB answers, 64 connections', 102_400, { connections: 64 }),
  http('10m', '10 MiB answers, 8 connections', 10_485_760, { connections: 8 }),
  http('post', '10 KiB posted, 60 B answers, 64 connections', 60, { connections: 64, bodyBytes: 10_240 }),
  http('fresh', '60 B answers, a new connection for each request, 64 at a time', 60, {
    connections: 64,
    isFresh: true,
  }),
  {
    id: 'websocket',
    name: 'WebSocket echo of 60 B, 64 connections',
    unit: 'message',
    backend: ['echo.mjs'],
    load: { kind: 'websocket', settings: { connections: 64 } },
  },
];

/** What is measured in a way of its own. */
export const SPECIAL_SCENARIOS = /** @type {const} */ (['half-load', 'watching', 'soak']);

export const SCENARIO_NAMES = [...SCENARIOS.map(({ id }) => id), ...SPECIAL_SCENARIOS];

/** @param {string} id */
export function scenario(id) {
  const found = SCENARIOS.find((one) => one.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  return found;
}

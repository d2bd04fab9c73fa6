import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, SetupError, say } from '../../scripts/processes.mjs';
import { ROOT } from '../../scripts/project.mjs';
import { electronCommand } from './electron.mjs';

const SERVERS = fileURLToPath(new URL('servers/', import.meta.url));

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {boolean} canUpgrade whether it passes WebSockets on
 * @property {(backend: string) => import('./bench.mjs').Command} commandFor in front of a backend, `127.0.0.1:5001`
 */

/** Whether each passes WebSockets on, in the order of the tables. */
const KNOWN = /** @type {const} */ ({
  switchyard: true,
  'switchyard-electron': true,
  'node-http': false,
  'http-proxy': true,
  'http-proxy-3': true,
  'reply-from': false,
  go: true,
  nginx: true,
  haproxy: true,
});
export const PEER_NAMES = Object.keys(KNOWN);

/**
 * Makes ready what is wanted; what this machine has not got is left out with a word.
 *
 * @param {readonly string[]} wanted
 * @param {string} work a folder for what is built
 * @param {string | null} [before] another checkout, built, to measure as the peer `before`
 * @returns {Promise<Peer[]>}
 */
export async function preparePeers(wanted, work, before = null) {
  /** @type {Peer[]} */
  const peers = [];
  if (before !== null) {
    const cli = resolve(before, 'dist/cli.js');
    if (!existsSync(cli)) throw new SetupError(`${cli} is missing: build that checkout first.`);
    peers.push({ name: 'before', canUpgrade: true, commandFor: commandOf(cli, work) });
  }
  for (const [name, canUpgrade] of Object.entries(KNOWN)) {
    if (!wanted.includes(name)) continue;
    const commandFor = await prepare(name, work);
    if (commandFor) peers.push({ name, canUpgrade, commandFor });
  }
  return peers;
}

/**
 * @param {string} name
 * @param {string} work
 * @returns {Promise<Peer['commandFor'] | null>}
 */
async function prepare(name, work) {
  switch (name) {
    case 'switchyard':
      return commandOf(join(ROOT, 'dist/cli.js'), work);
    case 'switchyard-electron':
      return electronCommand(work);
    case 'go':
      return goCommand(work);
    case 'nginx':
    case 'haproxy':
      if ((await run('which', [name], { quiet: true })).code !== 0) {
        say(`${name} is not installed, so it is left out.`);
        return null;
      }
  }
  return (backend) => ({ command: [process.execPath, join(SERVERS, `${name}.mjs`), `http://${backend}`] });
}

/**
 * @param {string} cli the command line of a build
 * @param {string} work
 * @returns {Peer['commandFor']}
 */
function commandOf(cli, work) {
  return (backend) => {
    const config = join(work, `${backend.replace(':', '-')}.json`);
    writeFileSync(config, JSON.stringify({ port: '127.0.0.1:0', servers: [`http://${backend}`] }));
    return { command: [process.execPath, cli, 'serve', '--config', config] };
  };
}

/**
 * @param {string} work
 * @returns {Promise<Peer['commandFor'] | null>}
 */
async function goCommand(work) {
  const binary = join(work, 'go-proxy');
  const { code, output } = await run('go', ['build', '-o', binary, join(SERVERS, 'go-proxy.go')], {
    quiet: true,
  });
  if (code === 0) return (backend) => ({ command: [binary, `http://${backend}`] });
  say(code === 127 ? 'Go is not installed, so its proxy is left out.' : `Go's proxy is left out:\n${output}`);
  return null;
}

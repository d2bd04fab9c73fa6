import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { escapeControls } from '../../shared/text/control-characters.ts';
import { CliBench, type CliRun } from '../support/cli-run.ts';

/** Clears the screen, sets the title, and reverses the text behind it. */
const EVIL = '\u001b[2J\u001b]0;owned\u0007\u009b1A\u202e';
/** May stand in a string of JSON as it is. */
const C1_AND_BIDI = '\u009b2J\u009d0;owned\u009c\u202e';
const IN_JSON = JSON.stringify(EVIL).slice(1, -1);

let bench: CliBench;
const servers: Server[] = [];
beforeEach(() => {
  bench = new CliBench();
});
afterEach(async () => {
  await bench.stop();
  for (const server of servers.splice(0)) server.close();
});

const file = (name: string, text: string) => {
  const path = join(bench.folder, name);
  writeFileSync(path, text);
  return path;
};

/** Nothing in either stream that a terminal obeys, and at least one place where it would have been. */
function expectEscaped({ out, err }: CliRun): void {
  for (const text of [out, err]) expect(escapeControls(text, 'line-breaks')).toBe(text);
  expect(out + err).toMatch(/\\u00(?:1b|9b)/);
}

const simple = (rest: string) => `{ "servers": ["http://localhost:1"], ${rest} }`;
const withTls = (cert: string) =>
  `{ "listeners": [{ "address": "127.0.0.1:0", "defaultPool": "p", "tls": { "cert": "${cert}", "key": "k" } }], "pools": { "p": { "servers": ["http://localhost:1"] } } }`;

describe('escapes for the terminal', () => {
  it.each([
    ['bytes where a value should be', `{ "servers": [${EVIL}] }`],
    ['the name of an unknown field, as it is', simple(`"a${C1_AND_BIDI}b": 1`)],
    ['the name of an unknown field', simple(`"a${IN_JSON}b": 1`)],
    ['a URL and a policy', `{ "servers": ["${IN_JSON}http://x"], "policy": "${IN_JSON}" }`],
    [
      'the name of a pool and a path',
      withTls(IN_JSON).replace('"defaultPool": "p"', `"defaultPool": "p${IN_JSON}"`),
    ],
    ['the path of a certificate', withTls(IN_JSON)],
    ['a cookie', simple(`"policy": { "name": "sticky-cookie", "cookie": "a${IN_JSON}" }`)],
  ])('in %s of a config are shown, not obeyed', async (_, text) => {
    const path = file('config.json', text);
    const run = bench.run('check', '--config', path);
    expect(await run.exited).not.toBeNull();
    expectEscaped(run);
  });

  it('in a command that waits for permission are shown', async () => {
    const text = `{ "servers": [{ "command": "echo ${IN_JSON}\\rnpm start", "name": "a" }] }`;
    const run = bench.run('serve', '--config', file('config.json', text));
    expect(await run.exited).toBe(1);
    expectEscaped(run);
  });

  it('are shown in lines of JSON too, which keep their meaning', async () => {
    const run = bench.run('serve', '--json', '--config', file('config.json', withTls(IN_JSON)));
    expect(await run.exited).toBe(1);
    expectEscaped(run);
    expect(JSON.parse(run.err).message).toContain(EVIL);
  });

  it('in the name of a file are shown', async () => {
    const path = join(bench.folder, `a${EVIL}.json`);
    writeFileSync(path, '{');
    const run = bench.run('check', '--config', path);
    expect(await run.exited).toBe(1);
    expectEscaped(run);
  });

  it('in an argument are shown', async () => {
    const run = bench.run(EVIL);
    expect(await run.exited).toBe(2);
    expectEscaped(run);
  });

  it.each([
    [
      'nginx.conf',
      `upstream x { server 127.0.0.1:1; weird${EVIL} on; }\nserver { listen 80; location /a { proxy_pass http://x; rewrite${EVIL} a b; } location ~ ${EVIL}x { } }`,
    ],
    ['haproxy.cfg', `backend b${EVIL}\n  server a${EVIL} 127.0.0.1:1\n  foo${EVIL} bar\n`],
    ['Procfile', `web: node ${EVIL}server.js $PORT\n`],
    [
      'docker-compose.yml',
      'services:\n  "a\\e[2J\\e]0;owned\\a\\u202e\\u009b":\n    image: x\n    ports: ["5001:80", "9:53\\e[2J"]\n',
    ],
  ])('in an imported %s are shown in the notes, and harmless in the config', async (name, text) => {
    const run = bench.run('import', file(name, text));
    await run.exited;
    expectEscaped(run);
  });

  it('from the health check of a backend are shown', async () => {
    const server = createHttp2();
    server.on('stream', (stream) => {
      stream.respond({
        ':status': 200,
        'content-type': 'application/grpc',
        'grpc-status': '\u009b2J\u009d0;x',
      });
      stream.end();
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const config = {
      port: '127.0.0.1:0',
      servers: [{ url: `http://127.0.0.1:${port}`, healthCheck: { type: 'grpc' } }],
    };
    const run = bench.run('serve', '--config', bench.config(config));
    await run.says(/grpc-status \S/);
    expectEscaped(run);
  });

  it('from a service that Switchyard runs are shown or removed', async () => {
    const command = `printf '\\342\\200\\256evil \\302\\2332J \\033]0;x\\007 \\033[31mred\\n'; sleep 60`;
    const config = { port: '127.0.0.1:0', servers: [{ command, name: 'a' }] };
    const run = bench.run('serve', '--config', bench.config(config), '--allow-commands');
    await run.says(/evil/);
    expect(run.err).toContain('| \\u202eevil   red');
    expect(escapeControls(run.err, 'line-breaks')).toBe(run.err);
  });

  it('from what answers in the place of a control server are shown', async () => {
    const server = createServer((_, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ detail: `no ${EVIL}\nswitchyard: forged`, code: 'refused' }));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const env = { SWITCHYARD_TOKEN: 'x'.repeat(32) };
    const run = bench.runWith(env, 'status', '--control', `http://127.0.0.1:${port}`);
    expect(await run.exited).toBe(1);
    expectEscaped(run);
    expect(run.err.split('\n')).toHaveLength(2);
  });
});

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { CertificateFolder } from '../support/certificates.ts';
import { CliBench, type CliRun } from '../support/cli-run.ts';
import { until } from '../support/until.ts';

const exec = promisify(execFile);
let bench: CliBench;
let backend: BackendProcess;
let files: CertificateFolder;
beforeEach(async () => {
  bench = new CliBench();
  files = new CertificateFolder();
  backend = await new BackendProcess('b').start();
});
afterEach(async () => {
  await bench.stop();
  await backend.kill();
  files.remove();
});

const configWith = (tls: unknown) =>
  bench.config({
    listeners: [{ address: '127.0.0.1:0', tls, defaultPool: 'p' }],
    pools: { p: { servers: [backend.url] } },
  });

async function serve(path: string): Promise<{ run: CliRun; url: string }> {
  const run = bench.runWith({ XDG_DATA_HOME: files.path }, 'serve', '--config', path);
  await run.says(/listening on https:\/\/[\d.]+:\d+ → 1 backend/);
  return { run, url: /https:\/\/[\d.]+:\d+/.exec(run.out)?.[0] ?? '' };
}

/** SHA-256 of the certificate that is served. */
const servedBy = (url: string) =>
  new Promise<string>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connectTls({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
      socket.destroy();
    });
    socket.on('error', reject);
  });

it('says where the certificate it has made is, which curl then trusts, and has the same after a restart', async () => {
  const path = configWith('self-signed');
  const { run, url } = await serve(path);
  await run.says(/its certificate, for clients to trust: \/.*switchyard\.pem\n/);
  const certificate = /trust: (.*)\n/.exec(run.err)?.[1] ?? '';
  const { stdout } = await exec('curl', ['-s', '--max-time', '20', '--cacert', certificate, url]);
  expect(stdout).toContain('b');
  const before = await servedBy(url);
  run.child.kill('SIGTERM');
  expect(await run.exited).toBe(0);
  expect(await servedBy((await serve(path)).url)).toBe(before);
});

it('takes up a renewed certificate by itself, and keeps the old one while the new one is no good', async () => {
  await files.renew();
  const paths = { cert: join(files.path, 'cert.pem'), key: join(files.path, 'key.pem') };
  const { run, url } = await serve(configWith(paths));
  const before = await servedBy(url);
  const key = readFileSync(paths.key, 'utf8');
  files.write('key.pem', 'half a key');
  await run.says(
    /A certificate has changed and cannot be used; the old one stays\. listeners\[0\]\.tls\.key/,
  );
  expect(await servedBy(url)).toBe(before);
  files.write('key.pem', key);
  await files.renew();
  await run.says(/config reloaded: another certificate for listener/);
  await until('it is served', async () => (await servedBy(url)) !== before);
});

it('refuses a config whose certificate is missing, and so does check', async () => {
  const path = configWith({ cert: 'none.pem', key: 'none.pem' });
  for (const command of ['serve', 'check']) {
    const run = bench.run(command, '--config', path);
    expect(await run.exited).toBe(1);
    expect(run.err).toMatch(
      /^switchyard: listeners\[0\]\.tls\.cert: "none\.pem" \(.*none\.pem\) does not exist/,
    );
  }
});

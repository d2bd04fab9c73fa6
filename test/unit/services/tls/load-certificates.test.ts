import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import { ConfigCertificates } from '../../../../electron/services/tls/config-certificates.ts';
import { makeCertificate } from '../../../../electron/services/tls/make-certificate.ts';
import { ownCertificate, ownCertificateFolder } from '../../../../electron/services/tls/own-certificate.ts';
import { CertificateFolder } from '../../../support/certificates.ts';

let files: CertificateFolder;
beforeEach(async () => {
  files = new CertificateFolder();
  await files.renew();
});
afterEach(() => files.remove());

const textWith = (tls: unknown, routes: readonly object[] = []) =>
  JSON.stringify({
    listeners: [{ address: ':0', tls, defaultPool: 'p', routes }],
    pools: { p: { servers: ['http://a'] } },
  });
const read = (tls: unknown, routes?: readonly object[]) =>
  new ConfigCertificates(files.ownFolder, () => undefined).read(textWith(tls, routes), files.path);
const messagesOf = async (tls: unknown) => {
  const config = await read(tls);
  return config.ok ? [] : config.error.map(({ message }) => message);
};
const at = (name: string) => join(files.path, name);
const DAY_MS = 86_400_000;

describe('what the config says', () => {
  const messages = (tls: unknown) => {
    const config = parseConfig(textWith(tls));
    return config.ok ? [] : config.error.map(({ message }) => message);
  };

  it.each([
    [true, 'listeners[0].tls: true must be "self-signed", or an object such as'],
    ['yes', 'listeners[0].tls: "yes" must be "self-signed", or an object such as'],
    [
      { cert: './c' },
      'listeners[0].tls.key: is missing; it must be the path of a PEM file with its private key',
    ],
    [{ cert: '', key: './k' }, 'listeners[0].tls.cert: "" is empty; write the path of a PEM file'],
    [{ cert: 1, key: './k' }, 'listeners[0].tls.cert: 1 must be the path of a PEM file'],
    [
      { cert: './c', kye: './k', key: './k' },
      'listeners[0].tls.kye: is not a field here; did you mean "key"?',
    ],
  ])('%j', (tls, beginning) => {
    const [first, ...others] = messages(tls);
    expect(first).toContain(beginning);
    expect(others).toEqual([]);
  });

  it('is no field of the simple form', () => {
    const config = parseConfig('{ "tls": "self-signed", "servers": ["http://a"] }');
    expect(config).toMatchObject({
      error: [{ message: expect.stringContaining('a field of a listener, which needs the full form') }],
    });
  });
});

describe('files of the user', () => {
  it('are read from the folder of the config', async () => {
    const config = await read(files.tls);
    expect(config).toMatchObject({ value: { listeners: [{ certificate: { path: at('cert.pem') } }] } });
  });

  it('are not needed for plain http', async () => {
    const config = await read(undefined);
    expect(config).toMatchObject({ value: { listeners: [{ tls: null, certificate: null }] } });
  });

  it.skipIf(process.platform === 'win32')('a pipe nobody writes to does not hang the reader', async () => {
    execFileSync('mkfifo', [at('fifo.pem')]);
    expect(await messagesOf({ cert: 'fifo.pem', key: 'key.pem' })).toEqual([
      `listeners[0].tls.cert: "fifo.pem" (${at('fifo.pem')}) is a pipe or a device; name a PEM file`,
    ]);
  });

  it.skipIf(process.platform === 'win32')('a device does not fill the memory', async () => {
    expect(await messagesOf({ cert: '/dev/zero', key: '/dev/zero' })).toEqual([
      'listeners[0].tls.cert: "/dev/zero" (/dev/zero) is a pipe or a device; name a PEM file',
      'listeners[0].tls.key: "/dev/zero" (/dev/zero) is a pipe or a device; name a PEM file',
    ]);
  });

  it.each([
    '\\\\host\\share\\cert.pem',
    '//host/share/cert.pem',
    '\\/host/x',
    '\\\\.\\pipe\\x',
    '\\\\?\\C:\\x',
  ])('a path on another machine, or of a device, is refused before it is looked at: %s', async (cert) => {
    const [message] = await messagesOf({ cert, key: 'key.pem' });
    expect(message).toContain('names another machine or a device; write a path on this machine');
  });

  it('both are named when both are missing, each at its place', async () => {
    const config = await read({ cert: 'no.pem', key: 'none.pem' });
    const issues = config.ok ? [] : config.error;
    expect(issues.map(({ message }) => message)).toEqual([
      `listeners[0].tls.cert: "no.pem" (${at('no.pem')}) does not exist; correct the path, which starts from the folder of the config`,
      `listeners[0].tls.key: "none.pem" (${at('none.pem')}) does not exist; correct the path, which starts from the folder of the config`,
    ]);
    expect(issues[0]?.offset).toBe(textWith({ cert: 'no.pem', key: 'none.pem' }).indexOf('"no.pem"'));
  });

  it('a folder, and a file that may not be read', async () => {
    mkdirSync(at('folder'));
    expect(await messagesOf({ cert: 'folder', key: './key.pem' })).toEqual([
      `listeners[0].tls.cert: "folder" (${at('folder')}) is a folder; name the PEM file in it`,
    ]);
    chmodSync(at('key.pem'), 0o000);
    // The superuser may read everything.
    const expected =
      process.getuid?.() === 0
        ? []
        : [expect.stringMatching(/^listeners\[0\]\.tls\.key: .* may not be read/)];
    expect(await messagesOf(files.tls)).toEqual(expected);
  });

  it('no PEM, in either place', async () => {
    files.write('text.pem', 'hello');
    expect(await messagesOf({ cert: 'text.pem', key: './key.pem' })).toEqual([
      `listeners[0].tls.cert: "text.pem" (${at('text.pem')}) has no certificate in it; name a PEM file with "-----BEGIN CERTIFICATE-----"`,
    ]);
    expect(await messagesOf({ cert: './cert.pem', key: 'cert.pem' })).toEqual([
      `listeners[0].tls.key: "cert.pem" (${at('cert.pem')}) has no private key in it; name a PEM file with "-----BEGIN PRIVATE KEY-----"`,
    ]);
  });

  it('a key with a passphrase', async () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    files.write('key.pem', privateKey);
    expect(await messagesOf(files.tls)).toEqual([
      expect.stringContaining('is locked with a passphrase; write it'),
    ]);
  });

  it('a key of another certificate', async () => {
    files.write('key.pem', (await makeCertificate(['localhost'], Date.now())).key);
    expect(await messagesOf(files.tls)).toEqual([
      `listeners[0].tls.key: "./key.pem" (${at('key.pem')}) does not fit the certificate in ${at('cert.pem')}; name the key it was made with`,
    ]);
  });

  it('one that has expired, and one that is not valid yet', async () => {
    for (const [years, words] of [
      [-5, /^listeners\[0\]\.tls\.cert: .* expired on \d{4}-\d\d-\d\d; renew it, or write "self-signed"$/],
      [
        5,
        /^listeners\[0\]\.tls\.cert: .* is not valid before \d{4}-\d\d-\d\d; check the clock, or renew it$/,
      ],
    ] as const) {
      const { cert, key } = await makeCertificate(['localhost'], Date.now() + years * 365 * DAY_MS);
      files.write('cert.pem', cert);
      files.write('key.pem', key);
      expect(await messagesOf(files.tls)).toEqual([expect.stringMatching(words)]);
    }
  });
});

describe('"self-signed"', () => {
  const own = async (hosts: readonly string[], now = Date.now()) => {
    const made = await ownCertificate(files.ownFolder, hosts, now);
    if (!made.ok) throw new Error(made.error);
    return made.value;
  };

  it('names localhost and the hosts of the routes, signs nothing else, and is for this user alone', async () => {
    const config = await read('self-signed', [
      { host: 'Api.test', pool: 'p' },
      { host: '*.shop.test', pool: 'p' },
    ]);
    const certificate = config.ok ? config.value.listeners[0]?.certificate : null;
    const parsed = new X509Certificate(certificate?.cert ?? '');
    for (const host of ['localhost', 'api.test', 'x.shop.test']) expect(parsed.checkHost(host)).toBeDefined();
    for (const ip of ['127.0.0.1', '::1']) expect(parsed.checkIP(ip)).toBeDefined();
    expect([parsed.checkHost('example.com'), parsed.ca]).toEqual([undefined, false]);
    const keyPath = certificate?.path.replace(/\.pem$/, '-key.pem') ?? '';
    expect(statSync(keyPath).mode & 0o777).toBe(0o600);
    expect(statSync(files.ownFolder).mode & 0o777).toBe(0o700);
  });

  it('is the same the next time, and for fewer hosts; another host makes another, with the earlier ones in it', async () => {
    const first = await own(['a.localhost']);
    expect((await own(['a.localhost'])).fingerprint).toBe(first.fingerprint);
    expect((await own([])).fingerprint).toBe(first.fingerprint);
    const second = await own(['b.localhost']);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect((await own(['a.localhost', 'b.localhost'])).fingerprint).toBe(second.fingerprint);
  });

  it('a config that names other hosts has one of its own, and leaves the trusted one as it is', async () => {
    const trusted = await own(['a.localhost']);
    const other = await own(['bank.example', '*.shop.test']);
    expect(other.path).not.toBe(trusted.path);
    expect((await own(['*.shop.test', 'bank.example'])).fingerprint).toBe(other.fingerprint);
    expect((await own(['third.example'])).path).not.toBe(other.path);
    const after = await own(['a.localhost']);
    expect(after.fingerprint).toBe(trusted.fingerprint);
    expect(new X509Certificate(after.cert).checkHost('bank.example')).toBeUndefined();
  });

  it('one that named other hosts before does so no more when it is made again', async () => {
    const { cert, key } = await makeCertificate(['localhost', 'bank.example'], Date.now());
    mkdirSync(files.ownFolder);
    writeFileSync(join(files.ownFolder, 'switchyard.pem'), cert);
    writeFileSync(join(files.ownFolder, 'switchyard-key.pem'), key);
    const made = new X509Certificate((await own(['a.localhost'])).cert);
    expect([made.checkHost('bank.example'), made.checkHost('a.localhost')]).toEqual([
      undefined,
      'a.localhost',
    ]);
  });

  it('each listener has the one for its own hosts', async () => {
    const listeners = [
      { address: ':0', tls: 'self-signed', defaultPool: 'p', name: 'here' },
      {
        address: '127.0.0.1:0',
        tls: 'self-signed',
        defaultPool: 'p',
        name: 'elsewhere',
        routes: [{ host: 'bank.example', pool: 'p' }],
      },
    ];
    const text = JSON.stringify({ listeners, pools: { p: { servers: ['http://a'] } } });
    const config = await new ConfigCertificates(files.ownFolder, () => undefined).read(text, files.path);
    const names = config.ok ? config.value.listeners.map(({ certificate }) => certificate?.path) : [];
    expect(names).toEqual([
      join(files.ownFolder, 'switchyard.pem'),
      expect.stringMatching(/hosts-[0-9a-f]{16}\.pem$/),
    ]);
  });

  it('is made anew before it ends, and when what is there is damaged', async () => {
    const first = await own([]);
    const endMs = new Date(new X509Certificate(first.cert).validTo).getTime();
    expect((await own([], endMs - 20 * DAY_MS)).fingerprint).toBe(first.fingerprint);
    expect((await own([], endMs - 10 * DAY_MS)).fingerprint).not.toBe(first.fingerprint);
    writeFileSync(join(files.ownFolder, 'switchyard-key.pem'), 'hello');
    expect((await own([])).fingerprint).not.toBe(first.fingerprint);
  });

  it('says when it cannot be kept', async () => {
    writeFileSync(files.ownFolder, 'a file where the folder belongs');
    expect(await messagesOf('self-signed')).toEqual([
      expect.stringMatching(
        /^listeners\[0\]\.tls: "self-signed" does not work here: the certificate cannot be kept in /,
      ),
    ]);
  });

  it.each([
    ['linux', { XDG_DATA_HOME: '/data' }, /^\/data\/switchyard\/tls$/],
    ['linux', {}, /\/\.local\/share\/switchyard\/tls$/],
    ['darwin', {}, /Library\/Application Support\/Switchyard\/tls$/],
  ] as const)('is kept by the habits of %s', (platform, env, path) => {
    expect(ownCertificateFolder(env, platform)).toMatch(path);
  });
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ConfigConsent } from '../../../electron/desktop/config-consent.ts';
import { ConfigService } from '../../../electron/desktop/config-service.ts';
import { ok } from '../../../shared/calls/result.ts';
import { CertificateFolder } from '../../support/certificates.ts';
import { Human } from '../../support/human.ts';

let files: CertificateFolder;
let service: ConfigService;
/** Of each config put in force. */
let applied: (string | undefined)[];
let notices: string[];

const textWith = (tls: unknown) =>
  JSON.stringify({
    listeners: [{ address: ':0', tls, defaultPool: 'p' }],
    pools: { p: { servers: ['http://a'] } },
  });

const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

beforeEach(async () => {
  files = new CertificateFolder();
  await files.renew();
  applied = [];
  notices = [];
  const path = join(files.path, 'config.json');
  files.write('config.json', textWith(files.tls));
  const trust = { toAllow: async () => [], allow: async () => undefined };
  service = new ConfigService({
    trust,
    consent: new ConfigConsent({
      trust,
      path: join(files.path, 'allowed-configs.json'),
      ask: new Human('yes').ask,
    }),
    apply: async (config) => {
      applied.push(config.listeners[0]?.certificate?.fingerprint);
      return ok(null);
    },
    onChange: () => undefined,
    onOpened: () => undefined,
    startDemo: () => Promise.reject(new Error('there is no demo here')),
    notify: (notice) => notices.push(notice),
    certificateFolder: files.ownFolder,
    defaultPath: path,
  });
  await service.start(path);
  await until(() => expect(applied).toHaveLength(1));
});
afterEach(async () => {
  await service.stop();
  files.remove();
});

it('a config is put in force with its certificate; one whose certificate is missing changes nothing', async () => {
  expect(applied).toEqual([expect.stringMatching(/^[0-9A-F:]{95}$/)]);
  const { revision, text } = service.document;
  const result = await service.apply(textWith({ cert: 'none.pem', key: 'key.pem' }), revision);
  expect(result).toMatchObject({ error: { code: 'invalid', issues: [{ path: 'listeners[0].tls.cert' }] } });
  expect([applied.length, service.document.text]).toEqual([1, text]);
});

it('a certificate that is renewed is put in force by itself; one that is no good is told, and the old one stays', async () => {
  rmSync(join(files.path, 'cert.pem'));
  await until(() =>
    expect(notices).toEqual([expect.stringContaining('the old one stays. listeners[0].tls.cert')]),
  );
  expect(applied).toHaveLength(1);
  await files.renew();
  await until(() => expect(applied).toHaveLength(2));
  expect(applied[1]).not.toBe(applied[0]);
});

it('what a text would change is nothing while its certificate is not read', () => {
  expect(service.review(`${textWith(files.tls)} // the same`)).toMatchObject({ value: { changes: [] } });
});

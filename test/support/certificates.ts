import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCertificates } from '../../electron/services/tls/load-certificates.ts';
import { makeCertificate } from '../../electron/services/tls/make-certificate.ts';
import type { Config } from '../../shared/config/config.ts';

const NAMES = ['localhost', '*.localhost', '127.0.0.1', '::1'];

/** A folder with PEM files, for tests of listeners that speak https. */
export class CertificateFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'switchyard-tls-'));
  readonly ownFolder = join(this.path, 'own');
  readonly tls = { cert: './cert.pem', key: './key.pem' } as const;

  /** Makes one and writes both files, over those that are there. @returns the certificate, for clients to trust */
  async renew(names: readonly string[] = NAMES): Promise<string> {
    const { cert, key } = await makeCertificate(names, Date.now());
    this.write('key.pem', key);
    this.write('cert.pem', cert);
    return cert;
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  /** @throws with all that is wrong */
  async load(config: Config, text = JSON.stringify(config)): Promise<Config> {
    const loaded = await loadCertificates(config, text, { folder: this.path, ownFolder: this.ownFolder });
    if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join('\n'));
    return loaded.value;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

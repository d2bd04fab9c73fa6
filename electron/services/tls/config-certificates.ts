import type { Result } from '../../../shared/calls/result.ts';
import type { Config, ConfigIssue } from '../../../shared/config/config.ts';
import { parseConfig } from '../config/parse.ts';
import { CertificateWatch } from './certificate-watch.ts';
import { loadCertificates } from './load-certificates.ts';

/** What has become of the certificates of a config since it was put in force. */
export type Renewal =
  | { readonly kind: 'same' }
  | { readonly kind: 'renewed'; readonly config: Config }
  /** `words` is a sentence for the user; null when it has been said already. */
  | { readonly kind: 'refused'; readonly issues: readonly ConfigIssue[]; readonly words: string | null };

/** Reads configs that are to be put in force, with the certificates they name, and says when those may have changed. */
export class ConfigCertificates {
  readonly #ownFolder: string;
  readonly #watch: CertificateWatch;
  #said: string | null = null;

  /** @param ownFolder of the certificate that Switchyard makes */
  constructor(ownFolder: string, onChange: () => void) {
    this.#ownFolder = ownFolder;
    this.#watch = new CertificateWatch(onChange);
  }

  /** @param folder what the paths in it start from */
  async read(text: string, folder: string): Promise<Result<Config, readonly ConfigIssue[]>> {
    const config = parseConfig(text);
    return config.ok ? loadCertificates(config.value, text, { folder, ownFolder: this.#ownFolder }) : config;
  }

  /** From here on, the files of this config. */
  follow(config: Config, folder: string): void {
    this.#watch.watch(config, folder);
  }

  /** Reads them once more. They are looked at more often than they change, so most often there is nothing new. */
  async renew(before: Config, text: string, folder: string): Promise<Renewal> {
    const config = await this.read(text, folder);
    if (config.ok) {
      this.#said = null;
      const isSame = fingerprints(before) === fingerprints(config.value);
      return isSame ? { kind: 'same' } : { kind: 'renewed', config: config.value };
    }
    const wrong = config.error.map(({ message }) => message).join(' · ');
    const words = `A certificate has changed and cannot be used; the old one stays. ${wrong}`;
    const isNews = words !== this.#said;
    this.#said = words;
    return { kind: 'refused', issues: config.error, words: isNews ? words : null };
  }

  stop(): void {
    this.#watch.stop();
  }
}

function fingerprints({ listeners }: Config): string {
  return listeners.map(({ name, certificate }) => `${name} ${certificate?.fingerprint ?? ''}`).join('\n');
}

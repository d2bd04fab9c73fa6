import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type {
  Config,
  ConfigIssue,
  ListenerCertificate,
  ListenerConfig,
} from '../../../shared/config/config.ts';
import { type Problem, toIssues } from '../config/issues.ts';
import { readJson } from '../config/json-text.ts';
import { readCertificateFiles } from './certificate-files.ts';
import { isNameHere, ownCertificate } from './own-certificate.ts';

/** Where certificates come from. */
export interface CertificatePlaces {
  /** Of the config: what paths in it start from. */
  readonly folder: string;
  /** Of the certificate that Switchyard makes. */
  readonly ownFolder: string;
}

/**
 * The config with the certificate of each listener that speaks https. Parsing does without the disk, so this is for
 * whoever is about to put a config in force.
 *
 * @param text that the config was parsed from
 * @returns or all that is wrong with the files it names, in its order
 */
export async function loadCertificates(
  config: Config,
  text: string,
  places: CertificatePlaces,
): Promise<Result<Config, readonly ConfigIssue[]>> {
  // As for most, there is nothing to do.
  if (config.listeners.every(({ tls }) => tls === null)) return ok(config);
  const now = Date.now();
  const own = await ownCertificates(config.listeners, places.ownFolder, now);
  const problems: Problem[] = [];
  const listeners = await Promise.all(
    config.listeners.map(async (listener, index): Promise<ListenerConfig> => {
      const keys = ['listeners', index, 'tls'];
      const loaded = await load(listener, places.folder, now);
      if (loaded === 'own') {
        const made = own.get(listener);
        if (made?.ok) return { ...listener, certificate: made.value };
        problems.push({ keys, words: `does not work here: ${made?.error ?? ''}` });
      } else if (loaded.ok) return { ...listener, certificate: loaded.value };
      else problems.push(...loaded.error.map(({ field, words }) => ({ keys: [...keys, field], words })));
      return listener;
    }),
  );
  if (problems.length === 0) return ok({ ...config, listeners });
  const root = readJson(text.replace(/^\uFEFF/, ' '));
  return fail(toIssues(problems, text, root.ok ? root.value.root : undefined));
}

type Loaded = Awaited<ReturnType<typeof readCertificateFiles>> | Result<ListenerCertificate | null, never>;

async function load({ tls }: ListenerConfig, folder: string, now: number): Promise<Loaded | 'own'> {
  if (tls === null) return ok(null);
  return tls === 'self-signed' ? 'own' : readCertificateFiles(tls, folder, now);
}

/** Of each listener that has one made for it. One after the other, because they may share a file. */
async function ownCertificates(
  listeners: readonly ListenerConfig[],
  folder: string,
  now: number,
): Promise<ReadonlyMap<ListenerConfig, Result<ListenerCertificate, string>>> {
  const made = new Map<ListenerConfig, Result<ListenerCertificate, string>>();
  const own = listeners.filter(({ tls }) => tls === 'self-signed');
  const [elsewhere, here] = [own.filter(hasOtherNames), own.filter((one) => !hasOtherNames(one))];
  const shared = here.length > 0 ? await ownCertificate(folder, here.flatMap(hostsOf), now) : null;
  for (const listener of here) if (shared) made.set(listener, shared);
  for (const listener of elsewhere) made.set(listener, await ownCertificate(folder, hostsOf(listener), now));
  return made;
}

function hasOtherNames(listener: ListenerConfig): boolean {
  return hostsOf(listener).some((host) => !isNameHere(host));
}

/** The hosts of its routes, and its own where it listens on one address. */
function hostsOf({ address, routes }: ListenerConfig): readonly string[] {
  const isAny = address.host === null || address.host === '0.0.0.0' || address.host === '::';
  const names = routes.flatMap(({ host }) => (host === undefined ? [] : [host.toLowerCase()]));
  return isAny || address.host === null ? names : [address.host, ...names];
}

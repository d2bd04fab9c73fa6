import type { Config, ConfigIssue } from '../../shared/config.ts';
import type { Result } from '../../shared/result.ts';
import { parseConfig } from '../config/parse.ts';
import { type CertificatePlaces, loadCertificates } from './load-certificates.ts';

/** Reads a config that is to be put in force: what it says, and the certificates it names. */
export async function readConfig(
  text: string,
  places: CertificatePlaces,
): Promise<Result<Config, readonly ConfigIssue[]>> {
  const config = parseConfig(text);
  return config.ok ? loadCertificates(config.value, text, places) : config;
}

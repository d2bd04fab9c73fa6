import type { Config, ConfigIssue } from '../../shared/config.ts';

export function haveSameCertificates(one: Config, other: Config): boolean {
  return fingerprints(one) === fingerprints(other);
}

/** A sentence for a certificate that has changed on disk and cannot be used as it is. */
export function certificateRefused(issues: readonly ConfigIssue[]): string {
  return `A certificate has changed and cannot be used; the old one stays. ${issues.map(({ message }) => message).join(' · ')}`;
}

function fingerprints({ listeners }: Config): string {
  return listeners.map(({ name, certificate }) => `${name} ${certificate?.fingerprint ?? ''}`).join('\n');
}

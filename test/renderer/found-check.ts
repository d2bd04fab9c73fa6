import type { WrittenHealthCheck } from '../../shared/config/config-edit.ts';
import {
  type AskedRequest,
  type CheckFinding,
  type FoundCheck,
  findingWords,
} from '../../shared/view/found-check.ts';

export const asked = (method: 'HEAD' | 'GET', path: string, status: number): AskedRequest => ({
  method,
  path,
  outcome: { kind: 'status', status },
  durationMs: 1,
});

const FITS: CheckFinding = { kind: 'fits', asked: asked('HEAD', '/', 200) };

/** What main finds for a URL, in its own words. */
export function foundCheck(
  url: string,
  finding: CheckFinding = FITS,
  healthCheck: WrittenHealthCheck = {},
): FoundCheck {
  return { url, healthCheck, finding, words: findingWords(finding, url.replace(/^https?:\/\//, '')) };
}

/** An API that responds at a health path alone. */
export const atHealthz = (url: string): FoundCheck =>
  foundCheck(
    url,
    { kind: 'other-request', asked: asked('GET', '/healthz', 200), insteadOf: asked('HEAD', '/', 404) },
    { method: 'GET', path: '/healthz' },
  );

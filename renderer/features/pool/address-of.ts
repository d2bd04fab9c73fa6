import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';

/** Where a backend is, as far as it is not plain http anyway: `localhost:5001`, `https://localhost:5001/base`. */
export function addressOf({ url }: Pick<BackendSnapshot, 'url'>): string {
  return url.replace(/^http:\/\//, '');
}

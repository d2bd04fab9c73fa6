import type { ExchangeLine } from '../../../shared/view/exchange-record.ts';

/** In the place of method and path when what came was not a request. */
export const NOT_A_REQUEST = 'not a readable request';

/** What a request is called: `GET /users`. */
export function requestName({ method, target }: Pick<ExchangeLine, 'method' | 'target'>): string {
  return method === '' ? NOT_A_REQUEST : `${method} ${target}`;
}

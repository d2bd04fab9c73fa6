import type { ExchangeDetail } from '../../shared/view/exchange-record.ts';
import { viewOf } from './body-view.ts';
import { entryOf, type HarOptions } from './har.ts';
import type { Har } from './har-format.ts';

/** Exchanges put into words at once, between which main does what else it has to: with two whole bodies each, 2 MiB. */
const AT_ONCE = 16;

/** Exchanges as a HAR 1.2 log, as far as they are known, in the pieces of its text. */
export async function* harText(
  exchanges: readonly ExchangeDetail[],
  options: HarOptions,
): AsyncGenerator<string> {
  const creator: Har['log']['creator'] = { name: 'Switchyard', version: options.version };
  yield `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[`;
  for (let at = 0; at < exchanges.length; at += AT_ONCE) {
    const views = await Promise.all(exchanges.slice(at, at + AT_ONCE).map(viewOf));
    const entries = views.map((view) => JSON.stringify(entryOf(view, options), null, 1));
    yield `${at === 0 ? '' : ','}\n${entries.join(',\n')}`;
  }
  yield '\n]}}\n';
}

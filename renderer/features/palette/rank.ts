import { ACTION_GROUPS, type Action } from '../../../shared/actions/action.ts';

export interface RankedGroup {
  readonly heading: string;
  readonly actions: readonly Action[];
}

/** How well a name answers what was typed: 0 for not at all, up to 1. */
export type Score = (name: string, query: string, otherWords: string[]) => number;

/** More than this nobody reads, and every line costs. */
const MOST = 50;
/** Below it, letters merely happen to occur: of one word, and beside the best answer. */
const LEAST_SCORE = 0.03;
const LEAST_SHARE = 0.1;
/** What an action is found by beside its name counts less. */
const OTHER_WORDS = 0.5;
const RECENT_BONUS = 1.5;

/**
 * What the palette lists. Without a query: what was run last, then what does not need looking for; with one: what
 * answers it, best first, its group with it.
 */
export function rankActions(
  actions: readonly Action[],
  query: string,
  recent: readonly string[],
  score: Score,
): readonly RankedGroup[] {
  const available = actions.filter(({ isAvailable }) => isAvailable);
  return query.trim() === '' ? unasked(available, recent) : answering(available, query.trim(), recent, score);
}

function unasked(actions: readonly Action[], recent: readonly string[]): readonly RankedGroup[] {
  const last = recent.flatMap((id) => actions.find((action) => action.id === id) ?? []);
  const others = actions.filter(({ id, isSearchedOnly }) => !isSearchedOnly && !recent.includes(id));
  const groups = ACTION_GROUPS.map((heading) => ({
    heading,
    actions: others.filter(({ group }) => group === heading),
  }));
  return [{ heading: 'Recent', actions: last }, ...groups].filter(({ actions: some }) => some.length > 0);
}

function answering(
  actions: readonly Action[],
  query: string,
  recent: readonly string[],
  score: Score,
): readonly RankedGroup[] {
  const asked = query.split(/\s+/);
  const scored = actions
    .map((action) => {
      const plain = scoreOf(action, asked, score);
      return { action, score: recent.includes(action.id) ? plain * RECENT_BONUS : plain };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST);
  const least = (scored[0]?.score ?? 0) * LEAST_SHARE;
  const best = scored.filter((one) => one.score > least).map(({ action }) => action);
  const headings = [...new Set(best.map(({ group }) => group))];
  return headings.map((heading) => ({ heading, actions: best.filter(({ group }) => group === heading) }));
}

/** Every word has to be answered, in any order: the name by a few letters in turn, what else it goes by by its beginning. */
function scoreOf({ name, group, note = '', words }: Action, asked: readonly string[], score: Score): number {
  const others = `${note} ${group} ${words}`.toLowerCase().split(/[\s;,]+/);
  return asked.reduce((all, word) => {
    const byName = score(name, word, []);
    const byOthers = others.some((one) => one.startsWith(word.toLowerCase())) ? OTHER_WORDS : 0;
    const one = Math.max(byName, byOthers);
    return one < LEAST_SCORE ? 0 : all * one;
  }, 1);
}

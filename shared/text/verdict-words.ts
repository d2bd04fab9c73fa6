import type { ScenarioReport } from '../view/scenario-report.ts';

/** What came of the limits, as the end of a sentence: `passed: all 4 limits were kept`. */
export function verdictWords({ verdict, limits }: ScenarioReport): string {
  if (verdict === 'unjudged') return 'was played to its end; it has no limits to pass or fail';
  const broken = limits.filter(({ isKept }) => !isKept);
  const [first, ...more] = broken;
  if (!first) return `passed: all ${limits.length} limits were kept`;
  const rest = more.length > 0 ? `, and ${more.length} more` : '';
  return `failed: ${first.title.toLowerCase()} ${first.measured}, wanted ${first.allowed}${rest}`;
}

import type { ScenarioReport } from '../../../shared/view/scenario-report.ts';
import { reportHtml } from './report-html.ts';
import { reportJunit } from './report-junit.ts';

/** What a report can be written as, by the end of its file's name. */
const WRITERS: Readonly<Record<string, (report: ScenarioReport) => string>> = {
  '.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  '.html': reportHtml,
  '.xml': reportJunit,
};

export const REPORT_ENDINGS: readonly string[] = Object.keys(WRITERS);

/** @returns what writes a file of that name; null when its end says nothing of how */
export function writerFor(path: string): ((report: ScenarioReport) => string) | null {
  const ending = /\.[a-z]+$/i.exec(path)?.[0].toLowerCase() ?? '';
  return Object.hasOwn(WRITERS, ending) ? (WRITERS[ending] ?? null) : null;
}

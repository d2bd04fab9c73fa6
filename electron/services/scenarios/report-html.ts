import { formatDuration } from '../../../shared/config/duration.ts';
import { verdictWords } from '../../../shared/text/verdict-words.ts';
import type { ScenarioReport } from '../../../shared/view/scenario-report.ts';
import type { LatencySummary } from '../../../shared/view/snapshot.ts';
import { escapeMarkup } from './markup.ts';
import { REPORT_STYLE } from './report-style.ts';
import { timelineSvg } from './report-timeline.ts';

const TITLES = { passed: '✓ Passed', failed: '◆ Failed', unjudged: '○ Not judged' } as const;

/** The report as one page: nothing is loaded, nothing runs, and everything from outside is text. */
export function reportHtml(report: ScenarioReport): string {
  const { scenario, seed, startedAt, durationMs, verdict, command } = report;
  const title = escapeMarkup(scenario);
  const about = [
    `${startedAt.slice(0, 19).replace('T', ' ')} UTC`,
    formatDuration(durationMs),
    ...(seed === null ? [] : [`seed ${seed}`]),
  ];
  const words = verdictWords(report).replace(/^(passed|failed): /, '');
  const parts = [
    `<header><h1>Scenario ${title}</h1><p class="lead">${about.join(' · ')}</p></header>`,
    `<div class="verdict ${verdict}"><b>${TITLES[verdict]}</b><p>${escapeMarkup(capital(words))}.</p></div>`,
    tiles(report),
    limitsTable(report),
    incidentsPart(report),
    backendsTable(report),
    stepsTable(report),
    command &&
      section(
        'Command',
        `<code>${escapeMarkup(command.argv.join(' '))}</code><p class="quiet">Exited with code ${command.exitCode}.</p>`,
      ),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}: ${verdict}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
${parts.filter((part) => part !== null && part !== '').join('\n')}
</main>
</body>
</html>
`;
}

function tiles({ clients, incidents }: ScenarioReport): string {
  const rescued = incidents.reduce((sum, one) => sum + one.rescued, 0);
  const figures: readonly (readonly [string, string])[] = [
    ['Requests', clients ? String(clients.requests) : '–'],
    ['Client-visible errors', clients ? String(clients.errors) : '–'],
    ['Rescued by a retry', String(rescued)],
    ['p95', formatLatency(clients?.latency ?? null)],
  ];
  const items = figures.map(([name, value]) => `<div class="tile"><span>${name}</span><b>${value}</b></div>`);
  return `<div class="tiles">${items.join('')}</div>`;
}

function limitsTable({ limits }: ScenarioReport): string | null {
  if (limits.length === 0) return null;
  const rows = limits.map(({ title, allowed, measured, isKept }) => [
    text(title),
    text(allowed),
    text(measured),
    isKept ? '<span class="kept">✓ kept</span>' : '<span class="broken">◆ broken</span>',
  ]);
  return section('Limits', table(['Limit', 'Wanted', 'Measured', 'Verdict'], rows));
}

function incidentsPart(report: ScenarioReport): string {
  const { incidents, leftOut } = report;
  if (incidents.length === 0) return section('Detection gap', '<p class="quiet">Nothing broke.</p>');
  const rows = incidents.map((one) => [
    text(`${one.pool}/${one.backend}`),
    text(`${one.cause}${one.isSimulated ? ' (simulated)' : ''}`),
    after(one.firstErrorAfterMs, 'none'),
    after(one.detectedAfterMs, 'never'),
    after(one.recoveredAfterMs, 'not yet'),
    String(one.clientErrors),
    String(one.rescued),
  ]);
  const head = ['Backend', 'Cause', 'First error', 'Noticed', 'Over', 'Failed', 'Rescued'];
  const more = leftOut > 0 ? `<p class="quiet">${leftOut} more are left out here.</p>` : '';
  const legend =
    '<p class="legend"><span><i style="background:var(--simulated)"></i>broken, not noticed yet (simulated)</span><span><i style="background:var(--bad)"></i>the same, for real</span><span><i style="background:var(--simulated-soft)"></i>taken out</span><span>┊ a step of the scenario</span></p>';
  return section('Detection gap', timelineSvg(report) + legend + table(head, rows, 2) + more);
}

function backendsTable({ pools }: ScenarioReport): string | null {
  const rows = pools.flatMap(({ name, backends }) =>
    backends.map((one) => [
      text(`${name}/${one.name}`),
      String(one.requests),
      String(one.errors),
      String(one.serverErrors),
      formatLatency(one.latency),
    ]),
  );
  if (rows.length === 0) return null;
  const unavailable = pools.reduce((sum, pool) => sum + pool.unavailable, 0);
  const note =
    unavailable > 0
      ? `<p class="quiet">${unavailable} requests found no backend and were answered 503.</p>`
      : '';
  return section('Backends', table(['Backend', 'Requests', 'No answer', '5xx', 'p95'], rows, 1) + note);
}

function stepsTable({ steps }: ScenarioReport): string {
  const rows = steps.map(({ atMs, words }) => [`${(atMs / 1_000).toFixed(1)} s`, text(words)]);
  return section('What the scenario did', table(['At', 'Step'], rows));
}

/** @param figuresFrom the first column of figures */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  figuresFrom = Number.POSITIVE_INFINITY,
): string {
  const kind = (index: number) => (index >= figuresFrom ? ' class="figure"' : '');
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell, index) => `<${tag}${kind(index)}>${cell}</${tag}>`).join('');
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('');
  return `<table><thead><tr>${cells('th', head)}</tr></thead><tbody>${body}</tbody></table>`;
}

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>${content}</section>`;
}

function after(ms: number | null, otherwise: string): string {
  return ms === null ? otherwise : formatDuration(ms);
}

function formatLatency(latency: LatencySummary | null): string {
  return latency === null ? '–' : `${latency.p95Ms.toFixed(1)} ms`;
}

function text(words: string): string {
  return escapeMarkup(words);
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

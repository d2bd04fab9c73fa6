import type { ScenarioReport } from '../../../shared/view/scenario-report.ts';
import { escapeMarkup } from './markup.ts';

interface Case {
  readonly name: string;
  /** Why it failed; null when it passed. */
  readonly failure: string | null;
  readonly seconds: number;
}

/** A test case for each limit and one for the command, in the form that CI systems read (JUnit's, as Jenkins has it). */
export function reportJunit(report: ScenarioReport): string {
  const cases = casesOf(report);
  const failures = cases.filter(({ failure }) => failure !== null).length;
  const seconds = (report.durationMs / 1_000).toFixed(3);
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  const suite = attribute(`scenario ${report.scenario}`);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="switchyard" ${counts} time="${seconds}">`,
    `  <testsuite name=${suite} ${counts} skipped="0" time="${seconds}" timestamp="${report.startedAt.slice(0, 19)}">`,
    ...(report.seed === null
      ? []
      : ['    <properties>', `      <property name="seed" value="${report.seed}"/>`, '    </properties>']),
    ...cases.flatMap((one) => caseLines(one, suite)),
    `    <system-out>${escapeMarkup(outputOf(report))}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

/** A report without any limit has one, that the scenario was played. */
function casesOf({ limits, command, durationMs, scenario }: ScenarioReport): readonly Case[] {
  const ofLimits = limits.map(({ title, allowed, measured, isKept }) => ({
    name: `${title}: ${allowed}`,
    failure: isKept ? null : measured,
    seconds: 0,
  }));
  const ofCommand = command && {
    name: command.argv.join(' '),
    failure: command.exitCode === 0 ? null : `exited with code ${command.exitCode}`,
    seconds: durationMs / 1_000,
  };
  const cases = ofCommand ? [...ofLimits, ofCommand] : ofLimits;
  return cases.length > 0
    ? cases
    : [{ name: `${scenario} was played`, failure: null, seconds: durationMs / 1_000 }];
}

function caseLines({ name, failure, seconds }: Case, suite: string): readonly string[] {
  const head = `    <testcase name=${attribute(name)} classname=${suite} time="${seconds.toFixed(3)}"`;
  if (failure === null) return [`${head}/>`];
  const words = escapeMarkup(failure);
  return [
    `${head}>`,
    `      <failure message=${attribute(failure)} type="limit">${words}</failure>`,
    '    </testcase>',
  ];
}

function outputOf({ steps, incidents }: ScenarioReport): string {
  const at = (ms: number) => `${(ms / 1_000).toFixed(3)} s`;
  const lines = [
    ...steps.map(({ atMs, words }) => ({ atMs, line: `${at(atMs)}  ${words}` })),
    ...incidents.map(({ brokenAtMs, pool, backend, cause, clientErrors, rescued }) => ({
      atMs: brokenAtMs,
      line: `${at(brokenAtMs)}  ${pool}/${backend} broke: ${cause}; ${clientErrors} requests failed, ${rescued} rescued`,
    })),
  ];
  return lines
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ line }) => line)
    .join('\n');
}

/** Line ends in an attribute are blanks to whoever reads it. */
function attribute(text: string): string {
  return `"${escapeMarkup(text.replace(/\s+/g, ' '))}"`;
}

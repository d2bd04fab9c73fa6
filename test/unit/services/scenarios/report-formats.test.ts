import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { writerFor } from '../../../../electron/services/scenarios/report-format.ts';
import { reportHtml } from '../../../../electron/services/scenarios/report-html.ts';
import { reportJunit } from '../../../../electron/services/scenarios/report-junit.ts';
import type { ScenarioReport } from '../../../../shared/view/scenario-report.ts';
import { NASTY, sampleReport } from '../../../support/sample-report.ts';

const nasty = (): ScenarioReport => {
  const { limits, incidents, pools, ...sample } = sampleReport({ scenario: NASTY });
  return {
    ...sample,
    command: { argv: [NASTY], exitCode: 1 },
    limits: limits.map((one) => ({ ...one, measured: NASTY })),
    steps: [{ atMs: 0, words: NASTY }],
    incidents: incidents.map((one) => ({ ...one, backend: NASTY, cause: NASTY })),
    pools: pools.map((pool) => ({ ...pool, name: NASTY })),
  };
};

function pageOf(report: ScenarioReport) {
  const window = new Window({ settings: { disableJavaScriptEvaluation: true } });
  window.document.write(reportHtml(report));
  return window.document;
}

describe('as a page', () => {
  it('says whether it passed, and why not', () => {
    const text = pageOf(sampleReport()).body.textContent;
    expect(text).toContain('Failed');
    expect(text).toContain('Client-visible errors 4 of 1200 requests, wanted 0 at most.');
    expect(text).toContain('2 requests found no backend and were answered 503.');
    const passed = sampleReport({ verdict: 'passed', limits: sampleReport().limits.slice(1) });
    expect(pageOf(passed).body.textContent).toContain('✓ Passed');
    expect(pageOf(sampleReport({ verdict: 'unjudged', limits: [] })).body.textContent).toContain(
      'Not judged',
    );
  });

  it('has nothing in it that runs or is loaded, whatever names there are', () => {
    const page = pageOf(nasty());
    expect(page.querySelectorAll('script, link, img, iframe, object, [src], [href]')).toHaveLength(0);
    expect(page.body.textContent).toContain('<script>alert(\'x\')</script> & "q" ]]>');
    expect(reportHtml(nasty())).not.toMatch(/https?:|url\(|@import|\p{Surrogate}/u);
    expect(reportHtml(nasty()).includes('\u0007')).toBe(false);
    const policy = page.querySelector('meta[http-equiv]')?.getAttribute('content');
    expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'");
  });

  it('draws a run without a moment or an incident, too', () => {
    const empty = sampleReport({ durationMs: 0, incidents: [], steps: [], pools: [], clients: null });
    expect(pageOf(empty).body.textContent).toContain('Nothing broke.');
    expect(reportHtml(sampleReport({ durationMs: 0 }))).not.toContain('NaN');
  });
});

describe('for CI', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
  });

  it.each([
    ['a run', sampleReport()],
    ['one with nasty names', nasty()],
    ['one without limits or command', sampleReport({ limits: [], command: null, seed: null })],
  ])('is well-formed, and its counts are right: %s', (_name, report) => {
    const text = reportJunit(report);
    expect(XMLValidator.validate(text)).toBe(true);
    const { testsuites } = parser.parse(text);
    expect(Object.keys(testsuites).sort()).toEqual([
      'errors',
      'failures',
      'name',
      'tests',
      'testsuite',
      'time',
    ]);
    const [suite] = testsuites.testsuite;
    expect(suite.testcase).toHaveLength(Number(suite.tests));
    const failed = suite.testcase.filter((one: object) => 'failure' in one);
    expect(failed).toHaveLength(Number(suite.failures));
    expect(suite.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    for (const one of suite.testcase)
      expect(one).toMatchObject({
        name: expect.stringMatching(/./),
        classname: expect.stringMatching(/./),
        time: expect.stringMatching(/^\d+\.\d{3}$/),
      });
  });

  it('has a case for each limit and one for the command', () => {
    const { testsuites } = parser.parse(reportJunit(sampleReport()));
    const [suite] = testsuites.testsuite;
    expect(suite.testcase.map(({ name }: { name: string }) => name)).toEqual([
      'Client-visible errors: 0 at most',
      'Time to detect: 3s at most',
      'Steps of the scenario: all of them done',
      'npm test',
    ]);
    expect(suite.testcase[0].failure).toMatchObject({ message: '4 of 1200 requests', type: 'limit' });
    expect(suite.properties.property).toEqual([{ name: 'seed', value: '7' }]);
    expect(suite['system-out']).toContain(
      '0.000 s  users/users-2 broke: crash; 4 requests failed, 8 rescued',
    );
  });
});

it('is written as its name says', () => {
  expect(JSON.parse(writerFor('out/report.JSON')?.(sampleReport()) ?? '')).toEqual(sampleReport());
  expect(writerFor('r.html')).toBe(reportHtml);
  expect(writerFor('r.xml')).toBe(reportJunit);
  for (const path of ['report', 'report.txt', 'r.html.gz', 'a.json/b']) expect(writerFor(path)).toBeNull();
});

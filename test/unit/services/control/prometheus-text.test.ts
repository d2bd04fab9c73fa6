import parse from 'parse-prometheus-text-format';
import { expect, it } from 'vitest';
import { prometheusText } from '../../../../electron/services/control/prometheus-text.ts';

it('says a family and its samples as the format wants them', () => {
  const text = prometheusText([
    {
      name: 'a_total',
      type: 'counter',
      help: 'What is counted.',
      samples: [
        { labels: {}, value: 1.5 },
        { labels: { le: '+Inf' }, suffix: '_bucket', value: Number.POSITIVE_INFINITY },
      ],
    },
    { name: 'none', type: 'gauge', help: 'Nothing.', samples: [] },
  ]);
  expect(text).toBe(
    '# HELP a_total What is counted.\n# TYPE a_total counter\na_total 1.5\na_total_bucket{le="+Inf"} +Inf\n',
  );
});

it('gives a parser any label back as it was', () => {
  const pool = 'a "quoted" \\ back\\nslash\nand a line, {braces}=ü';
  const text = prometheusText([
    { name: 'x', type: 'gauge', help: 'X.', samples: [{ labels: { pool }, value: 1 }] },
  ]);
  expect(text.split('\n')).toHaveLength(4);
  expect(parse(text)).toEqual([
    { name: 'x', help: 'X.', type: 'GAUGE', metrics: [{ labels: { pool }, value: '1' }] },
  ]);
});

it('makes no sample of what a name says', () => {
  const backend = 'a"} 1\nforged_total{x="\r\u2028# TYPE y counter\\';
  const text = prometheusText([
    { name: 'x', type: 'gauge', help: 'X.', samples: [{ labels: { backend }, value: 1 }] },
  ]);
  expect(text.split('\n')).toHaveLength(4);
  expect(text.split('\n').filter((line) => /^(?!x\{|#|$)/.test(line))).toEqual([]);
  expect(text).toContain('{backend="a\\"} 1\\nforged_total{x=\\"');
});

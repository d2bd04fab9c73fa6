import { median } from '../figures.mjs';

/**
 * @typedef {object} SoakFigures
 * @property {number} minutes
 * @property {number} perSecond answers
 * @property {readonly import('./samples.mjs').Sample[]} samples
 * @property {import('./samples.mjs').Sample} empty of an app with one empty window
 * @property {readonly number[]} firstPaintsMs
 * @property {number} hiddenPercent of one core
 * @property {number} loadBefore the machine's load average before anything was started
 * @property {string} version of Electron
 */

const MOST = { firstPaintMs: 1_000, windowMb: 150, mainMb: 200, sentKb: 50, hiddenPercent: 1 };

/**
 * @param {SoakFigures} figures
 * @returns {string} Markdown
 */
export function soakReport(figures) {
  const { minutes, perSecond, samples, empty, firstPaintsMs, hiddenPercent, loadBefore, version } = figures;
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) throw new Error('nothing was measured');
  const sentKb = (last.bytesSent - first.bytesSent) / (last.atSeconds - first.atSeconds) / 1_000;
  const rows = [
    row('first paint, after the page began', median([...firstPaintsMs]), MOST.firstPaintMs, 'ms'),
    row("the window's memory at the end", last.windowMb, MOST.windowMb, 'MB'),
    row("the main process's memory at the end", last.mainMb, MOST.mainMb, 'MB'),
    row('sent to the window a second', sentKb, MOST.sentKb, 'kB'),
    row('CPU hidden and idle, all processes, of one core', hiddenPercent, MOST.hiddenPercent, '%'),
  ];
  return `## The window, kept open

Written by \`npm run soak\` on ${new Date().toISOString().slice(0, 10)}, Electron ${version}; the machine's load average was ${loadBefore.toFixed(1)} before. Ten backends behind the
built app, ${Math.round(perSecond).toLocaleString('en-US')} requests a second for ${minutes} minutes, the log of requests open all the time. Memory is resident memory, with the parts
of Electron's own files that are in it; the main process has the engine's thread in it. An app with one empty window
takes ${empty.mainMb.toFixed(0)} MB and ${empty.windowMb.toFixed(0)} MB of it here. *Hidden and idle* is half a minute, half a minute after the last request.

| | wanted | reached | |
| --- | --- | ---: | --- |
${rows.join('\n')}

| minute | main, MB | window, MB |
| ---: | ---: | ---: |
${minuteRows(samples).join('\n')}
`;
}

/**
 * @param {string} what
 * @param {number} value
 * @param {number} most
 * @param {string} unit
 */
function row(what, value, most, unit) {
  return `| ${what} | ≤ ${most.toLocaleString('en-US')} ${unit} | ${value.toFixed(value < 10 ? 1 : 0)} ${unit} | ${value <= most ? '✓' : '✗'} |`;
}

/** The last sample of each minute. @param {readonly import('./samples.mjs').Sample[]} samples */
function minuteRows(samples) {
  const start = samples[0]?.atSeconds ?? 0;
  /** @type {Map<number, import('./samples.mjs').Sample>} */
  const byMinute = new Map();
  for (const one of samples) byMinute.set(Math.ceil((one.atSeconds - start) / 60), one);
  return [...byMinute].map(
    ([minute, { mainMb, windowMb }]) => `| ${minute} | ${mainMb.toFixed(0)} | ${windowMb.toFixed(0)} |`,
  );
}

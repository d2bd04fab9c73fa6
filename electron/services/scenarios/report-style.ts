/** Of a report's page: the window's colours, in both themes, and nothing from anywhere else. */
export const REPORT_STYLE = `
:root { color-scheme: light; --page: #f6f7f9; --card: #fff; --line: #e2e5ea; --track: #eef0f4; --ink: #16191f;
  --ink-2: #5a6270; --ok: #0f7d54; --bad: #c43341; --ok-soft: #e3f4ec; --bad-soft: #fdecee; --simulated: #6f3fd0;
  --simulated-soft: #d9c9f6; --hatch: #f4c4c9; }
@media (prefers-color-scheme: dark) { :root { color-scheme: dark; --page: #0f1115; --card: #15181e; --line: #242932;
  --track: #1d2129; --ink: #e9ecf1; --ink-2: #a3abb9; --ok: #35c48d; --bad: #ff6b76; --ok-soft: #14271f;
  --bad-soft: #2c1a1e; --simulated: #b08cff; --simulated-soft: #43346b; --hatch: #5a2d34; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 32px 20px 56px; background: var(--page); color: var(--ink);
  font: 14px/1.5 Inter, system-ui, -apple-system, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 940px; margin: 0 auto; display: grid; gap: 16px; }
h1 { margin: 0; font-size: 22px; overflow-wrap: anywhere; }
h2 { margin: 0 0 10px; font-size: 14px; }
section, .verdict { padding: 16px 18px; border: 1px solid var(--line); border-radius: 10px; background: var(--card);
  overflow-x: auto; }
.lead, .quiet { margin: 4px 0 0; color: var(--ink-2); }
.verdict { display: flex; gap: 14px; align-items: center; border-left: 4px solid var(--ink-2); }
.verdict b { font-size: 18px; }
.verdict p { margin: 0; overflow-wrap: anywhere; }
.passed { border-left-color: var(--ok); background: var(--ok-soft); }
.failed { border-left-color: var(--bad); background: var(--bad-soft); }
.passed b, .kept { color: var(--ok); }
.failed b, .broken { color: var(--bad); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; padding: 0; border: 0;
  background: none; }
.tile { padding: 12px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.tile span { display: block; color: var(--ink-2); font-size: 12px; }
.tile b { font-size: 20px; font-weight: 600; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 6px 10px 6px 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
th { border-top: 0; color: var(--ink-2); font-size: 12px; font-weight: 500; }
.figure { text-align: right; white-space: nowrap; }
td:first-child { overflow-wrap: anywhere; }
code { font: 12.5px/1.5 "JetBrains Mono", ui-monospace, monospace; overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--ink-2); font-size: 11px; }
svg .name { fill: var(--ink); font-size: 12px; }
.track { fill: var(--track); }
.undetected { fill: var(--bad); }
.out { fill: var(--hatch); }
.simulated.undetected { fill: var(--simulated); }
.simulated.out { fill: var(--simulated-soft); }
.tick { stroke: var(--ink-2); stroke-dasharray: 2 3; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 10px 0 0; color: var(--ink-2); font-size: 12px; }
.legend i { display: inline-block; width: 12px; height: 10px; margin-right: 6px; border-radius: 2px; }
@media print { body { padding: 0; } section, .verdict { break-inside: avoid; } }
`;

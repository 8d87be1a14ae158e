/** What colours there are, light and dark; `CONTRASTS` says which of them meet. */
export const COLOURS = {
  light: {
    page: '#f5f6f8',
    card: '#ffffff',
    text: '#1b2430',
    soft: '#55606e',
    line: '#d5dae1',
    axis: '#7f8a99',
    good: '#0b6b4f',
    'good-bar': '#2f9b79',
    bad: '#b3261e',
    'bad-bar': '#d9534a',
    unsure: '#7a4d00',
    mark: '#1b2430',
  },
  dark: {
    page: '#11151b',
    card: '#1a2029',
    text: '#e8ecf2',
    soft: '#a7b1be',
    line: '#323b47',
    axis: '#75808f',
    good: '#62d3ab',
    'good-bar': '#2b8a6d',
    bad: '#ff9a91',
    'bad-bar': '#cc5148',
    unsure: '#f0bd66',
    mark: '#ffffff',
  },
} as const;

type Colour = keyof (typeof COLOURS)['light'];

/** Text needs a contrast of 4.5 against its ground (WCAG 2.2, 1.4.3), what has to be seen in a picture 3 (1.4.11). */
export const CONTRASTS: readonly [front: Colour, ground: Colour, ratio: number][] = [
  ['text', 'page', 4.5],
  ['text', 'card', 4.5],
  ['soft', 'page', 4.5],
  ['soft', 'card', 4.5],
  ['good', 'card', 4.5],
  ['bad', 'card', 4.5],
  ['unsure', 'card', 4.5],
  ['axis', 'card', 3],
  ['good-bar', 'card', 3],
  ['bad-bar', 'card', 3],
  ['good-bar', 'page', 3],
  ['mark', 'page', 3],
  ['mark', 'card', 3],
  ['mark', 'good-bar', 3],
  ['mark', 'bad-bar', 3],
  ['text', 'good-bar', 3],
  ['text', 'bad-bar', 3],
];

function properties(colours: Readonly<Record<Colour, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
}

/** On a narrow screen each outcome is a block of its own, with the chart below, so that nothing has to be scrolled. */
export const STYLE = `
:root { color-scheme: light dark; ${properties(COLOURS.light)} }
@media (prefers-color-scheme: dark) { :root { ${properties(COLOURS.dark)} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 40px 20px 64px; }
h1 { margin: 0; font-size: clamp(1.6rem, 4vw, 2.4rem); line-height: 1.15; letter-spacing: -0.02em; }
h2 { margin: 0; font-size: 1.2rem; overflow-wrap: anywhere; }
p { margin: 6px 0; }
code { font: 0.92em ui-monospace, monospace; overflow-wrap: anywhere; }
.tool { margin: 0 0 4px; color: var(--soft); font-weight: 600; }
.summary { font-size: 1.15rem; }
.note { color: var(--soft); font-size: 0.9rem; }
.legend { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin: 28px 0 0; font-size: 0.9rem; color: var(--soft); }
.key-bar { width: 28px; height: 12px; border-radius: 3px; background: var(--good-bar); }
.key-mark { width: 3px; height: 20px; margin-left: 16px; background: var(--mark); }
section { --tone: var(--unsure); margin: 16px 0; padding: 20px 24px; background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 10px; }
.agrees { --tone: var(--good); }
.disagrees { --tone: var(--bad); }
.status { margin-right: 8px; padding: 2px 10px; border: 1.5px solid var(--tone); border-radius: 99px; color: var(--tone); font-size: 0.85rem; white-space: nowrap; }
.reasons { margin: 10px 0; padding-left: 20px; color: var(--tone); overflow-wrap: anywhere; }
.outcomes { margin: 12px 0; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; font-weight: 400; }
th:first-child { text-align: left; }
thead th { color: var(--soft); font-size: 0.85rem; }
tbody th { min-width: 220px; font-weight: 600; white-space: normal; overflow-wrap: anywhere; }
.chart { width: 34%; min-width: 240px; padding-right: 0; text-align: center; }
svg { display: block; width: 100%; height: auto; }
.axis { fill: none; stroke: var(--axis); }
.mark { stroke: var(--mark); stroke-width: 2.5; stroke-linecap: round; }
.bar { fill: var(--good-bar); }
.off .bar { fill: var(--bad-bar); }
.dot { fill: var(--card); stroke: var(--text); stroke-width: 1.5; }
footer { margin-top: 24px; }
@media (max-width: 760px) {
  main { padding: 24px 12px 40px; }
  section { padding: 16px; }
  table, tbody { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(110px, 1fr)); gap: 4px 12px; padding: 10px 0; border-bottom: 1px solid var(--line); }
  tbody th, td { padding: 0; border: 0; text-align: left; white-space: normal; overflow-wrap: anywhere; }
  tbody th, .chart { grid-column: 1 / -1; }
  td[data-label]::before { content: attr(data-label); display: block; color: var(--soft); font-size: 0.8rem; }
  .chart { width: auto; min-width: 0; }
}
@media print { body { background: none; } section { break-inside: avoid; } }
`;

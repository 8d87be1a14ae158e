/** The colours of the HTML report, light and dark. */
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

/** Minimum contrasts of WCAG 2.2: 4.5 for text (1.4.3), 3 for parts of a chart (1.4.11). */
export const CONTRASTS: readonly [foreground: Colour, background: Colour, ratio: number][] = [
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

/** Returns CSS that defines each colour as a custom property, in the light and the dark scheme. */
export function colourProperties(): string {
  return (
    `:root { color-scheme: light dark; ${properties(COLOURS.light)} }\n` +
    `@media (prefers-color-scheme: dark) { :root { ${properties(COLOURS.dark)} } }`
  );
}

function properties(colours: Readonly<Record<Colour, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
}

import { BUCKETS, type Histogram } from './histogram.js';

type Labels = Readonly<Record<string, string>>;

/** The media type of Prometheus' text format. */
export const METRICS_MEDIA_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Returns labels as they are between the braces of Prometheus' text format. */
export function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');
}

/** Returns the two lines that begin a metric; `help` is one sentence without its full stop. */
export function metricHead(name: string, type: 'counter' | 'gauge' | 'histogram', help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}

/** Returns the line of a value; `labels` is what `labelText` returns. */
export function sample(name: string, labels: string, value: number): string {
  return labels === '' ? `${name} ${value}\n` : `${name}{${labels}} ${value}\n`;
}

/** Returns all lines of a histogram. */
export function histogramSamples(name: string, labels: string, histogram: Histogram): string {
  const counts = histogram.cumulative();
  const total = counts.at(-1) ?? 0;
  let text = '';
  for (const [index, bound] of BUCKETS.entries())
    text += `${name}_bucket{${labels},le="${bound}"} ${counts[index]}\n`;
  text += `${name}_bucket{${labels},le="+Inf"} ${total}\n`;
  return text + sample(`${name}_sum`, labels, histogram.sum) + sample(`${name}_count`, labels, total);
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('"', String.raw`\"`);
}

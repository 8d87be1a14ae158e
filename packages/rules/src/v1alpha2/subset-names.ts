import type { Labels } from '../registry/labels.js';

/** Limit of a DNS label, in characters. */
const MAX_LENGTH = 63;

/** A subset of a host, for the labels in rules of 2017. */
export interface LabelledSubset {
  name: string;
  labels: Labels;
}

/** The names of the subsets of each host: `version=v1` becomes `version-v1`. */
export class SubsetNames {
  readonly #byHost = new Map<string, Map<string, LabelledSubset>>();

  /** Returns the name for labels, or undefined for no labels: all pods of the host. */
  nameFor(host: string, labels: Labels): string | undefined {
    const text = labelsText(labels);
    if (text === '') return undefined;
    const subsets = this.#byHost.get(host) ?? new Map<string, LabelledSubset>();
    this.#byHost.set(host, subsets);
    const known = subsets.get(text);
    if (known) return known.name;
    const name = freeName(text, [...subsets.values()]);
    subsets.set(text, { name, labels });
    return name;
  }

  /** The hosts with subsets. */
  get hosts(): string[] {
    return [...this.#byHost.keys()];
  }

  /** Returns the subsets of a host. */
  of(host: string): LabelledSubset[] {
    return [...(this.#byHost.get(host)?.values() ?? [])];
  }
}

/** Returns a text that is equal for equal labels: `app=reviews,version=v1`. */
export function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
    .join(',');
}

/** Returns a DNS label, with a number at its end if another subset has the name already. */
function freeName(text: string, others: readonly LabelledSubset[]): string {
  const plain = trimmed(text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), MAX_LENGTH) || 'labels';
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : `-${number}`;
    const name = `${trimmed(plain, MAX_LENGTH - end.length)}${end}`;
    if (!others.some((other) => other.name === name)) return name;
  }
}

function trimmed(text: string, length: number): string {
  return text.replace(/^-+/, '').slice(0, length).replace(/-+$/, '');
}

import type { WorkloadIdentity } from '../workload-identity.js';
import { Histogram } from './histogram.js';
import { labelText } from './metric-text.js';
import { workloadLabels } from './workload-labels.js';

/** Sets of labels that are kept; one takes about 55 kB of the text. */
export const MAX_LABEL_SETS = 2000;

/** The four metrics of one set of labels. */
export class Series {
  requests = 0;
  readonly duration = new Histogram();
  readonly requestBytes = new Histogram();
  readonly responseBytes = new Histogram();

  record(durationMs: number, requestBytes: number, responseBytes: number): void {
    this.requests += 1;
    this.duration.record(durationMs);
    this.requestBytes.record(requestBytes);
    this.responseBytes.record(responseBytes);
  }
}

/** The series of a mesh by their labels, of which there is a limited number. */
export class SeriesStore {
  readonly #series = new Map<string, Series>();
  readonly #ids = new Map<string, number>();
  readonly #idOf = new WeakMap<WorkloadIdentity, number>();

  /** Returns a number for the labels of a workload; 0 for one outside the mesh. */
  idOf(workload: WorkloadIdentity | undefined): number {
    if (!workload) return 0;
    let id = this.#idOf.get(workload);
    if (id === undefined) {
      const labels = labelText(workloadLabels('destination', workload));
      id = this.#ids.get(labels) ?? this.#ids.size + 1;
      this.#ids.set(labels, id);
      this.#idOf.set(workload, id);
    }
    return id;
  }

  /** Returns the series of these labels; undefined when it would be one too many. */
  find(labels: string): Series | undefined {
    const found = this.#series.get(labels);
    if (found || this.#series.size >= MAX_LABEL_SETS) return found;
    return this.add(labels);
  }

  /** Returns the series of these labels, whatever the number of others. */
  add(labels: string): Series {
    let series = this.#series.get(labels);
    if (!series) this.#series.set(labels, (series = new Series()));
    return series;
  }

  [Symbol.iterator](): IterableIterator<[string, Series]> {
    return this.#series.entries();
  }
}

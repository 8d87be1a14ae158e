import type { Load } from '../api/types.ts';

const MAX_POINTS = 600;

/** One second of the load. */
interface Point {
  at: number;
  sent: number;
  failed: number;
}

/** The load of the last ten minutes, from the totals that the mesh gives. */
class LoadHistory {
  points = $state.raw<readonly Point[]>([]);
  #last: { at: number; sent: number; failed: number } | undefined;

  record({ sent, failed }: Load, at: number): void {
    const last = this.#last;
    this.#last = { at, sent, failed };
    if (!last || at <= last.at || sent < last.sent) return;
    const rate = (now: number, before: number): number => (now - before) / (at - last.at);
    const point = { at, sent: rate(sent, last.sent), failed: rate(failed, last.failed) };
    this.points = [...this.points, point].slice(-MAX_POINTS);
  }
}

export const loadHistory = new LoadHistory();

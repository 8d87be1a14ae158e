import { call } from '../api/call.ts';
import type { Source } from '../api/types.ts';

const MAX_STEPS = 20;

/** How a change is taken back: the text that was in force before it, or the deletion of what it has created. */
export interface UndoStep {
  title: string;
  operation: 'POST /apply' | 'POST /delete';
  source: Source;
}

/** The changes that were made on this page, the last one on top. */
class UndoStack {
  #steps = $state.raw<readonly UndoStep[]>([]);

  get last(): UndoStep | undefined {
    return this.#steps.at(-1);
  }

  push(step: UndoStep): void {
    this.#steps = [...this.#steps, step].slice(-MAX_STEPS);
  }

  /** Takes the last change back. */
  async undo(): Promise<void> {
    const step = this.last;
    if (!step) return;
    const sources = [step.source];
    if (step.operation === 'POST /delete') await call('POST /delete', { sources });
    else await call('POST /apply', { sources, strict: false });
    this.#steps = this.#steps.slice(0, -1);
  }
}

export const undoStack = new UndoStack();

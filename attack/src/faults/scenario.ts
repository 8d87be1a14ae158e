import type { Outcome } from './load.ts';
import type { Mesh } from './mesh.ts';

/** What requests got, and when the fault happened. */
export interface Observed {
  outcomes: Outcome[];
  faultAt: number;
}

/** Something that is done to a running mesh. */
export interface Scenario {
  name: string;
  replicas: number;
  /** Whether a lost request or a part of a page is a failure; otherwise they are figures alone. */
  losesNothing: boolean;
  run: (mesh: Mesh, rate: number) => Promise<Observed>;
}

import type { Application } from '@bookinfo/analysis';
import type { ProgramFor } from '../runtime/program-for.js';

/** The exports of a module that describes the workloads. It is imported by the controller's thread. */
export interface WorkloadModule {
  programFor: ProgramFor;
  /** The application that `predict` reasons about. */
  application: Application;
}

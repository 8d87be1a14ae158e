import type { Assumption, Explanation, ProbeRequest } from '@bookinfo/analysis';
import type { Change, MeshConfig, Notice, Problem, Source } from '@bookinfo/rules';
import type { TraceFilter } from '@bookinfo/telemetry';
import type { GatewayListener } from '../control/gateway-listener.js';
import type { DataPlane } from '../data-plane/data-plane.js';
import type { Json } from '../controller/json.js';
import type { Shown } from '../print/show-resources.js';
import type { LoadGenerator } from '../load/load-generator.js';
import type { Verification } from '../verification/verification.js';
import type { Predicted, ResponseOf } from './api.js';

/** The changes that were made, with warnings about the files; or the problems for which nothing was changed. */
export type ChangeResult = Applied | { problems: Problem[] };

export interface Applied {
  changes: Change[];
  /** What the files mean that their authors may not expect. */
  notices: Notice[];
  /** Likely mistakes in single fields, one line each: `reviews.yaml:12: ... [weight-missing]`. */
  warnings: string[];
}

/** The mesh as the admin endpoint uses it. */
export interface AdministeredMesh {
  /** URL of the ingress gateway, such as `http://localhost:9080`. */
  readonly gatewayUrl: string;
  /** The listeners of all gateways, the ingress gateway's of port 80 first. */
  readonly gateways: readonly GatewayListener[];
  readonly startedAt: Date;
  readonly dataPlane: DataPlane['name'];
  readonly meshConfig: MeshConfig;
  /** The outbound listener of each ready pod's sidecar; `workload` is `namespace/deployment`. */
  readonly sidecars: { workload: string; url: string }[];
  /**
   * Creates or changes the resources of the files: all of them, or none when there is a problem. New routes are in force
   * when this resolves; pods start and stop afterwards.
   *
   * @param strict notices are problems. Default false.
   */
  apply(sources: readonly Source[], strict?: boolean): Promise<ChangeResult>;
  /** Deletes the resources that the files name; those that do not exist are reported as `not found`. */
  delete(sources: readonly Source[]): Promise<ChangeResult>;
  /**
   * Replaces the pods of a Deployment, as `kubectl rollout restart`: the old ones serve until the new ones are ready.
   * @throws {NotFoundError} when there is no such Deployment.
   */
  restart(deployment: string, namespace: string): void;
  /**
   * Sets the number of pods of a Deployment, as `kubectl scale`: the file that it was applied from has its own number again when it is
   * applied again.
   * @throws {NotFoundError} when there is no such Deployment.
   * @throws {Error} that says how to do so, when the pods are not run from here.
   */
  scale(deployment: string, namespace: string, replicas: number): Promise<ChangeResult>;
  /** Returns the state of each pod. */
  podStates(): ResponseOf<'pods'>;
  /** Returns the traffic of the last minute. */
  graph(): ResponseOf<'graph'>;
  /** Returns the latest traces, the latest first. */
  traces(filter: TraceFilter): ResponseOf<'traces'>;
  /**
   * Returns the spans of a trace.
   * @throws {NotFoundError} when it is not held.
   */
  trace(id: string): ResponseOf<'trace'>;
  /** The generator of load for the application's page. */
  readonly load: Pick<LoadGenerator, 'state' | 'set'>;
  /** `verify` of files on this mesh. */
  readonly verification: Pick<Verification, 'state' | 'start' | 'stop'>;
  /** Returns the resources in force as YAML, with the lines whose rules requests have met. */
  rules(): Promise<Json<ResponseOf<'rules'>>>;
  /** Returns what `check` says of the files, as if they were applied and all pods ready. */
  check(sources: readonly Source[]): Promise<Json<ResponseOf<'check'>>>;
  /**
   * Returns the resources and pods of a kind and name as a user writes them.
   * @throws {NotFoundError} when there are none.
   */
  get(kind?: string, name?: string): Promise<Json<Shown>>;
  /**
   * Returns the last output of each pod of a Deployment.
   * @throws {NotFoundError} when there is no such pod.
   */
  logs(deployment: string, namespace: string): { pod: string; output: string }[];
  /**
   * Explains which rule a request meets, by the rules in force.
   * @throws {InvalidRequest} when no client could send the request.
   */
  explain(probe: ProbeRequest): Promise<Json<Explanation>>;
  /**
   * Predicts the share of every response to a request, by the rules in force.
   * @throws {InvalidRequest} when no client could send the request.
   */
  predict(probe: ProbeRequest, assumptions: readonly Assumption[]): Promise<Json<Predicted>>;
}

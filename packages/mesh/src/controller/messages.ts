import type { Assumption, ProbeRequest, Explanation } from '@bookinfo/analysis';
import type { GatewayProxy } from '@bookinfo/compiler';
import type { Cluster, RouteTable, TracingSettings } from '@bookinfo/routing';
import type { Client, MeshConfig, Pod, Source } from '@bookinfo/rules';
import type { Origin } from '@bookinfo/text';
import type { Applied } from '../admin/administered-mesh.js';
import type { Predicted, ResponseOf } from '../admin/api.js';
import type { Shown } from '../print/show-resources.js';
import type { PodStatus } from '../runtime/pod-status.js';
import type { Workload } from '../runtime/workload.js';
import type { Json } from './json.js';
import type { RefusedChange } from './plan-change.js';

/** What the controller's thread is started with. */
export interface ControllerSettings {
  meshConfig: MeshConfig;
  /** URL of a `WorkloadModule`. */
  workloads: string;
  /** The replicas of Deployments that ask for fewer, except those of 0. */
  minReplicas: number;
}

/** The requests of the controller's thread. Times are in milliseconds since 1970. */
export interface Operations {
  apply(sources: readonly Source[], strict: boolean, now: number): EnforcedChange | RefusedChange;
  /** Creates those resources of the files that the mesh has never had. */
  applyNew(sources: readonly Source[], now: number): EnforcedChange | RefusedChange;
  delete(sources: readonly Source[]): EnforcedChange | RefusedChange;
  scale(deployment: string, namespace: string, replicas: number, now: number): EnforcedChange | RefusedChange;
  /** Takes back the latest change. */
  undo(): void;
  /** Returns the state for `restore`. */
  save(): Uint8Array;
  /** Replaces the state by the one that was saved. */
  restore(saved: Uint8Array): EnforcedChange | RefusedChange;
  get(pods: readonly PodStatus[], now: number, kind?: string, name?: string): Json<Shown>;
  rules(hits: readonly RuleHits[]): Json<ResponseOf<'rules'>>;
  check(sources: readonly Source[], now: number): Json<ResponseOf<'check'>>;
  explain(pods: readonly Pod[], probe: ProbeRequest): Json<Explanation>;
  predict(pods: readonly Pod[], probe: ProbeRequest, assumptions: readonly Assumption[]): Json<Predicted>;
  /** Adds a proxy by a number of the caller's choice. Its table comes with the reply. */
  openProxy(proxy: number, client: Client): void;
  closeProxy(proxy: number): void;
}

/** How many requests have met a rule. */
export interface RuleHits {
  /** `VirtualService/default/reviews`. */
  resource: string;
  origin: Origin;
  hits: number;
}

export type OperationName = keyof Operations;

/** A request to the controller's thread. */
export interface Request<Name extends OperationName = OperationName> {
  id: number;
  name: Name;
  parameters: Parameters<Operations[Name]>;
}

/** The reply to a request, with the tables that it has changed. */
export type Reply = { id: number; tables?: TablesUpdate | undefined } & (
  | { result: unknown }
  /** `kind` names the class of an error that callers distinguish; copying an error loses it. */
  | { error: Error; kind: string | undefined }
);

/** A change that is in force in the controller, with all workloads and gateways, which the data plane has yet to follow. */
export interface EnforcedChange extends Applied {
  workloads: readonly Workload[];
  gateways: readonly GatewayProxy[];
  /** Where the resources begin that the change has created, configured or deleted. */
  origins: readonly Origin[];
}

/** The difference between the tables of all proxies and those that were sent before; parts have numbers. */
export interface TablesUpdate {
  /** The table of each proxy. */
  proxies: ReadonlyMap<number, number>;
  /** Those that were not sent before, and so on. */
  tables: readonly SentTable[];
  configurations: readonly SentConfiguration[];
  virtualHosts: readonly SentVirtualHost[];
  clusters: readonly SentClusters[];
}

export interface SentTable {
  id: number;
  /** By port. */
  configurations: ReadonlyMap<number, readonly number[]>;
  clusters: number;
  unmatchedHost: RouteTable['unmatchedHost'];
  tracing?: TracingSettings;
}

export interface SentConfiguration {
  id: number;
  name: string;
  serverNames?: readonly string[];
  virtualHosts: Uint32Array;
}

export interface SentVirtualHost {
  id: number;
  name: string;
  domains: string[];
  /** JSON of the routes. A text is copied from thread to thread thirty times as fast as the objects. */
  routes: string;
}

/** The clusters of a table. They have no pods; each proxy's endpoints follow from `podSelector`. */
export interface SentClusters {
  id: number;
  clusters: readonly Cluster[];
}

import type { Source } from '@bookinfo/rules';
import type { Report } from '@bookinfo/verdict';
import type { TargetName } from './names.ts';

/** What a scenario may need beyond rules, the ingress, and requests of workloads. */
export type Feature =
  /** Rule files may bring Deployments, whose pods start. */
  | 'Deployments'
  /** A Deployment may have several pods. */
  | 'replicas'
  /** A Deployment can be restarted, and its old pods serve until the new ones are ready. */
  | 'rolling restarts'
  /** Processes can be killed. */
  | 'process faults'
  /** Processes can be stopped, and go on later. */
  | 'pauses'
  /** Workloads reach servers of this machine, at `standInHost`. */
  | 'stand-ins'
  /** Gateways beside the ingress gateway get listeners that this machine reaches. */
  | 'gateways'
  /** The ingress gateway gets listeners of HTTPS that this machine reaches. */
  | 'tls'
  /** Ratings v2 can read its stars from MySQL and from MongoDB. */
  | 'databases'
  /** Each rule can be verified from the workload that it applies to. */
  | 'verify';

/** A request of a workload. */
export interface WorkloadRequest {
  /** Default: GET. */
  method?: string;
  /** As the program would send it: `http://reviews:9080/reviews/0`. */
  url: string;
  headers?: Record<string, string>;
}

/** A response to a request of a workload. */
export interface Answer {
  status: number;
  headers: Headers;
  body: string;
  /** The workloads that responded, in call order, such as `reviews-v1`. */
  hops: string[];
  /** From the request to the end of the body. */
  milliseconds: number;
}

/** The kinds of databases that ratings v2 reads. */
export type DatabaseKind = 'mysql' | 'mongodb';

/** A database with the ratings of two reviewers, and a ready ratings v2 that reads it; both end with the block. */
export interface Database extends AsyncDisposable {
  /** Replaces the stars of the two reviewers. */
  rate(first: number, second: number): Promise<void>;
  /** Stops the database until the end of the block. */
  stop(): Promise<AsyncDisposable>;
}

/** A running Bookinfo, as scenarios see it. They never ask which one it is. */
export interface Target {
  /** The URL of the ingress gateway, without a path. */
  readonly ingressUrl: string;
  /** The address of this machine, as workloads reach it. */
  readonly standInHost: string;
  /** Why this target lacks features; it has those that are absent here. */
  readonly unsupported: Partial<Record<Feature, string>>;
  /**
   * Applies files, and resolves when they are in force.
   * @throws {Error} with the problems of the files; then nothing has changed.
   */
  apply(files: readonly Source[]): Promise<void>;
  /** Deletes all resources that the files name. */
  delete(files: readonly Source[]): Promise<void>;
  /** Deletes all rules except those that Bookinfo starts with, and restores these. */
  reset(): Promise<void>;
  /** Resolves when all pods are ready. */
  whenReady(): Promise<void>;
  /** Returns the URL of a gateway's listener, by the name of its Deployment in Istio and the Gateway's port. Default: the first. */
  gatewayUrl(gateway: string, port?: number): Promise<string>;
  /** Sends a request as a workload does, through its sidecar: `sendAs('productpage-v1', { url })`. */
  sendAs(workload: string, request: WorkloadRequest): Promise<Answer>;
  /** Runs so many pods of each Deployment of Bookinfo, and resolves when all are ready. */
  scale(replicas: 1 | 2): Promise<void>;
  /** Replaces the pods of Deployments; the old ones serve until the new ones are ready. */
  restart(deployments: readonly string[]): Promise<void>;
  /** Kills one process of a service, as the kernel does when memory runs out. */
  kill(service: string): Promise<void>;
  /** Stops one process of a service, which keeps its connections, until the end of the block. */
  pause(service: string): Promise<AsyncDisposable>;
  /** Starts a database, and ratings v2 on it. */
  database(kind: DatabaseKind): Promise<Database>;
  /** Compares live traffic with the rules of these files, which are applied. */
  verify(files: readonly Source[], assume?: readonly string[]): Promise<Report>;
}

/** What a test's process needs to find a running target, as plain data. */
export interface Handle {
  name: TargetName;
  ingressUrl: string;
  adminPort: number;
}

/** A target that was started. */
export interface Started {
  handle: Handle;
  stop: () => Promise<void>;
}

import type { Clock } from '@bookinfo/effects';
import type { MeshConfig } from '@bookinfo/rules';
import type { DataPlane } from '../data-plane/data-plane.js';
import type { MeshRuntime } from '../runtime/mesh-runtime.js';
import type { RuntimeOptions } from '../runtime/runtime.js';
import type { TelemetryOptions } from '../telemetry/telemetry.js';
import type { OnProxyAccess } from './mesh-proxies.js';

export interface MeshOptions {
  /**
   * Local ports by the port of the listener, each for the first gateway with such a listener; 0 is any that is free. Default:
   * free ports. The ingress gateway always listens to port 80.
   */
  gatewayPorts?: ReadonlyMap<number, number>;
  /** The admin endpoint's port, 0 for any that is free. */
  adminPort: number;
  /** The address that the admin and telemetry endpoints listen on. Default 127.0.0.1. */
  adminHost?: string;
  /** The folder with the built page that the admin endpoint serves. Default: it serves none. */
  consoleFolder?: string;
  /** URL of a module that exports a `WorkloadModule`: the programs of images, and the application that they make up. */
  workloads: string;
  /** The replicas of Deployments that ask for fewer, except those of 0. Default 1. */
  minReplicas?: number;
  /** Makes a certificate for a server of HTTPS whose Secret does not exist. Default false: it is not opened. */
  selfSigned?: boolean;
  /** Default: Istio's defaults. */
  meshConfig?: MeshConfig;
  /** Default: the embedded one. */
  dataPlane?: DataPlane;
  /** Makes what runs the pods. Default: processes of this machine. */
  createRuntime?: (options: RuntimeOptions) => MeshRuntime;
  /** Receives a line for every request that a proxy has finished; a sidecar's name is that of its pod. Default: not recorded. */
  onAccess?: OnProxyAccess;
  /** The telemetry endpoint's port, 0 for any that is free. Default: there is no such endpoint. */
  telemetryPort?: number;
  /** What the proxies report of their requests, and where to. Default: spans of all requests, for this mesh alone. */
  telemetry?: TelemetryOptions;
  /** Default: the machine's clock. */
  clock?: Clock;
}

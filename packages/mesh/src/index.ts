export { parseResources, type ParseResult } from './resources/parse-resources.js';
export type { Source } from './resources/yaml-documents.js';
export type { Origin } from './resources/origin.js';
export { formatProblem, type Problem } from './resources/problem.js';
export { originOf, resourceKey } from './resources/resource.js';
export type {
  Deployment,
  DestinationRule,
  Gateway,
  Resource,
  Service,
  ServiceAccount,
  VirtualService,
} from './resources/resource.js';
export { buildRegistry, type Pod, type RegisteredService, type Registry } from './registry/registry.js';
export { compile } from './compile/compile.js';
export type { Client, Model } from './compile/model.js';
export type { Cluster, Endpoint, Route, RouteTable, VirtualHost } from './compile/route-table.js';
export { decide } from './decide/decide.js';
export type { Decision, Outcome, PassedOver, Random, RouteRequest } from './decide/decision.js';
export { normalizePath } from './decide/path.js';

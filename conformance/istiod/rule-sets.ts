import { readdirSync, readFileSync } from 'node:fs';
import type { MeshConfig } from '@bookinfo/rules';
import { parse } from 'yaml';

/** Rules that are applied together, and what Istio and Envoy do under them. */
export interface RuleSet {
  id: string;
  /** A file of this repository, or the YAML itself. */
  file?: string;
  rules?: string;
  /** Resources that were created ten seconds after the others. */
  later?: string;
  /** False if the DestinationRules of subsets.yaml are absent. */
  subsets?: boolean;
  mesh?: Partial<MeshConfig>;
  vectors: Vector[];
}

export type Vector = AcceptanceVector | RequestVector;

/** Whether a cluster accepts the rules, and which of its checks refuses them. */
export interface AcceptanceVector {
  id: string;
  accepted: boolean;
  by?: string;
}

/** A request, and what became of it. */
export interface RequestVector {
  id: string;
  /** The pod whose sidecar the request passes (default productpage-v1), `ingress`, or a Gateway of the Gateway API. */
  client?: string;
  request: {
    /** Default GET. */
    method?: string;
    url: string;
    /** The Host, if the URL has another. */
    host?: string;
    headers?: Record<string, string>;
    body?: string;
    /** How often it is sent; default once. */
    count?: number;
    /** The port of the Gateway's Service; default 80. */
    gatewayPort?: number;
  };
  /** `<status> <pod>`, `<status>` of the proxy itself, or `passthrough`; several with their number in a sample. */
  answers: string | Record<string, number>;
  /** The request as the pod received it. */
  received?: { path: string; host: string; headers?: Record<string, string> };
  responseHeaders?: Record<string, string>;
  /** The body of a response of the proxy itself; default empty. */
  body?: string;
  /** How many times the request reached a pod; default once. */
  tries?: number;
  /** Other pods that received the request, as a mirror or before the response. */
  alsoSeenBy?: string[];
  /** The time until the response, at least. */
  afterMs?: number;
}

const DIRECTORY = new URL('vectors/', import.meta.url);

/** Returns the rule sets of all files of vectors/, by topic. */
export function ruleSetsByTopic(): [topic: string, RuleSet[]][] {
  return readdirSync(DIRECTORY).map((file) => [
    file.replace('.yaml', ''),
    parse(readFileSync(new URL(file, DIRECTORY), 'utf8')) as RuleSet[],
  ]);
}

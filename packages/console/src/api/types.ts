/** A problem of a file, at its line. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  message: string;
}

export interface Notice extends Problem {
  level: 'warning' | 'note';
}

export interface Source {
  file: string;
  text: string;
}

export interface PredictedShare {
  share: number;
  low: number;
  high: number;
  agrees: boolean;
}

export interface GraphNode {
  id: string;
  kind: 'gateway' | 'workload' | 'service' | 'external';
  namespace: string;
  name: string;
  app?: string | undefined;
  version?: string | undefined;
  pods: number;
  readyPods: number;
  restarts: number;
  ejected: number;
}

export interface GraphEdge {
  from: string;
  to: string;
  service: string;
  requests: number;
  requestsPerSecond: number;
  share: number;
  predictedShare?: PredictedShare | undefined;
  errorRate: number;
  p50Ms?: number | undefined;
  p99Ms?: number | undefined;
  flags: Record<string, number>;
  delays: number;
  aborts: number;
  retries: number;
  mirrored: number;
}

export interface Graph {
  at: number | string;
  windowSeconds: number;
  isFromSpans: boolean;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface TraceSummary {
  traceId: string;
  startMicros: number;
  durationMicros: number;
  root: { name: string; method?: string | undefined; url?: string | undefined; status?: number | undefined };
  spans: number;
  workloads: string[];
  flags: string[];
}

export interface TraceList {
  traces: TraceSummary[];
  held: number;
  dropped: number;
}

export interface SpanDecision {
  resource?: string | undefined;
  file?: string | undefined;
  line?: number | undefined;
  route?: string | undefined;
  destination?: string | undefined;
  weight?: number | undefined;
  delayMs?: number | undefined;
  abort?: number | undefined;
  attempts: {
    endpoint?: string | undefined;
    status?: number | undefined;
    reset?: string | undefined;
    micros: number;
  }[];
  mirrors: string[];
}

export interface Span {
  id: string;
  parentId?: string | undefined;
  kind: string;
  name: string;
  workload: string;
  service?: string | undefined;
  startMicros: number;
  durationMicros: number;
  status?: number | undefined;
  flags: string[];
  tags: Record<string, string>;
  annotations: { micros: number; value: string }[];
  decision?: SpanDecision | undefined;
}

export interface Trace {
  traceId: string;
  spans: Span[];
}

export interface RuleResource {
  kind: string;
  namespace: string;
  name: string;
  file?: string | undefined;
  yaml: string;
  lines: { line: number; hits: number }[];
}

export interface Pod {
  name: string;
  namespace: string;
  deployment: string;
  state: string;
  restarts: number;
  startedAt?: string | number | undefined;
  ejected: boolean | number;
}

export interface Load {
  isOn: boolean;
  requestsPerSecond: number;
  user?: string | undefined;
  sent: number;
  failed: number;
  statuses: Record<string, number>;
}

export interface Verification {
  state: 'idle' | 'running' | 'ended' | 'failed';
  done: number;
  of: number;
  claim?: string | undefined;
  report?: object | undefined;
  text?: string | undefined;
  error?: string | undefined;
}

export interface Probe {
  method: string;
  url: string;
  headers: Record<string, string>;
  from?: string | undefined;
}

export interface Checked {
  problems: Problem[];
  notices: Notice[];
  warnings: string[];
}

export interface Applied {
  changes: { kind: string; name: string; namespace: string; action: string }[];
  notices: Notice[];
  warnings: string[];
}

export interface RuleReference {
  resource?: string | undefined;
  name: string;
  file?: string | undefined;
  line?: number | undefined;
}

export interface Predicted {
  responses: {
    share: number;
    value: {
      status: number;
      path: string[];
      delayMs: number;
      attempts: number;
      nestedAttempts: number;
      location?: string | undefined;
      outside?: string | undefined;
    };
  }[];
  findings: string[];
}

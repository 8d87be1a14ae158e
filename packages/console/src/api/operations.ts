import type {
  Applied,
  Checked,
  Graph,
  Load,
  Pod,
  Predicted,
  Probe,
  RuleResource,
  Source,
  Trace,
  TraceList,
  Verification,
} from './types.ts';
import type { Explanation } from './explanation.ts';

/** The request and the response of each operation of the admin endpoint that the page uses. */
export interface Operations {
  'GET /graph': [Record<string, never>, Graph];
  'GET /traces': [{ limit?: number; errors?: boolean; workload?: string }, TraceList];
  'GET /trace': [{ id: string }, Trace];
  'GET /rules': [Record<string, never>, { resources: RuleResource[] }];
  'POST /check': [{ sources: Source[] }, Checked];
  'POST /apply': [{ sources: Source[]; strict: boolean }, Applied];
  'POST /delete': [{ sources: Source[] }, Applied];
  'POST /explain': [Probe, Explanation];
  'POST /predict': [Probe & { assume: string[] }, Predicted];
  'GET /pods': [Record<string, never>, Pod[]];
  'GET /logs': [{ deployment: string; namespace: string }, { pods: { pod: string; output: string }[] }];
  'POST /restart': [{ deployment: string; namespace: string }, object];
  'POST /scale': [{ deployment: string; namespace: string; replicas: number }, object];
  'GET /load': [Record<string, never>, Load];
  'POST /load': [{ isOn: boolean; requestsPerSecond: number; user?: string }, Load];
  'GET /verification': [Record<string, never>, Verification];
  'POST /verification': [{ sources: Source[]; requests?: number }, object];
  'POST /verification/stop': [Record<string, never>, object];
}

export type Operation = keyof Operations;
export type RequestOf<O extends Operation> = Operations[O][0];
export type ResponseOf<O extends Operation> = Operations[O][1];

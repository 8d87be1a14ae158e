import type { RequestOf, ResponseOf } from './operations.ts';

/** What the page shows, as the schemas of packages/mesh/src/admin describe it. */
export type Graph = ResponseOf<'GET /graph'>;
export type GraphNode = Graph['nodes'][number];
export type GraphEdge = Graph['edges'][number];
export type TraceList = ResponseOf<'GET /traces'>;
export type Trace = ResponseOf<'GET /trace'>;
export type Span = Trace['spans'][number];
export type RuleResource = ResponseOf<'GET /rules'>['resources'][number];
export type Source = RequestOf<'POST /check'>['sources'][number];
export type Checked = ResponseOf<'POST /check'>;
export type Problem = Checked['problems'][number];
export type Probe = RequestOf<'POST /explain'>;
export type Explanation = ResponseOf<'POST /explain'>;
export type RuleReference = NonNullable<Explanation['rule']>;
export type Predicted = ResponseOf<'POST /predict'>;
export type Pod = ResponseOf<'GET /pods'>[number];
export type Load = ResponseOf<'GET /load'>;
export type Verification = ResponseOf<'GET /verification'>;

/** What the rules change of a proxy's spans; what is absent is the mesh's. */
export interface TracingSettings {
  /** True: the proxy reports no spans, and passes the headers of traces on. */
  isDisabled?: boolean;
  /** The share of the traces begun by the proxy that is sampled, 0 to 100. */
  randomSamplingPercentage?: number;
  customTags?: readonly CustomTag[];
}

/** A tag of the proxy's spans. One without a value is left out. */
export type CustomTag = { tag: string } & (
  | { kind: 'literal'; value: string }
  /** The first value of a request's header; the name is lower-case. */
  | { kind: 'header'; name: string; defaultValue: string }
  /** A variable of the environment of the proxy's process. */
  | { kind: 'environment'; name: string; defaultValue: string }
);

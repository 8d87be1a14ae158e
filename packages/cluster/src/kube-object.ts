/** An object of the Kubernetes API, as plain data. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    managedFields?: { time?: string; subresource?: string }[];
  };
  spec?: unknown;
  status?: unknown;
}

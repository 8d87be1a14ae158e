/** A listener of a gateway, and where it is on this machine. */
export interface GatewayListener {
  /** The name of the gateway's Deployment in Istio, such as `istio-ingressgateway`. */
  gateway: string;
  namespace: string;
  /** True for the listeners of Istio's default ingress gateway. */
  isIngress: boolean;
  /** The port in the Gateway resource. */
  port: number;
  /** Such as `http://localhost:9080`; absent for one that is not open: `problems` has the reason. */
  url?: string;
  /** What is wrong with certificates, or why the listener can't be reached, one line each. */
  problems: string[];
}

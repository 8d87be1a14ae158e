import { parseAssumption } from '@bookinfo/analysis';
import type { Json } from '../controller/json.js';
import type { AdministeredMesh } from './administered-mesh.js';
import type { Operation, Refusal, RequestOf, ResponseOf } from './api.js';

/** A reply; those of the controller are text already. */
type Reply<O extends Operation> = ResponseOf<O> | Json<ResponseOf<O>> | Refusal;
type Handlers = {
  [O in Operation]: (mesh: AdministeredMesh, request: RequestOf<O>) => Reply<O> | Promise<Reply<O>>;
};

/** The handler of each operation of the admin endpoint. */
export const handlers: Handlers = {
  mesh: ({ gatewayUrl: url, gateways, startedAt, dataPlane, meshConfig, sidecars }) => ({
    url,
    gateways,
    pid: process.pid,
    startedAt: startedAt.toISOString(),
    dataPlane,
    meshConfig,
    sidecars,
  }),
  get: (mesh, { kind, name }) => mesh.get(kind, name),
  rules: (mesh) => mesh.rules(),
  check: (mesh, { sources }) => mesh.check(sources),
  pods: (mesh) => mesh.podStates(),
  logs: (mesh, { deployment, namespace }) => ({ pods: mesh.logs(deployment, namespace) }),
  explain: (mesh, probe) => mesh.explain(probe),
  predict: (mesh, { assume, ...probe }) => mesh.predict(probe, assume.map(parseAssumption)),
  apply: (mesh, { sources, strict }) => mesh.apply(sources, strict),
  delete: (mesh, { sources }) => mesh.delete(sources),
  restart: (mesh, { deployment, namespace }) => {
    mesh.restart(deployment, namespace);
    return {};
  },
  scale: (mesh, { deployment, namespace, replicas }) => mesh.scale(deployment, namespace, replicas),
  graph: (mesh) => mesh.graph(),
  traces: (mesh, { limit = 50, errors, workload }) =>
    mesh.traces({ limit, errors: errors === 'true', workload }),
  trace: (mesh, { id }) => mesh.trace(id),
  load: (mesh) => mesh.load.state,
  setLoad: (mesh, wanted) => mesh.load.set(wanted),
  verification: (mesh) => mesh.verification.state,
  startVerification: (mesh, { sources, detectPercent }) => {
    mesh.verification.start(sources, detectPercent && detectPercent / 100);
    return {};
  },
  stopVerification: async (mesh) => {
    await mesh.verification.stop();
    return {};
  },
};

import { parseAssumption } from '@bookinfo/analysis';
import type { AdministeredMesh } from './administered-mesh.js';
import type { Operation, Refusal, RequestOf, ResponseOf } from './api.js';

type Handlers = {
  [O in Operation]: (mesh: AdministeredMesh, request: RequestOf<O>) => ResponseOf<O> | Refusal;
};

/** The handler of each operation of the admin endpoint. */
export const handlers: Handlers = {
  mesh: ({ gatewayUrl: url, startedAt, meshConfig, sidecars }) => ({
    url,
    pid: process.pid,
    startedAt: startedAt.toISOString(),
    meshConfig,
    sidecars,
  }),
  get: (mesh, { kind, name }) => mesh.get(kind, name),
  explain: (mesh, probe) => mesh.explain(probe),
  predict: (mesh, { assume, ...probe }) => ({
    answers: mesh.predict(probe, assume.map(parseAssumption)),
  }),
  apply: (mesh, { sources }) => mesh.apply(sources),
  delete: (mesh, { sources }) => mesh.delete(sources),
  restart: (mesh, { deployment, namespace }) => {
    mesh.restart(deployment, namespace);
    return {};
  },
};

import type { RequestOf as MeshRequest, ResponseOf as MeshResponse } from '@bookinfo/mesh';

/** The operations of the admin endpoint that the page uses, with their names in packages/mesh/src/admin/operations. */
interface Names {
  'GET /graph': 'graph';
  'GET /traces': 'traces';
  'GET /trace': 'trace';
  'GET /rules': 'rules';
  'POST /check': 'check';
  'POST /apply': 'apply';
  'POST /delete': 'delete';
  'POST /explain': 'explain';
  'POST /predict': 'predict';
  'GET /pods': 'pods';
  'GET /logs': 'logs';
  'POST /restart': 'restart';
  'POST /scale': 'scale';
  'GET /load': 'load';
  'POST /load': 'setLoad';
  'GET /verification': 'verification';
  'POST /verification': 'startVerification';
  'POST /verification/stop': 'stopVerification';
}

export type Operation = keyof Names;
export type RequestOf<O extends Operation> = MeshRequest<Names[O]>;
export type ResponseOf<O extends Operation> = MeshResponse<Names[O]>;

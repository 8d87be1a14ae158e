import type { Decision, Header, HeaderList, HeaderMutations, RequestProperties } from '@bookinfo/routing';
import { editHeaders } from './edit-headers.js';

/** The changes that a route makes to the headers of a response, of a backend or of the proxy itself. */
export interface ResponseEdits {
  mutations: HeaderMutations[];
  /** The request, for the commands of the mutations. */
  request: RequestProperties;
  /** They replace the backend's own. */
  cors: Header[];
}

/** The edits of a response that no route has anything to do with. */
export const NO_EDITS: ResponseEdits = {
  mutations: [],
  request: { header: () => undefined, property: () => '' },
  cors: [],
};

/**
 * Returns the edits of a response: the headers of its destination and then of the route, so that the latter win; and
 * those of CORS, unless the response comes from before Envoy's CORS filter (a fault) or from a route that the filter
 * ignores (redirect, direct response). A preflight is answered by that filter, before any other edit.
 */
export function responseEdits({ lookup, outcome }: Decision, request: RequestProperties): ResponseEdits {
  const { route } = lookup;
  if (!route || outcome.kind === 'cors-preflight') return NO_EDITS;
  const destination = 'weightedCluster' in outcome ? outcome.weightedCluster : undefined;
  const isBehindCors = outcome.kind === 'forward' || outcome.kind === 'cluster-not-found';
  return {
    mutations: [destination?.responseHeaders, route.responseHeaders].filter((each) => each !== undefined),
    request,
    cors: isBehindCors ? lookup.corsHeaders : [],
  };
}

/** Applies the edits to the headers of a response. */
export function editResponse(headers: HeaderList, { mutations, request, cors }: ResponseEdits): void {
  editHeaders(headers, mutations, request);
  for (const [name, value] of cors) headers.set(name, value);
}

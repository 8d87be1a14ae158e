import {
  type HeaderMutations,
  type HeaderValue,
  corsHeaders,
  type Decision,
  type RouteRequest,
} from '@bookinfo/routing';
import { editHeaders, setHeaders, type HeaderList } from './edit-headers.js';

/** What a route changes in an answer, whoever gives it. */
export interface ResponseEdits {
  mutations: HeaderMutations[];
  /** They replace the backend's own. */
  cors: Pick<HeaderValue, 'name' | 'value'>[];
}

/** For an answer that no route has to do with. */
export const NO_EDITS: ResponseEdits = { mutations: [], cors: [] };

/**
 * What is done to the answer of a request: the headers of its destination and then of the route, so that the latter win;
 * and those of CORS, unless the answer comes from before Envoy's CORS filter (a fault) or from a route that the filter
 * leaves alone (redirect, direct response). A preflight is answered by that filter, which knows nothing of the others.
 */
export function responseEdits({ route, outcome }: Decision, request: RouteRequest): ResponseEdits {
  if (!route || outcome.kind === 'cors-preflight') return NO_EDITS;
  const destination = 'weightedCluster' in outcome ? outcome.weightedCluster : undefined;
  const isBehindCors = outcome.kind === 'forward' || outcome.kind === 'cluster-not-found';
  return {
    mutations: [destination?.responseHeaders, route.responseHeaders].filter((each) => each !== undefined),
    cors: isBehindCors && route.cors ? pairs(corsHeaders(route.cors, request)) : [],
  };
}

/** The answer's headers, changed. */
export function editResponse(headers: HeaderList, { mutations, cors }: ResponseEdits): HeaderList {
  return setHeaders(editHeaders(headers, mutations), cors);
}

function pairs(headers: HeaderList): ResponseEdits['cors'] {
  return headers.flatMap((name, index) =>
    index % 2 === 0 ? [{ name, value: headers[index + 1] ?? '' }] : [],
  );
}

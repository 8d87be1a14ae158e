import type { RouteRequest } from '@bookinfo/routing';
import type { PredictedResponse } from '../predict/predicted-response.js';
import type { Program } from '../predict/program.js';

/**
 * The facts about an application that a prediction needs and no manifest has. The mesh itself knows no service by name; it
 * receives an Application as a parameter.
 */
export interface Application {
  /** Programs by the `app` label of their pods. A workload without one responds with 200 to every request. */
  readonly programs: Readonly<Record<string, Program>>;
  /** Paths that exist behind the ingress gateway, preferred ones first. */
  readonly gatewayPaths: readonly string[];
  /** Returns the paths that exist at a Service, preferred ones first. */
  pathsOf(service: string): readonly string[];
  /** Returns the headers of the requests that the program `app` sends while it handles `request`, names in lower case. */
  headersFor(
    request: RouteRequest,
    app: string,
    /** The user who is signed in at the application's page. */
    user: string | undefined,
  ): Record<string, string>;
  /**
   * Returns the workloads that took part in a response, in call order, such as `reviews-v2`, `ratings-v1`. It is empty
   * for a response that a proxy made.
   */
  hopsOf(headers: ResponseHeaders): readonly string[];
  /** The page that `verify --url` opens. */
  readonly page: ApplicationPage;
}

/** Headers of a response, names in lower case. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** A page that shows which workloads took part in it. */
export interface ApplicationPage {
  /** Its path, for a URL without one. */
  readonly path: string;
  /** A path that the program of the page serves without requests to others, for control requests. */
  readonly controlPath: string;
  /** Request header by which rules tell the users of the page apart. */
  readonly userHeader: string;
  /** Returns the form that signs a user in. The response to it sets a session cookie. */
  signInForm(user: string): { path: string; fields: Record<string, string> };
  /** Returns in a few words what a page shows, such as `page with reviews v2`. */
  describe(html: string): string;
  /** Returns the same words for the page that a predicted response is, or undefined when it is no page. */
  describePredicted(response: PredictedResponse): string | undefined;
}

import { ApiException } from '@kubernetes/client-node';

/** A request to the API server, in words. */
export interface ApiRequest {
  /** As RBAC names it, such as `list`. */
  verb: string;
  /** The plural, with its group: `virtualservices.networking.istio.io`. */
  resource: string;
  namespace?: string;
}

/** The file whose Roles permit all requests of this package. */
const RBAC_FILE = 'deploy/cluster/rbac.yaml';

/** Returns the error of a request to the API server as one sentence that says what to do. */
export function requestError(
  error: unknown,
  { verb, resource, namespace }: ApiRequest,
  { context, server }: { context: string; server: string },
): Error {
  const name = JSON.stringify(context);
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  if (!(error instanceof ApiException))
    return new Error(`The API server of the context ${name} (${server}) can't be asked: ${reasonOf(error)}`, {
      cause: error,
    });
  const { code } = error;
  if (code === 401)
    return new Error(
      `The API server of the context ${name} does not accept its credentials: sign in again, or choose another context.`,
      { cause: error },
    );
  if (code === 403)
    return new Error(
      `The context ${name} lacks the permission to ${verb} ${resource}${where}; ${RBAC_FILE} has the Roles that permit it.`,
      { cause: error },
    );
  const message = messageOf(error.body) ?? error.message;
  return new Error(
    `The API server of the context ${name} refuses to ${verb} ${resource}${where}: ${code}: ${message}`,
    { cause: error },
  );
}

/** Returns true for the answer that there is no such resource, or no such kind. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiException && error.code === 404;
}

/** Returns the message of a Status of Kubernetes. */
function messageOf(body: unknown): string | undefined {
  try {
    const status: unknown = typeof body === 'string' ? JSON.parse(body) : body;
    const { message } = (status ?? {}) as { message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the cause behind fetch's "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message || ((cause as NodeJS.ErrnoException).code ?? error.message);
}

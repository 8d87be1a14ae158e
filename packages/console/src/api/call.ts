import type { Operation, RequestOf, ResponseOf } from './operations.ts';
import { session } from './session.svelte.ts';
import type { Problem } from './types.ts';

/** Longer than Envoys have to apply a change. */
const TIMEOUT_MS = 60_000;

/** An error response of the mesh; with the problems of files where they are to blame. */
export class CallFailed extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }
}

/** Thrown when no response came. */
export class Unreachable extends Error {}

/**
 * Sends an operation to the admin endpoint, which is the origin of the page.
 * @throws {CallFailed} for a response that is an error
 * @throws {Unreachable} without a response
 */
export async function call<O extends Operation>(operation: O, request: RequestOf<O>): Promise<ResponseOf<O>> {
  const response = await send(operation, request);
  const body: unknown = await response.json().catch(() => undefined);
  if (response.status === 401) session.connection = 'refused';
  else session.answered();
  if (response.ok && body !== undefined) return body as ResponseOf<O>;
  const { error, problems } = (body ?? {}) as { error?: string; problems?: Problem[] };
  throw new CallFailed(
    response.status,
    error ?? (problems ? 'The files have problems; nothing has changed.' : `status ${response.status}`),
    problems,
  );
}

async function send(operation: Operation, request: object): Promise<Response> {
  const [method = '', path = ''] = operation.split(' ');
  const isPost = method === 'POST';
  try {
    return await fetch(isPost ? path : `${path}${queryOf(request)}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
      headers: {
        authorization: session.authorization,
        ...(isPost && { 'content-type': 'application/json' }),
      },
      ...(isPost && { body: JSON.stringify(request) }),
    });
  } catch (error) {
    session.connection = 'unreachable';
    throw new Unreachable('The mesh does not answer.', { cause: error });
  }
}

function queryOf(request: object): string {
  const query = new URLSearchParams(
    Object.entries(request).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    ),
  ).toString();
  return query && `?${query}`;
}

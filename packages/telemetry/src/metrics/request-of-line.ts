import type { AccessLogEntry, Attempt } from '@bookinfo/proxy';

/** What metrics are made of. */
export type CountedRequest = Pick<
  AccessLogEntry,
  | 'startMs'
  | 'endMs'
  | 'responseCode'
  | 'responseFlags'
  | 'bytesReceived'
  | 'bytesSent'
  | 'upstreamCluster'
  | 'decision'
  | 'attempts'
>;

/** A client's path has no space, and its other headers are behind the first of these patterns and before the second. */
const HEAD =
  /^\[\S+\] "\S+ \S+ \S+" (?<code>\d+) (?<flags>\S+) (?<details>\S+) \S+ "[^"]*" (?<received>\d+) (?<sent>\d+) (?<duration>\d+) /;
const TAIL = /.* "(?:(?<address>\S+):(?<port>\d+)|-)" (?<cluster>\S+) \S+ \S+ \S+ \S+ .*$/;

/**
 * Returns the request of a line of an Envoy's access log in Istio's default format; undefined for another line. Of several attempts
 * the line has the last.
 */
export function requestOfLine(line: string): CountedRequest | undefined {
  const head = HEAD.exec(line)?.groups;
  const tail = TAIL.exec(line)?.groups;
  if (!head || !tail) return undefined;
  const cluster = tail['cluster'] === '-' ? undefined : tail['cluster'];
  const flags = head['flags'] === '-' ? [] : (head['flags']?.split(',') ?? []);
  const request = {
    startMs: 0,
    endMs: Number(head['duration']),
    responseCode: Number(head['code']),
    responseFlags: flags as AccessLogEntry['responseFlags'],
    bytesReceived: Number(head['received']),
    bytesSent: Number(head['sent']),
    upstreamCluster: cluster,
    decision: undefined,
  };
  const attempts =
    cluster !== undefined && tail['address'] !== undefined
      ? [
          attemptOf(
            request,
            cluster,
            tail['address'],
            Number(tail['port']),
            head['details'] === 'via_upstream',
          ),
        ]
      : [];
  return { ...request, attempts };
}

function attemptOf(
  { endMs, responseCode, responseFlags }: Omit<CountedRequest, 'attempts'>,
  cluster: string,
  address: string,
  port: number,
  isResponse: boolean,
): Attempt {
  const flag = responseFlags.at(-1);
  return {
    cluster,
    endpoint: { address: address.replace(/^\[(.*)\]$/, '$1'), port, pod: '', labels: {} },
    startMs: 0,
    endMs,
    isSent: !responseFlags.includes('UF'),
    ...(isResponse && { status: responseCode }),
    ...(flag && { flag }),
    ...(flag === 'UC' && { reset: 'connection termination' }),
    ...(flag === 'UPE' && { reset: 'protocol error' }),
  };
}

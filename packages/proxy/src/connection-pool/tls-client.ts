import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { TlsOrigination } from '@bookinfo/routing';

/** The TLS settings of one connection. */
export interface TlsClient extends TlsOrigination {
  /** The host of the request: the server name where the rule has no `sni`. */
  serverName: string;
}

/** Returns the server name to send, which the certificate has to prove unless the rule lists other names. */
export function requestedServerName({ sni, serverName }: TlsClient): string {
  return sni ?? serverName;
}

/**
 * Begins TLS on a connection; the returned socket emits `secureConnect` when it is established. The certificate must be
 * valid for the server's name, or for one of the `subjectAltNames`, by the authorities that Node trusts
 * (NODE_EXTRA_CA_CERTS adds to them), as Envoy requires by default (auto_san_validation).
 */
export function beginTls(socket: Socket, tls: TlsClient): TLSSocket {
  const name = requestedServerName(tls);
  return connect({
    socket,
    ALPNProtocols: ['http/1.1'],
    // RFC 6066, 3: an address is not a server name.
    ...(isIP(name) === 0 && { servername: name }),
    rejectUnauthorized: !tls.insecureSkipVerify,
    checkServerIdentity: (_, certificate) => identityProblem(tls, certificate),
  });
}

function identityProblem(tls: TlsClient, certificate: PeerCertificate): Error | undefined {
  const { subjectAltNames } = tls;
  const names = subjectAltNames.length > 0 ? subjectAltNames : [requestedServerName(tls)];
  const problems = names.map((name) =>
    name.includes('://') ? uriProblem(name, certificate) : checkServerIdentity(name, certificate),
  );
  return problems.includes(undefined) ? undefined : problems[0];
}

/** Checks a URI such as a SPIFFE ID. */
function uriProblem(uri: string, { subjectaltname = '' }: PeerCertificate): Error | undefined {
  if (subjectaltname.split(', ').includes(`URI:${uri}`)) return undefined;
  return new Error(`the certificate is not for ${uri}`);
}

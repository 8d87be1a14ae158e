import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { TlsOrigination } from '@bookinfo/routing';

/** How a connection is made safe. */
export interface TlsClient extends TlsOrigination {
  /** Whom the request is for: what is asked for where the rule names no `sni`. */
  serverName: string;
}

/** The name that the server is asked for, and has to prove unless the rule lists others. */
export function askedServerName({ sni, serverName }: TlsClient): string {
  return sni ?? serverName;
}

/**
 * Begins TLS on a connection; it is made when the socket returned says `secureConnect`. The certificate has to be good for
 * the server's name, or for one of the `subjectAltNames`, by the authorities that Node trusts (NODE_EXTRA_CA_CERTS adds to
 * them), as Envoy wants it (auto_san_validation) unless it is told otherwise.
 */
export function beginTls(socket: Socket, tls: TlsClient): TLSSocket {
  const name = askedServerName(tls);
  return connect({
    socket,
    ALPNProtocols: ['http/1.1'],
    // RFC 6066, 3: an address is no server name.
    ...(isIP(name) === 0 && { servername: name }),
    rejectUnauthorized: !tls.insecureSkipVerify,
    checkServerIdentity: (_, certificate) => identityProblem(tls, certificate),
  });
}

function identityProblem(tls: TlsClient, certificate: PeerCertificate): Error | undefined {
  const { subjectAltNames } = tls;
  const names = subjectAltNames.length > 0 ? subjectAltNames : [askedServerName(tls)];
  const problems = names.map((name) =>
    name.includes('://') ? uriProblem(name, certificate) : checkServerIdentity(name, certificate),
  );
  return problems.includes(undefined) ? undefined : problems[0];
}

/** Such as SPIFFE's. */
function uriProblem(uri: string, { subjectaltname = '' }: PeerCertificate): Error | undefined {
  if (subjectaltname.split(', ').includes(`URI:${uri}`)) return undefined;
  return new Error(`the certificate is not for ${uri}`);
}

import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { certificateProblem, type Credential, type HttpsServer } from '@bookinfo/compiler';
import type { Clock } from '@bookinfo/effects';
import type { TlsServer } from '@bookinfo/routing';
import { selfSigned } from './self-signed.js';

type Certificate = NonNullable<TlsServer['certificate']>;

/** The servers of a listener of HTTPS with their certificates, and what is wrong with these, one line each. */
export interface ReadCertificates {
  tls: TlsServer[];
  problems: string[];
}

/** Reads the certificates of servers of HTTPS. */
export class Certificates {
  readonly #clock: Pick<Clock, 'date'>;
  readonly #isSelfSigned: boolean;
  /** Those made here, by the names of their servers, so that clients that trust one do so after a change too. */
  readonly #made = new Map<string, Promise<Certificate>>();

  /** @param isSelfSigned makes a certificate for a server whose Secret does not exist */
  constructor(clock: Pick<Clock, 'date'>, isSelfSigned: boolean) {
    this.#clock = clock;
    this.#isSelfSigned = isSelfSigned;
  }

  /** Returns a server without a certificate where it has none that can be used. */
  async read(servers: readonly HttpsServer[]): Promise<ReadCertificates> {
    const all = await Promise.all(servers.map((server) => this.#read(server)));
    return { tls: all.map(({ server }) => server), problems: all.flatMap(({ problem }) => problem ?? []) };
  }

  async #read({ serverNames, credential }: HttpsServer): Promise<{ server: TlsServer; problem?: string }> {
    const { file, line } = credential.origin;
    const problem = (text: string): string => `${file}:${line}: ${text}`;
    try {
      const certificate = await this.#certificateOf(credential, serverNames);
      const server = { serverNames, certificate };
      // A server shows it nevertheless, as Envoy does.
      const expiredAt = expiryOf(certificate, this.#clock.date());
      if (expiredAt === undefined) return { server };
      const names = serverNames.join(', ');
      return { server, problem: problem(`the certificate for ${names} expired at ${expiredAt}`) };
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      return { server: { serverNames }, problem: problem(error.message) };
    }
  }

  /** @throws {Unusable} when there is none. */
  async #certificateOf(credential: Credential, serverNames: readonly string[]): Promise<Certificate> {
    switch (credential.kind) {
      case 'certificate':
        return { cert: credential.cert, key: credential.key };
      case 'files':
        return pairIn(credential);
      case 'unusable':
        throw new Unusable(credential.reason);
      case 'absent':
        if (this.#isSelfSigned) return this.#make(serverNames);
        throw new Unusable(
          `${credential.reason}; apply it, or start with --self-signed to have one made for ${serverNames.join(', ')}`,
        );
    }
  }

  #make(serverNames: readonly string[]): Promise<Certificate> {
    const key = serverNames.join(' ');
    const made = this.#made.get(key) ?? selfSigned(serverNames, this.#clock.date());
    this.#made.set(key, made);
    return made;
  }
}

/** A certificate that cannot be used; the message says why, and shows nothing of a key. */
class Unusable extends Error {}

/** @throws {Unusable} */
async function pairIn(paths: Certificate): Promise<Certificate> {
  const certificate = { cert: await contentOf(paths.cert), key: await contentOf(paths.key) };
  const problem = certificateProblem(certificate);
  if (problem !== undefined) throw new Unusable(`${paths.cert} and ${paths.key}: ${problem}`);
  return certificate;
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Unusable(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/** Returns since when the certificate has expired, undefined when it has not. */
function expiryOf({ cert }: Certificate, now: Date): string | undefined {
  const end = new X509Certificate(cert).validToDate;
  return end < now ? end.toISOString() : undefined;
}

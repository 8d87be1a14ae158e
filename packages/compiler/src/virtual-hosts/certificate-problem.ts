import { createPrivateKey, X509Certificate } from 'node:crypto';

/**
 * Returns what is wrong with a certificate and its key, both in PEM: one of them cannot be read, or they do not belong together.
 * The text shows nothing of the key.
 */
export function certificateProblem({ cert, key }: { cert: string; key: string }): string | undefined {
  const certificate = readOrNothing(() => new X509Certificate(cert));
  if (!certificate) return 'the certificate is not one in PEM (-----BEGIN CERTIFICATE-----)';
  const privateKey = readOrNothing(() => createPrivateKey(key));
  if (!privateKey)
    return 'the key is not a private one in PEM without a passphrase (-----BEGIN PRIVATE KEY-----)';
  return certificate.checkPrivateKey(privateKey) ? undefined : 'the key does not belong to the certificate';
}

function readOrNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

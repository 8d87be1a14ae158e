import { LOOPBACK } from '@bookinfo/effects';
import { generate } from 'selfsigned';
import type { TlsServer } from '@bookinfo/routing';

/** Browsers refuse certificates that are valid for longer. */
const DAYS = 397;
const DAY_MS = 86_400_000;

/** Values of `GeneralName` in RFC 5280, 4.2.1.6. */
const DNS = 2;
const IP = 7;

/** Makes a certificate for these names of a server of HTTPS, and for this machine. */
export async function selfSigned(
  serverNames: readonly string[],
  now: Date,
): Promise<NonNullable<TlsServer['certificate']>> {
  const names = [...serverNames.filter((name) => name !== '*'), 'localhost'];
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'bookinfo' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - DAY_MS),
    notAfterDate: new Date(now.getTime() + DAYS * DAY_MS - DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: DNS as typeof DNS, value })),
          ...[LOOPBACK, '::1'].map((ip) => ({ type: IP as typeof IP, ip })),
        ],
      },
    ],
  });
  return { cert, key };
}

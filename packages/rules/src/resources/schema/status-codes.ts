import { STATUS_CODES } from 'node:http';
import { value } from './value.js';

const REDIRECT_CODES = [301, 302, 303, 307, 308] as const;
type RedirectCode = (typeof REDIRECT_CODES)[number];

/** Node knows one status that neither the IANA nor Go, and so Istio, does. */
const UNREGISTERED = '509';

const redirectCode = (reason = '') =>
  value<RedirectCode>(
    (input) => REDIRECT_CODES.some((code) => code === input),
    `one of ${REDIRECT_CODES.join(', ')}${reason}`,
  );

/** The status of a redirect of an HTTPRoute. */
export const redirectStatus = redirectCode();

/** The status of a redirect of a VirtualService. */
export const redirectStatusOfIstio = redirectCode(
  ' (Istio accepts all of 3xx, but Envoy refuses the others)',
);

/** The status of a response that the proxy sends itself. */
export const responseStatus = value<number>(
  (input) => Number.isSafeInteger(input) && Number(input) >= 200 && Number(input) <= 599,
  'a whole number from 200 to 599 (Istio accepts 600, but Envoy refuses it)',
);

/** Returns true if the digits are an HTTP status that the IANA has registered. */
export function isRegisteredStatus(digits: string): boolean {
  return digits in STATUS_CODES && digits !== UNREGISTERED;
}

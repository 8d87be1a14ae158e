import { STATUS_CODES } from 'node:http';
import { value } from './value.js';

/** Istio accepts all of 3xx, but Envoy refuses the route that Istio makes of the others. */
const REDIRECT_CODES = [301, 302, 303, 307, 308] as const;
type RedirectCode = (typeof REDIRECT_CODES)[number];

/** Node knows one status that neither the IANA nor Go, and so Istio, does. */
const UNREGISTERED = '509';

/** The status of a redirect. */
export const redirectCode = value<RedirectCode>(
  (input) => REDIRECT_CODES.some((code) => code === input),
  `one of ${REDIRECT_CODES.join(', ')}`,
);

/** Returns true if the digits are an HTTP status that the IANA has registered. */
export function isRegisteredStatus(digits: string): boolean {
  return digits in STATUS_CODES && digits !== UNREGISTERED;
}

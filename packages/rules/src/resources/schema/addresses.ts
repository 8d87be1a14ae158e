import { isIP } from 'node:net';
import { host } from './names.js';
import { value } from './value.js';

/** The address of an endpoint: a host without wildcards, or an IP address. */
export const address = value<string>(
  (input) => typeof input === 'string' && (isIP(input) !== 0 || host.safeParse(input).success),
  'an IP address or a host name',
);

/** An IP address, or a range of them in CIDR notation. */
export const ipRange = value<string>((input) => {
  if (typeof input !== 'string') return false;
  const [first = '', bits, ...rest] = input.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(first)] ?? -1;
  if (bits === undefined) return most > 0;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most && rest.length === 0;
}, 'an IP address, or a range like 10.0.0.0/8');

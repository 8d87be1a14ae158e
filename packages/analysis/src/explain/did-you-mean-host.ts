import type { Registry } from '@bookinfo/rules';
import { didYouMean } from '@bookinfo/text';

/**
 * Returns ` (did you mean reviews.default.svc.cluster.local?)` for a host that no service has: a host with a similar first
 * label and the same rest, else one with the same first label.
 */
export function didYouMeanHost(host: string, { services }: Registry): string {
  const [label, rest] = parts(host);
  const others = services.map((service) => parts(service.host));
  const similar = didYouMean(
    label,
    others.flatMap(([first, domain]) => (domain === rest ? [first] : [])),
  );
  if (similar !== '') return similar.replace('?)', `${rest}?)`);
  const namesake = others.find(([first, domain]) => first === label && domain !== rest);
  return namesake ? ` (did you mean ${namesake.join('')}?)` : '';
}

/** Returns the first label, and the rest with its dot. */
function parts(host: string): [label: string, rest: string] {
  const dot = host.indexOf('.');
  return dot === -1 ? [host, ''] : [host.slice(0, dot), host.slice(dot)];
}

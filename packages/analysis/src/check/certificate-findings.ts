import { gatewayProxies } from '@bookinfo/compiler';
import type { Model } from '@bookinfo/rules';
import type { Finding } from './finding.js';

/**
 * Finds servers of HTTPS to which no client gets a connection. A Secret that does not exist is a note: in a cluster it is often
 * not made of files.
 */
export function certificateFindings({ resources }: Model): Finding[] {
  return gatewayProxies(resources).flatMap(({ listeners }) =>
    listeners
      .flatMap(({ tls = [] }) => tls)
      .flatMap(({ serverNames, credential }): Finding[] => {
        if (credential.kind !== 'absent' && credential.kind !== 'unusable') return [];
        const { kind, origin, reason } = credential;
        const message = `${reason}: without a certificate, connections for ${serverNames.join(', ')} are closed`;
        return [{ level: kind === 'absent' ? 'note' : 'error', code: 'no-certificate', origin, message }];
      }),
  );
}

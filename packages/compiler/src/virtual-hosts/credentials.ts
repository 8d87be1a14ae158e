import { originOf, type Client, type Resource, type Secret } from '@bookinfo/rules';
import type { Origin } from '@bookinfo/text';
import { isSecret, ReferenceGrants } from '../gateway-api/reference-grants.js';
import { certificateProblem } from './certificate-problem.js';
import type { GatewayServer, IstioServer, KubernetesServer } from './gateway-servers.js';

/** Where the certificate of a server of HTTPS is; `origin` is the field that names it, or the Secret that has it. */
export type Credential = { origin: Origin } &
  /** PEM. */
  (
    | { kind: 'certificate'; cert: string; key: string }
    /** Paths. */
    | { kind: 'files'; cert: string; key: string }
    /** There is no such Secret. */
    | { kind: 'absent'; reason: string }
    /** There is one without a certificate that can be used, or it must not be used. */
    | { kind: 'unusable'; reason: string }
  );

/** The names of a certificate and its key in a Secret, in the order of precedence (istio/istio secretcontroller.go). */
const DATA_NAMES = [
  { cert: 'cert', key: 'key' },
  { cert: 'tls.crt', key: 'tls.key' },
] as const;

/** Returns where the certificate of a server of HTTPS is. */
export function credentialOf(
  server: GatewayServer,
  client: Client,
  resources: readonly Resource[],
): Credential {
  return server.kind === 'Istio'
    ? istioCredential(server, client, resources)
    : kubernetesCredential(server, resources);
}

/** The Secret is in the namespace of the proxy, not of the Gateway (istio/istio credentials.go, ParseResourceName). */
function istioCredential(
  { gateway, server: { tls, index } }: IstioServer,
  { namespace }: Client,
  resources: readonly Resource[],
): Credential {
  const origin = (field: string): Origin => originOf(gateway, ['spec', 'servers', index, 'tls', field]);
  const { credentialName: name, serverCertificate = '', privateKey = '' } = tls ?? {};
  return name === undefined
    ? { kind: 'files', cert: serverCertificate, key: privateKey, origin: origin('serverCertificate') }
    : inSecret({ name, namespace }, resources, origin('credentialName'));
}

function kubernetesCredential(
  { gateway, listener }: KubernetesServer,
  resources: readonly Resource[],
): Credential {
  const origin = originOf(gateway, ['spec', 'listeners', listener.index, 'tls', 'certificateRefs', 0]);
  const [reference] = listener.tls?.certificateRefs ?? [];
  if (!reference)
    return { kind: 'unusable', reason: 'the listener names no Secret in certificateRefs', origin };
  if (!isSecret(reference)) return { kind: 'unusable', reason: `a ${reference.kind} is no Secret`, origin };
  const { name, namespace = gateway.metadata.namespace } = reference;
  const from = { kind: 'Gateway' as const, namespace: gateway.metadata.namespace };
  if (!new ReferenceGrants(resources).allow(from, { kind: 'Secret', name, namespace })) {
    const reason = `no ReferenceGrant of the namespace ${namespace} lets Gateways of ${from.namespace} use the Secret ${name}`;
    return { kind: 'unusable', reason, origin };
  }
  return inSecret({ name, namespace }, resources, origin);
}

function inSecret(
  { name, namespace }: { name: string; namespace: string },
  resources: readonly Resource[],
  origin: Origin,
): Credential {
  const secrets = resources.filter((resource) => resource.kind === 'Secret');
  const secret = secrets.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  if (!secret) {
    const elsewhere = secrets.find(({ metadata }) => metadata.name === name)?.metadata.namespace;
    const hint = elsewhere === undefined ? '' : ` (there is one in the namespace ${elsewhere})`;
    return {
      kind: 'absent',
      reason: `there is no Secret ${name} in the namespace ${namespace}${hint}`,
      origin,
    };
  }
  return certificateIn(secret);
}

function certificateIn(secret: Secret): Credential {
  const { data, metadata } = secret;
  const origin = originOf(secret, ['data']);
  const fullName = `${metadata.namespace}/${metadata.name}`;
  for (const names of DATA_NAMES) {
    const [cert, key] = [data[names.cert], data[names.key]];
    if (!cert || !key) continue;
    const problem = certificateProblem({ cert, key });
    return problem === undefined
      ? { kind: 'certificate', cert, key, origin }
      : { kind: 'unusable', reason: `Secret ${fullName}: ${problem}`, origin };
  }
  const found = Object.keys(data).join(', ') || 'nothing';
  const reason = `Secret ${fullName} needs tls.crt and tls.key, or cert and key (it has ${found})`;
  return { kind: 'unusable', reason, origin };
}

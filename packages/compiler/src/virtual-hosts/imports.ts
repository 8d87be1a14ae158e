import {
  hasLabels,
  hostCovers,
  ROOT_NAMESPACE,
  type Client,
  type RegisteredService,
  type Resource,
  type Sidecar,
} from '@bookinfo/rules';
import { placeOf, type Place } from '../left-out.js';

/** A Sidecar without `egress` imports everything (istio/istio pilot/pkg/model/sidecar.go, initSidecarScopeInternalIndexes). */
const EVERYTHING = ['*/*'];
const EVERY_NAMESPACE = '*';
const OWN_NAMESPACE = '.';

/** The hosts that a client's proxy has: those that its Sidecar imports, all of them without one. */
export class Imports {
  readonly sidecar: Sidecar | undefined;
  /** The hosts to import from each namespace. */
  readonly #hosts: ReadonlyMap<string, readonly string[]>;

  /** @param resources the oldest first */
  constructor(resources: readonly Resource[], client: Client) {
    this.sidecar = sidecarOf(resources, client);
    const written = this.sidecar?.spec.egress.flatMap(({ hosts }) => hosts) ?? [];
    const entries = (written.length > 0 ? written : EVERYTHING).map((entry) => {
      const [namespace = '', host = ''] = entry.split('/');
      return { namespace: namespace === OWN_NAMESPACE ? client.namespace : namespace, host };
    });
    this.#hosts = new Map(
      Array.from(
        Map.groupBy(entries, ({ namespace }) => namespace),
        ([namespace, same]) => [namespace, same.map(({ host }) => host)],
      ),
    );
  }

  /** The field that lists the hosts; undefined without a Sidecar. */
  get place(): Place | undefined {
    return this.sidecar && placeOf(this.sidecar, ['spec', 'egress', 0, 'hosts']);
  }

  /** Returns true for the host of a Service, or of HTTPRoutes, in a namespace that is imported. */
  includes({ host, namespace }: Pick<RegisteredService, 'host' | 'namespace'>): boolean {
    return this.#from(namespace).some((imported) => hostCovers(imported, host));
  }

  /**
   * Returns true for hosts of a VirtualService of the namespace of which one is imported, in part too: all of the
   * VirtualService is then (istio/istio pilot/pkg/model/sidecar.go, VSMatches).
   */
  includesSome(hosts: readonly string[], namespace: string): boolean {
    const imported = this.#from(namespace);
    return hosts.some((host) => imported.some((each) => hostCovers(each, host) || hostCovers(host, each)));
  }

  #from(namespace: string): readonly string[] {
    return [namespace, EVERY_NAMESPACE].flatMap((each) => this.#hosts.get(each) ?? []);
  }
}

/**
 * Returns the Sidecar that applies to a client: of its namespace the first whose selector matches it, else the first without
 * one, else that of the root namespace without one (istio/istio pilot/pkg/model/push_context.go, getSidecarScope and
 * initSidecarScopes). Gateways have none.
 */
function sidecarOf(resources: readonly Resource[], { kind, namespace, labels }: Client): Sidecar | undefined {
  if (kind === 'gateway') return undefined;
  const sidecars = resources.filter((resource) => resource.kind === 'Sidecar');
  const own = sidecars.filter(({ metadata }) => metadata.namespace === namespace);
  const ofRoot = sidecars.filter(({ metadata }) => metadata.namespace === ROOT_NAMESPACE);
  return (
    own.find(({ spec }) => spec.workloadSelector && hasLabels(labels, spec.workloadSelector.labels)) ??
    [...own, ...ofRoot].find(({ spec }) => !spec.workloadSelector)
  );
}

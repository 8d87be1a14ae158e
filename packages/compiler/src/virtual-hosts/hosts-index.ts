import { hostCovers, hostSpecificity } from '@bookinfo/rules';

/** Rules by host, so that a mesh of a thousand Services does not compare every rule with every Service. */
export class HostsIndex<Rule> {
  readonly #exact = new Map<string, Rule[]>();
  readonly #wildcards: { host: string; rules: Rule[] }[] = [];

  /** Stable: equal hosts keep their order. */
  constructor(entries: Iterable<{ host: string; rule: Rule }>) {
    for (const [host, same] of Map.groupBy(entries, (entry) => entry.host)) {
      const rules = same.map(({ rule }) => rule);
      if (host.startsWith('*')) this.#wildcards.push({ host, rules });
      else this.#exact.set(host, rules);
    }
    this.#wildcards.sort((a, b) => hostSpecificity(b.host) - hostSpecificity(a.host));
  }

  /** Returns the rules for all other hosts that cover this one. */
  lessSpecific(host: string): readonly Rule[] {
    const covering = this.#wildcards.filter((each) => hostCovers(each.host, host));
    return (this.#exact.has(host) ? covering : covering.slice(1)).flatMap(({ rules }) => rules);
  }

  /** Returns all rules for the most specific host that covers this one; none when there is no such host. */
  mostSpecific(host: string): readonly Rule[] {
    return this.#exact.get(host) ?? this.#wildcards.find((each) => hostCovers(each.host, host))?.rules ?? [];
  }
}

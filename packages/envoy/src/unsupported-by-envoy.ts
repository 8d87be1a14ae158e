/** A route table has a setting that Envoy's configuration cannot express; the table is refused whole. */
export class UnsupportedByEnvoy extends Error {}

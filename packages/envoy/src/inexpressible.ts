/** What a table says and Envoy's configuration can't: better no configuration than one that means something else. */
export class Inexpressible extends Error {}

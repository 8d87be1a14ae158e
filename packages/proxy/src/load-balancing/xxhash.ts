import xxhash from 'xxhash-wasm';

const api = await xxhash();

/** Returns xxHash64, Envoy's hash for load balancing (source/common/common/hash.h), of the text's bytes in Latin-1. */
export function xxHash64(text: string, seed = 0n): bigint {
  return api.h64Raw(Buffer.from(text, 'latin1'), seed);
}

import xxhash from 'xxhash-wasm';

const api = await xxhash();

/** xxHash64, Envoy's hash for balancing (source/common/common/hash.h); of text as it stands on the wire (Latin-1). */
export function xxHash64(text: string, seed = 0n): bigint {
  return api.h64Raw(Buffer.from(text, 'latin1'), seed);
}

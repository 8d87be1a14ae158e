declare const OF: unique symbol;

/**
 * JSON of a value. Answers go from the controller's thread to an HTTP response as text: reading and writing the objects of a
 * large one would hold up the thread that carries traffic.
 */
export type Json<T> = string & { readonly [OF]: T };

export function jsonOf<T>(value: T): Json<T> {
  return JSON.stringify(value) as Json<T>;
}

/** A text in Latin-1 that is sent to a proxy as it is, and another, valid request behind it. */
export interface RequestCase {
  /** The figure that it counts in, such as `chunk size`. */
  group: string;
  /** What is special about it. */
  name: string;
  /** Returns the bytes; `id` is to be in X-Case, by which the backend tells the cases apart. */
  bytes: (id: number) => string;
}

/** Returns the head of a valid request up to its other headers. */
export function head(id: number, method = 'GET', target = `/c${id}`): string {
  return `${method} ${target} HTTP/1.1\r\nHost: reviews\r\nX-Case: ${id}\r\n`;
}

/** Returns the request behind each case: where it arrives tells where the proxy saw the end of the case. */
export function follower(id: number): string {
  return `GET /next HTTP/1.1\r\nHost: reviews\r\nX-Case: ${id}\r\nConnection: close\r\n\r\n`;
}

/** What a backend sent that is no HTTP/1.1, or could be read in two ways. */
export class ProtocolError extends Error {}

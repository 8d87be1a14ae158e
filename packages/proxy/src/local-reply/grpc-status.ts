import { GRPC_STATUS } from '@bookinfo/text';

/** Envoy's translation (Grpc::Utility::httpToGrpcStatus). */
const BY_HTTP_STATUS: Readonly<Record<number, (typeof GRPC_STATUS)[number]>> = {
  400: 'INTERNAL',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'UNIMPLEMENTED',
  429: 'UNAVAILABLE',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'UNAVAILABLE',
};

/** Checks whether a content-type is gRPC's. */
export function isGrpc(contentType: string | undefined): boolean {
  return contentType === 'application/grpc' || contentType?.startsWith('application/grpc+') === true;
}

/** Returns the gRPC status for an HTTP status. */
export function grpcStatusOf(httpStatus: number): number {
  return GRPC_STATUS.indexOf(BY_HTTP_STATUS[httpStatus] ?? 'UNKNOWN');
}

/** Encodes a text for the header grpc-message: percent-encoded UTF-8 (gRPC over HTTP/2, "Responses"). */
export function grpcMessage(text: string): string {
  const bytes = Array.from(Buffer.from(text));
  return bytes
    .map((byte) => (isUnreserved(byte) ? String.fromCharCode(byte) : percentEncoded(byte)))
    .join('');
}

function isUnreserved(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
}

function percentEncoded(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

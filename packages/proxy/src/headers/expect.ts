import type { HeaderList } from '@bookinfo/routing';

/**
 * Checks whether the client waits for 100 (Continue), which the proxy itself sends. Envoy forwards any other expectation
 * (ConnectionManagerImpl::ActiveStream::decodeHeaders), a list with this one included.
 */
export function expectsContinue(headers: HeaderList): boolean {
  const [first, ...others] = headers.values('expect');
  return others.length === 0 && first?.toLowerCase() === '100-continue';
}

import type { Application } from '@bookinfo/analysis';
import { END_USER_HEADER, PATH_HEADER, PROPAGATED_HEADERS } from '@bookinfo/contract';

/** Propagates the headers of the contract. productpage replaces the user by that of its own session. */
export const headersFor: Application['headersFor'] = ({ headers }, app, user) => {
  const propagated = Object.fromEntries(
    PROPAGATED_HEADERS.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  if (app !== 'productpage') return propagated;
  const { [END_USER_HEADER]: _sentByClient, ...others } = propagated;
  return user === undefined ? others : { ...others, [END_USER_HEADER]: user };
};

/** Reads the header in which every service adds itself to those that it has called. */
export const hopsOf: Application['hopsOf'] = (headers) => {
  const hops = headers[PATH_HEADER];
  return typeof hops === 'string' ? hops.split(' ') : [];
};

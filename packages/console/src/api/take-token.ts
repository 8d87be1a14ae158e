import { session } from './session.svelte.ts';

const PREFIX = '#token=';

/** Moves the credential of a URL `#token=...` to the session, and out of the address bar and the history. */
export function takeToken(): void {
  if (!location.hash.startsWith(PREFIX)) return;
  session.use(decodeURIComponent(location.hash.slice(PREFIX.length)));
  history.replaceState(null, '', `${location.pathname}#/graph`);
}

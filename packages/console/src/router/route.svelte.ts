import { type View, VIEWS } from './views.ts';

/** The view that the fragment of the address names, as `#/traces/ID`. */
class Route {
  view = $state<View>('graph');
  /** What follows the view. */
  rest = $state('');

  read(): void {
    const [, view = '', ...rest] = location.hash.split('/');
    this.view = VIEWS.find((one) => one === view) ?? 'graph';
    this.rest = safeDecode(rest.join('/'));
  }
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const route = new Route();

/** Returns the address of a view. */
export function hrefOf(view: View, rest = ''): string {
  return rest ? `#/${view}/${encodeURIComponent(rest)}` : `#/${view}`;
}

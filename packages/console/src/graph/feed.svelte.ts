import { call } from '../api/call.ts';
import type { Graph } from '../api/types.ts';
import { history } from './history.svelte.ts';

/** The last graph that the mesh gave; it stays while another view is shown. */
class GraphFeed {
  graph = $state.raw<Graph | undefined>();

  async refresh(): Promise<void> {
    const graph = await call('GET /graph', {});
    history.record(graph, Date.now() / 1000);
    this.graph = graph;
  }
}

export const feed = new GraphFeed();

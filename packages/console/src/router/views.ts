/** The views of the page, in the order of the navigation. */
export const VIEWS = ['graph', 'traces', 'rules', 'ask', 'pods', 'load'] as const;
export type View = (typeof VIEWS)[number];

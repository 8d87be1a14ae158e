const query = matchMedia('(prefers-color-scheme: dark)');

/** Whether the page is dark, for what is drawn on a canvas. */
class Scheme {
  isDark = $state(query.matches);
}

export const scheme = new Scheme();
query.addEventListener('change', ({ matches }) => {
  scheme.isDark = matches;
});

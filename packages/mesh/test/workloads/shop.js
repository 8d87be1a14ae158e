// A `WorkloadModule` for tests. Every image of bookinfo is the program of ../programs.
export { shop as application } from '@bookinfo/analysis/testing';

export function programFor(image) {
  if (image.startsWith('bookinfo/')) return new URL('../programs/pod.js', import.meta.url).pathname;
  throw new Error(`no program for ${image}`);
}

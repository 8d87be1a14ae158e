// A `WorkloadModule` for tests: an image `crash` ends the thread that asks for its program.
export { shop as application } from '@bookinfo/analysis/testing';

export function programFor(image) {
  if (image === 'crash')
    setImmediate(() => {
      throw new Error('the moon is out of reach');
    });
  return new URL('../programs/pod.js', import.meta.url).pathname;
}

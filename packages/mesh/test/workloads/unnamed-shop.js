import { shop as application } from '@bookinfo/analysis/testing';

// The shop, whose workloads do not name themselves in their responses.
const program = new URL('../programs/pod.js', import.meta.url).pathname;

export { application };
export const programFor = () => program;

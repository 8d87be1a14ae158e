export * from './calls.js';
export * from './headers.js';
export * from './page.js';
export * from './paths.js';

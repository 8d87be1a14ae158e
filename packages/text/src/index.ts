export type { Origin } from './origin.js';
export { printable } from './printable.js';
export { showValue } from './show-value.js';
export { formatTable, type Table } from './table.js';

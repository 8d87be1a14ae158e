export { didYouMean } from './did-you-mean.js';
export { GRPC_STATUS } from './grpc-status.js';
export { COMMAND_PROPERTIES, HEADER_COMMAND } from './header-command.js';
export type { Origin } from './origin.js';
export { printable, printableLines } from './printable.js';
export { showValue } from './show-value.js';
export { formatTable, type Table } from './table.js';
export { TOKEN } from './token.js';

export { requestOf } from './route-request.js';
export { clusterOf, outlierDetectionOf, tableOf, type TableParts } from './route-table.js';

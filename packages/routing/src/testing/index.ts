export { clusterOf, outlierDetectionOf, tableOf, type TableParts } from './route-table.js';

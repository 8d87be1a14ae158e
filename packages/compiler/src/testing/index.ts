export { tableOf } from './bookinfo-mesh.js';
export { DOOR, DOOR_RESOURCES, httpRoute, REVIEWS, to } from './gateway-api.js';
export { ownProxyOf } from '../virtual-hosts/gateway-selection.js';

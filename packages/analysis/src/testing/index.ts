export { shop, shopManifests } from './shop.js';

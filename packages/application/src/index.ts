export { bookinfo } from './bookinfo.js';

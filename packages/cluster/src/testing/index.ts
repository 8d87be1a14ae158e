export { type ApiServer, CONTEXT, startApiServer } from './api-server.js';
export { bookinfoObjects, objectsOf } from './bookinfo-objects.js';

// A minimal program that serves details or ratings: node:http, which serialises the same object for each request.
import { createServer } from 'node:http';

const [port, json = ''] = process.argv.slice(2);
const object = JSON.parse(json) as object;

createServer((_request, response) => {
  const body = JSON.stringify(object);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}).listen(Number(port), '127.0.0.1');

import { createServer } from 'node:http';

// A workload of the shop (packages/analysis/src/testing/shop.ts) that names itself in its responses. It delays a share of those
// for its paths, not for the root: DELAYED_SHARE by DELAY_MS.
const { env } = process;
const workload = env.HOSTNAME.split('-').slice(0, 2).join('-');
const delayedShare = Number(env.DELAYED_SHARE ?? 0);

const server = createServer((request, response) => {
  const respond = () => response.writeHead(200, { 'x-hops': workload }).end();
  if (request.url !== '/' && Math.random() < delayedShare) setTimeout(respond, Number(env.DELAY_MS));
  else respond();
});
server.listen(Number(env.PORT), env.HOST);

process.on('SIGTERM', () => process.exit(0));

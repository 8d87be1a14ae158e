import { Agent, get } from 'node:http';

/** Returns a function that gets JSON from a backend with `node:http`, over kept-alive connections or new ones. */
export function bareClient(port: number, keepAlive: boolean) {
  const agent = new Agent({ keepAlive });
  return (path: string) =>
    new Promise<{ body: unknown; hops: string[] }>((resolve, reject) => {
      get({ agent, host: '127.0.0.1', port, path }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const hops = String(response.headers['x-bookinfo-path']).split(' ');
          resolve({ body: JSON.parse(text) as unknown, hops });
        });
      }).on('error', reject);
    });
}

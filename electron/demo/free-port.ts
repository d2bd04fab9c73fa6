import { createServer } from 'node:net';

/** How far up to look. */
const TRIES = 100;

/** The first port from `from` up that is free on IPv4 and IPv6 loopback; 0, which takes any, when none is. */
export async function firstFreePort(from: number): Promise<number> {
  for (let port = from; port < Math.min(from + TRIES, 65_536); port++) {
    if ((await isFree('127.0.0.1', port)) && (await isFree('::1', port))) return port;
  }
  return 0;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      // No IPv6 on this machine is not a taken port.
      resolve('code' in error && error.code !== 'EADDRINUSE' && error.code !== 'EACCES');
    });
    server.listen({ host, port, ipv6Only: true }, () => server.close(() => resolve(true)));
  });
}

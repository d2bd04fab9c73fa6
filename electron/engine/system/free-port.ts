import { createServer } from 'node:net';

/** Whether nobody listens on a port of loopback, IPv4 and IPv6. */
export async function isFreePort(port: number): Promise<boolean> {
  return (await isFree('127.0.0.1', port)) && (await isFree('::1', port));
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

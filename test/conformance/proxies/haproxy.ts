import type { Peer } from './peer.ts';

/** One thread, with kept connections and who asked. */
export const HAPROXY: Peer = {
  name: 'HAProxy',
  command: 'haproxy',
  versionArgs: ['-v'],
  versionPattern: /version (\d[\d.]*)/,
  args: (path) => ['-f', path, '-db'],
  config: (lanes) => `
global
  nbthread 1
  maxconn 4096
defaults
  mode http
  option forwardfor
  timeout connect 1s
  timeout client 10s
  timeout server 10s
${lanes
  .map(
    ({ port, backendPort }) => `
frontend in_${port}
  bind 127.0.0.1:${port}
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Host %[req.hdr(host)]
  default_backend out_${port}
backend out_${port}
  http-reuse always
  server one 127.0.0.1:${backendPort}
`,
  )
  .join('')}`,
};

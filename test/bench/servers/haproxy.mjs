// HAProxy with one thread and kept connections, in front of one backend.
import { runPeer } from './peer.mjs';

await runPeer(
  'haproxy',
  ({ port, backend }) => `
global
  nbthread 1
  maxconn 4096
defaults
  mode http
  option forwardfor
  timeout connect 3s
  timeout client 60s
  timeout server 60s
  timeout tunnel 60s
frontend in
  bind 127.0.0.1:${port}
  default_backend out
backend out
  http-reuse always
  server one ${backend}
`,
  (path) => ['-f', path, '-db'],
);

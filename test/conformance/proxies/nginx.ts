import type { Peer } from './peer.ts';

/** One process, as its manual says to proxy: kept connections, upgrades, streaming, who asked. */
export const NGINX: Peer = {
  name: 'nginx',
  command: 'nginx',
  versionArgs: ['-v'],
  versionPattern: /nginx\/(\S+)/,
  args: (path) => ['-c', path],
  config: (lanes, folder) => `
daemon off; master_process off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 4096; }
http {
  access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  client_max_body_size 0;
  map $http_upgrade $upgrade_connection { default upgrade; '' ''; }
  map $host $asked_host { default $host; '' localhost; }
${lanes
  .map(
    ({ port, backendPort }) => `
  upstream lane_${port} { server 127.0.0.1:${backendPort}; keepalive 16; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://lane_${port}; proxy_http_version 1.1;
      proxy_buffering off; proxy_request_buffering off;
      proxy_set_header Host $asked_host;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $upgrade_connection;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $asked_host;
    }
  }`,
  )
  .join('')}
}
`,
};

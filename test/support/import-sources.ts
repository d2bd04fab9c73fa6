/** Files as people have them. The nginx and HAProxy ones are put to the real programs by a test. */
export const NGINX_CONF = `worker_processes 1;
events { worker_connections 64; }
http {
  # the users
  upstream users {
    least_conn;
    server 127.0.0.1:5001 weight=3 max_fails=2 fail_timeout=30s;
    server 127.0.0.1:5002 max_conns=50;
    server 127.0.0.1:5003 backup;
    server 127.0.0.1:5004 down;
    server unix:/tmp/users.sock;
    keepalive 16;
  }
  upstream carts {
    server localhost:6001 weight=2;
    server localhost:6002;
  }
  server {
    listen 80;
    server_name _;
    location / { proxy_pass http://users; proxy_set_header Host $host; }
    location /carts/ { proxy_pass http://carts/; }
    location /v1/ { proxy_pass http://carts/v2/; }
    location ~ \\.php$ { proxy_pass http://users; }
    location /health { return 200 "all well"; }
    location /old { return 301 /new; }
    location /files { root /srv; }
  }
  server {
    listen 80;
    server_name admin.localhost *.admin.localhost;
    location /admin { proxy_pass http://127.0.0.1:7001; }
  }
}
`;

export const HAPROXY_CFG = `global
  maxconn 500
defaults
  mode http
  timeout connect 5s
  timeout client 1m
  timeout server 30000
  retries 2
frontend web
  bind *:80
  acl is_api path_beg /api/ /v1
  acl is_admin hdr(host) -i admin.localhost
  use_backend api if is_api
  use_backend admin if is_admin
  use_backend api if { method POST }
  default_backend users
backend users
  balance leastconn
  option httpchk GET /health
  http-check expect status 200-299
  default-server inter 3s rise 2 fall 4
  server users-1 127.0.0.1:5001 check weight 20
  server users-2 127.0.0.1:5002 check maxconn 30
  server users-3 127.0.0.1:5003 check backup
  server users-4 127.0.0.1:5004 check disabled
backend api
  balance hdr(X-Tenant)
  server api-1 127.0.0.1:6001 check
  server api-2 127.0.0.1:6002 check
backend admin
  cookie SESSION insert indirect nocache
  server admin-1 127.0.0.1:7001 cookie a
  server admin-2 127.0.0.1:7002 cookie b
listen stats
  mode tcp
  bind *:5432
  server db 127.0.0.1:5433
`;

export const COMPOSE_YML = `services:
  users:
    image: example/users
    deploy:
      replicas: 3
    ports:
      - "5001-5003:80"
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost/health"]
      interval: 5s
      retries: 3
  carts-1:
    build: ./carts
    ports: ["127.0.0.1:\${CARTS_PORT:-6001}:3000"]
  carts-2:
    build: ./carts
    ports:
      - target: 3000
        published: "6002"
  web:
    image: example/web
    ports:
      - 8080:80
      - 9090:9090
  db:
    image: postgres
    ports: ["5432:5432"]
  worker:
    image: example/worker
  random:
    image: example/random
    ports: ["80"]
`;

export const PROCFILE = `# what runs
web: node server.js --port $PORT
api:  bin/api -p \${PORT}
worker: node worker.js
release: node migrate.js
`;

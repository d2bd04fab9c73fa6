// A small service; Switchyard runs several of it, each with a PORT of its own.
import { createServer } from 'node:http';

const users = new Map([
  ['1', { id: '1', name: 'Ada' }],
  ['2', { id: '2', name: 'Grace' }],
]);

createServer((request, response) => {
  const user = users.get(/^\/users\/(\w+)$/.exec(request.url ?? '')?.[1] ?? '');
  if (request.url === '/') response.end('ok\n');
  else if (user) response.setHeader('Content-Type', 'application/json').end(JSON.stringify(user));
  else response.writeHead(404).end('no such user\n');
}).listen(Number(process.env.PORT), '127.0.0.1');

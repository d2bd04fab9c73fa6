// A backend as a process of its own: `node backend-process.mjs PORT NAME`; port 0 takes a free one. Prints its port.
import { createServer } from 'node:http';

const [, , port, name] = process.argv;
// A connection that is closed while a request is on its way to it has that request sent, and counted, twice.
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  response.setHeader('Content-Type', 'text/plain');
  response.end(`${name} ${request.method} ${request.url}\n`);
});
server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));

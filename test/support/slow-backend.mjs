// A backend whose answers take a while, each another: `node slow-backend.mjs PORT NAME`. Prints its port.
import { createServer } from 'node:http';

const [, , port, name] = process.argv;
const server = createServer((request, response) => {
  const answer = () => response.end(`${name} ${request.url}\n`);
  // Mostly quick, sometimes slow, and for checks at once.
  if (request.method === 'HEAD') answer();
  else setTimeout(answer, Math.random() < 0.05 ? 150 + 300 * Math.random() : 5 + 40 * Math.random());
});
server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));

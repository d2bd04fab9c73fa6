// A Node server whose event loop is busy for 3 s with each GET of /slow: nothing else gets a response meanwhile.
import { createServer } from 'node:http';

createServer(({ url }, response) => {
  if (url === '/slow') {
    const endMs = performance.now() + 3_000;
    while (performance.now() < endMs);
  }
  response.end('ok');
}).listen(Number(process.argv[2]), '127.0.0.1');

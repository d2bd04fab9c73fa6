// The backend of the benchmark: raw node:net, so that it costs as little as it can. Prints its port.
import { createServer } from 'node:net';

const size = Number(process.argv[2]);
const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${size}\r\n\r\n${'x'.repeat(size)}`,
);
const server = createServer({ noDelay: true }, (socket) => {
  socket.on('data', (bytes) => {
    for (let at = bytes.indexOf('\r\n\r\n'); at !== -1; at = bytes.indexOf('\r\n\r\n', at + 4))
      socket.write(answer);
  });
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));

// The backend of the benchmark: raw node:net, so that it costs as little as it can. Prints its port.
import { createServer } from 'node:net';

const HEAD_END = '\r\n\r\n';
const size = Number(process.argv[2]);
const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${size}\r\n\r\n${'x'.repeat(size)}`,
);
const server = createServer({ noDelay: true }, (socket) => {
  let text = '';
  let bodyLeft = 0;
  socket.on('data', (bytes) => {
    if (bodyLeft > bytes.length) {
      bodyLeft -= bytes.length;
      return;
    }
    text += bytes.toString('latin1', bodyLeft);
    if (bodyLeft > 0) socket.write(answer);
    bodyLeft = 0;
    for (let end = text.indexOf(HEAD_END); end !== -1; end = text.indexOf(HEAD_END)) {
      const head = text.slice(0, end);
      const length = lengthOf(head, text, end + HEAD_END.length);
      if (length === null) return;
      const next = end + HEAD_END.length + length;
      bodyLeft = Math.max(0, next - text.length);
      text = text.slice(next);
      if (bodyLeft === 0) socket.write(answer);
    }
  });
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));

/** Bytes of the body as sent; null while a chunked one (of the letter x, without trailers) is not all there. */
function lengthOf(head, text, start) {
  if (!/\r\ntransfer-encoding:/i.test(head))
    return Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const end = text.indexOf(`0${HEAD_END}`, start);
  return end === -1 ? null : end + 5 - start;
}

// Asks one URL over so many kept connections, one request at a time on each, for so long. Prints what it measured.
import { connect } from 'node:net';

const [url, connections, seconds] = [
  new URL(process.argv[2]),
  Number(process.argv[3]),
  Number(process.argv[4]),
];
const request = `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n`;
const latenciesMs = [];
let answers = 0;
let isOver = false;

function open() {
  const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
  let sentAt = 0;
  let bodyLeft = 0;
  let head = '';
  const send = () => {
    sentAt = performance.now();
    head = '';
    socket.write(request);
  };
  socket.on('connect', send);
  socket.on('data', (bytes) => {
    if (bodyLeft > 0) bodyLeft -= bytes.length;
    else {
      head += bytes.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return;
      bodyLeft = Number(/content-length: (\d+)/i.exec(head)?.[1]) - (head.length - end - 4);
    }
    if (bodyLeft > 0) return;
    answers++;
    latenciesMs.push(performance.now() - sentAt);
    if (isOver) socket.destroy();
    else send();
  });
  socket.on('error', (error) => {
    if (!isOver) throw error;
  });
}

const startedAt = performance.now();
for (let one = 0; one < connections; one++) open();
setTimeout(() => {
  isOver = true;
  const elapsedSeconds = (performance.now() - startedAt) / 1_000;
  const count = answers;
  setTimeout(() => {
    latenciesMs.sort((a, b) => a - b);
    const at = (share) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0;
    process.stdout.write(
      `${JSON.stringify({ answers: count, elapsedSeconds, p50Ms: at(0.5), p99Ms: at(0.99) })}\n`,
    );
    process.exit();
  }, 200);
}, seconds * 1_000);

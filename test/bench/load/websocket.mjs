// Sends a message on each of so many WebSocket connections and the next one when it has come back, for so long. Takes
// its settings as JSON and prints what it measured as JSON.
import { WebSocket } from 'ws';

const { port, connections, seconds } = JSON.parse(process.argv[2]);
const message = 'x'.repeat(60);
const latenciesMs = [];
let isOver = false;

for (let one = 0; one < connections; one++) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  let sentAt = 0;
  const send = () => {
    sentAt = performance.now();
    socket.send(message);
  };
  socket.on('open', send);
  socket.on('message', () => {
    latenciesMs.push(performance.now() - sentAt);
    if (!isOver) send();
  });
  socket.on('close', () => {
    if (!isOver) throw new Error('a connection was closed');
  });
}

const startedAt = performance.now();
setTimeout(() => {
  isOver = true;
  const elapsedSeconds = (performance.now() - startedAt) / 1_000;
  const answers = latenciesMs.length;
  latenciesMs.sort((a, b) => a - b);
  const at = (share) => latenciesMs[Math.floor(answers * share)] ?? 0;
  const figures = { answers, elapsedSeconds, p50Ms: at(0.5), p99Ms: at(0.99) };
  process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit());
}, seconds * 1_000);

// Asks one URL over so many connections, one request at a time on each, for so long or for so many answers, as fast as
// the answers come or at a fixed rate. Takes its settings as JSON and prints what it measured as JSON.
import { connect } from 'node:net';

const { port, connections, seconds, answersWanted, bodyBytes, isFresh, perSecond } = {
  seconds: Number.POSITIVE_INFINITY,
  answersWanted: Number.POSITIVE_INFINITY,
  bodyBytes: 0,
  isFresh: false,
  perSecond: 0,
  ...JSON.parse(process.argv[2]),
};
const request = [
  `${bodyBytes > 0 ? 'POST' : 'GET'} / HTTP/1.1`,
  `Host: 127.0.0.1:${port}`,
  'User-Agent: bench',
  'Accept: */*',
  ...(bodyBytes > 0 ? ['Content-Type: application/octet-stream', `Content-Length: ${bodyBytes}`] : []),
  ...(isFresh ? ['Connection: close'] : []),
  '',
  'x'.repeat(bodyBytes),
].join('\r\n');
const latenciesMs = [];
/** Connections that wait for their turn when there is a rate. */
const idle = [];
let answers = 0;
let sent = 0;
let isOver = false;

function open() {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  let sentAt = performance.now();
  let bodyLeft = 0;
  let head = '';
  const send = () => {
    // A new connection is part of what its request waits for.
    if (!isFresh) sentAt = performance.now();
    head = '';
    socket.write(request);
  };
  const next = () => {
    if (isOver) socket.destroy();
    else if (isFresh) {
      socket.destroy();
      open();
    } else if (perSecond > 0) {
      idle.push(send);
      // Not only on the clock's tick, or what is due would go out in bursts.
      sendDue();
    } else send();
  };
  socket.on('connect', () => (perSecond > 0 ? idle.push(send) : send()));
  socket.on('data', (bytes) => {
    if (bodyLeft > 0) bodyLeft -= bytes.length;
    else {
      head += bytes.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return;
      if (!head.startsWith('HTTP/1.1 200')) throw new Error(`not an answer to count: ${head.slice(0, end)}`);
      bodyLeft = Number(/content-length: (\d+)/i.exec(head)?.[1]) - (head.length - end - 4);
      if (Number.isNaN(bodyLeft)) throw new Error(`an answer without a length: ${head.slice(0, end)}`);
    }
    if (bodyLeft > 0) return;
    answers++;
    latenciesMs.push(performance.now() - sentAt);
    if (answers === answersWanted) finish();
    next();
  });
  socket.on('error', (error) => {
    if (!isOver) throw error;
  });
  socket.on('close', () => {
    if (!isOver && !isFresh) throw new Error('a kept connection was closed');
  });
}

/** Sends what is due by now. When every connection is busy, it waits for one. */
function sendDue() {
  const due = ((performance.now() - startedAt) / 1_000) * perSecond;
  for (; sent < due; sent++) {
    // In turns: one that waits for over a minute would be closed.
    const send = idle.shift();
    if (!send) return;
    send();
  }
}

function finish() {
  isOver = true;
  const elapsedSeconds = (performance.now() - startedAt) / 1_000;
  latenciesMs.sort((a, b) => a - b);
  const at = (share) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0;
  const figures = { answers, elapsedSeconds, p50Ms: at(0.5), p99Ms: at(0.99) };
  process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit());
}

const startedAt = performance.now();
for (let one = 0; one < connections; one++) open();
if (perSecond > 0) setInterval(sendDue, 1);
if (Number.isFinite(seconds)) setTimeout(finish, seconds * 1_000);

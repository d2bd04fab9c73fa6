// A Socket.IO server as a process of its own: `node socket-io-process.mjs PORT NAME`. Tells who it is, and echoes.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const [, , port, name] = process.argv;
const server = createServer((_request, response) => response.end('ok'));
new Server(server).on('connection', (socket) => {
  socket.emit('name', name);
  socket.on('say', (number) => socket.emit('said', number));
});
server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));

import type { Socket } from 'node:net';

type WriteCallback = (error?: Error | null) => void;

/**
 * Keeps a socket readable after a write to it has failed. Node destroys a socket then, together with the bytes that the
 * kernel has received: the response of a server that refused an upload and closed would be lost.
 *
 * After a failed write the socket emits `writeFailed` once with the error, discards what is written to it, and is
 * destroyed at the end of what it reads. A failed read destroys it as usual.
 */
export function surviveFailedWrites(socket: Socket): void {
  const write = socket._write;
  const writeMany = socket._writev;
  let failure: Error | null = null;
  // Node starts no write before the one before has called back, so one callback is kept and no closure is made.
  let pending: WriteCallback | null = null;

  const onWritten: WriteCallback = (error) => {
    const callback = pending;
    pending = null;
    if (error && failure === null && !socket.destroyed) {
      failure = error;
      socket.emit('writeFailed', error);
      if (socket.readableEnded) socket.destroy();
    }
    callback?.();
  };
  socket._write = (chunk, encoding, callback) => {
    if (failure !== null) {
      callback();
      return;
    }
    pending = callback;
    write.call(socket, chunk, encoding, onWritten);
  };
  if (writeMany) {
    socket._writev = (chunks, callback) => {
      if (failure !== null) {
        callback();
        return;
      }
      pending = callback;
      writeMany.call(socket, chunks, onWritten);
    };
  }
  socket.once('end', () => {
    if (failure !== null) socket.destroy();
  });
}

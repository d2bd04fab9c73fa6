import type { Socket } from 'node:net';

type WriteCallback = (error?: Error | null) => void;

/**
 * Makes a socket stay readable after a write to it has failed. Node destroys a socket then, together with the bytes that
 * the kernel has received: the response of a server that refused an upload and closed would be lost.
 *
 * After a failed write the socket emits `writeFailed` once with the error, discards what is written to it, and is
 * destroyed at the end of what it reads. A failed read destroys it as usual. A second call changes nothing.
 *
 * Only sockets that carry a request body need it. It is not a class of socket: with two classes on one path, V8 looks
 * methods up in two places, which costs 5 % of a small request.
 */
export function makePatient<S extends Socket>(socket: S): S {
  if (Object.hasOwn(socket, '_write')) return socket;
  const write = socket._write;
  const writeMany = socket._writev;
  const writes = new Writes(socket);
  socket._write = (chunk, encoding, callback) => {
    if (writes.haveFailed) callback();
    else write.call(socket, chunk, encoding, writes.begin(callback));
  };
  socket._writev = (chunks, callback) => {
    if (writes.haveFailed) callback();
    else writeMany?.call(socket, chunks, writes.begin(callback));
  };
  return socket;
}

/** What became of the writes to a socket. */
class Writes {
  haveFailed = false;
  readonly #socket: Socket;
  /** Node starts no write before the one before has called back, so one callback is kept and no closure is made. */
  #pending: WriteCallback | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.once('end', () => {
      if (this.haveFailed) socket.destroy();
    });
  }

  /** @returns what to call once it is written */
  begin(callback: WriteCallback): WriteCallback {
    this.#pending = callback;
    return this.#onWritten;
  }

  readonly #onWritten: WriteCallback = (error) => {
    const callback = this.#pending;
    this.#pending = null;
    if (error && !this.haveFailed && !this.#socket.destroyed) {
      this.haveFailed = true;
      this.#socket.emit('writeFailed', error);
      if (this.#socket.readableEnded) this.#socket.destroy();
    }
    callback?.();
  };
}

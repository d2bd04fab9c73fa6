import { connect, type Socket } from 'node:net';

const TICK_MS = 5;

interface LoadSettings {
  readonly port: number;
  readonly connections: number;
  readonly perSecond: number;
  readonly path?: string;
}

/**
 * Asks at a fixed rate over kept connections, one request at a time on each. What is due while all of them are busy is
 * asked later, and never more than a second's worth of it.
 */
export class Load {
  answers = 0;
  readonly #settings: LoadSettings;
  readonly #idle: Socket[] = [];
  readonly #open = new Set<Socket>();
  #timer: NodeJS.Timeout | null = null;
  #due = 0;
  #lastMs = 0;

  constructor(settings: LoadSettings) {
    this.#settings = settings;
  }

  start(): void {
    for (let one = 0; one < this.#settings.connections; one++) this.#connect();
    this.#lastMs = performance.now();
    this.#timer = setInterval(() => this.#send(), TICK_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    for (const socket of this.#open) socket.destroy();
  }

  #send(): void {
    const now = performance.now();
    const { perSecond, port, path = '/' } = this.#settings;
    this.#due = Math.min(perSecond, this.#due + ((now - this.#lastMs) / 1_000) * perSecond);
    this.#lastMs = now;
    while (this.#due >= 1) {
      const socket = this.#idle.shift();
      if (!socket) return;
      this.#due--;
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    }
  }

  #connect(): void {
    const socket = connect({ host: '127.0.0.1', port: this.#settings.port, noDelay: true });
    let text = '';
    this.#open.add(socket);
    socket.on('connect', () => this.#idle.push(socket));
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end === -1) return;
      const length = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0);
      const isChunked = /transfer-encoding: *chunked/i.test(text);
      if (isChunked ? !text.endsWith('0\r\n\r\n') : text.length < end + 4 + length) return;
      text = '';
      this.answers++;
      this.#idle.push(socket);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#open.delete(socket);
      const at = this.#idle.indexOf(socket);
      if (at !== -1) this.#idle.splice(at, 1);
      if (this.#timer) this.#connect();
    });
  }
}

import { connect, type Socket } from 'node:net';
import { until } from './until.ts';

/** A client that speaks bytes, and remembers what it was told. */
export class RawClient {
  readonly socket: Socket;
  text = '';
  isEnded = false;
  isClosed = false;
  error: string | null = null;

  constructor(port: number, host = '127.0.0.1') {
    this.socket = connect({ port, host, allowHalfOpen: true });
    this.socket.on('data', (bytes) => {
      this.text += bytes.toString('latin1');
    });
    this.socket.on('end', () => {
      this.isEnded = true;
    });
    this.socket.on('error', (error) => {
      this.error = 'code' in error ? String(error.code) : error.message;
    });
    this.socket.on('close', () => {
      this.isClosed = true;
    });
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Waits until the text matches, and returns all of it. */
  async receives(pattern: RegExp | string, limitMs?: number): Promise<string> {
    const matches = () =>
      typeof pattern === 'string' ? this.text.includes(pattern) : pattern.test(this.text);
    await until(() => `${String(pattern)} in ${JSON.stringify(this.text)}`, matches, limitMs);
    return this.text;
  }

  /** Waits until the other side has ended the connection, and returns all it said. */
  async ends(limitMs?: number): Promise<string> {
    await until(
      () => `the connection ends after ${JSON.stringify(this.text)}`,
      () => this.isEnded || this.isClosed,
      limitMs,
    );
    return this.text;
  }

  close(): void {
    this.socket.destroy();
  }
}

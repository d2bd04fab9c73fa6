import { portOfClient } from './client-origin.ts';

/**
 * The X-Forwarded lines of a client that names no earlier hop. They are made once for each Host, because the requests of
 * one connection mostly ask for the same.
 */
export class ForwardedLines {
  readonly #address: string;
  readonly #proto: 'http' | 'https';
  #host: string | null = null;
  #text = '';

  /** @param address of the client */
  constructor(address: string, proto: 'http' | 'https') {
    this.#address = address;
    this.#proto = proto;
  }

  /** @param host that the client asks for, as in a Host header */
  of(host: string): string {
    if (host !== this.#host) {
      this.#host = host;
      this.#text =
        `X-Forwarded-For: ${this.#address}\r\nX-Forwarded-Host: ${host}\r\n` +
        `X-Forwarded-Port: ${portOfClient(host, this.#proto)}\r\nX-Forwarded-Proto: ${this.#proto}\r\n`;
    }
    return this.#text;
  }
}

import type { ClientConnection } from './client-connection.ts';
import type { Fields } from './fields.ts';
import { CHUNKED, type Framing, UNTIL_CLOSE } from './framing.ts';
import { type LocalAnswer, localAnswerText } from './local-answer.ts';
import type { RequestHead } from './request-head.ts';
import type { ResponseHead } from './response-head.ts';
import { forwardableTrailers } from './rewrite-request.ts';
import { rewriteInterim, rewriteResponse } from './rewrite-response.ts';

/** What a client is sent for one request: one answer, whole or visibly cut short, never two. */
export class Answer {
  /** The status sent, 0 before. */
  status = 0;
  /** Body bytes. */
  bytes = 0;
  isDone = false;
  /** Whether the client's connection can go on after this answer. */
  isPersistent: boolean;
  #hasContinued = false;
  #isUntilClose = false;
  readonly #client: ClientConnection;
  readonly #request: RequestHead;

  constructor(client: ClientConnection, request: RequestHead) {
    this.#client = client;
    this.#request = request;
    this.isPersistent = request.isPersistent;
  }

  get hasStarted(): boolean {
    return this.status !== 0;
  }

  /** 100 and 103; a client of HTTP/1.0 would take them for the answer. */
  interim(head: ResponseHead): void {
    this.#hasContinued ||= head.status === 100;
    if (!this.#request.isHttp10) this.#client.writer.head(rewriteInterim(head), false);
  }

  /** @param setCookie a cookie of the balancer's own; null for none */
  begin(head: ResponseHead, backendUrl: string, isRequestSent: boolean, setCookie: string | null): void {
    const framing = this.#framingFor(head.framing);
    // A client that was never told to continue may send its body or not: the connection cannot go on.
    const isBodyInDoubt = this.#request.expectsContinue && !this.#hasContinued && !isRequestSent;
    this.#isUntilClose = framing === UNTIL_CLOSE;
    this.isPersistent &&= !this.#isUntilClose && !isBodyInDoubt && !this.#client.listener.isClosing;
    this.status = head.status;
    const text = rewriteResponse(head, {
      framing,
      isPersistent: this.isPersistent,
      isHttp10Client: this.#request.isHttp10,
      exposedBackend: this.#exposed(backendUrl),
      setCookie,
    });
    this.#client.writer.head(text, framing === CHUNKED);
  }

  /** 101: the last that is said in HTTP here. */
  switchProtocols(head: ResponseHead, backendUrl: string, setCookie: string | null): void {
    this.status = 101;
    this.isPersistent = false;
    const exposedBackend = this.#exposed(backendUrl);
    const options = { framing: head.framing, isPersistent: true, isHttp10Client: false, exposedBackend };
    this.#client.writer.head(rewriteResponse(head, { ...options, setCookie }), false);
    this.#client.writer.flush();
  }

  data(payload: Buffer): void {
    this.bytes += payload.length;
    this.#client.writer.data(payload);
  }

  end(trailers: Fields): void {
    this.isDone = true;
    this.#client.writer.end(trailers.length === 0 ? trailers : forwardableTrailers(trailers));
  }

  /** An answer of the balancer's own. */
  local(answer: LocalAnswer, isRequestRead: boolean): void {
    this.isPersistent &&= isRequestRead && !this.#client.listener.isClosing;
    this.status = answer.status;
    this.isDone = true;
    this.#client.writer.head(localAnswerText(answer, this.#request.method, this.isPersistent), false);
    this.#client.writer.flush();
  }

  /** The backend stopped half-way: the client must see that it has not got everything. */
  cut(): void {
    this.isPersistent = false;
    this.#client.cut(this.#isUntilClose);
  }

  #exposed(backendUrl: string): string | null {
    return this.#client.listener.config.exposeBackend ? backendUrl : null;
  }

  #framingFor(framing: Framing): Framing {
    if (framing.kind !== 'chunked' && framing.kind !== 'until-close') return framing;
    return this.#request.isHttp10 ? UNTIL_CLOSE : CHUNKED;
  }
}

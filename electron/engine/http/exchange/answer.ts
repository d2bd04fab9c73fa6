import type { ClientConnection } from '../client/client-connection.ts';
import { headOfLocal, type LocalAnswer, localAnswerText } from '../client/local-answer.ts';
import type { Fields } from '../message/fields.ts';
import { CHUNKED, type Framing, UNTIL_CLOSE } from '../message/framing.ts';
import type { HeaderEdits } from '../message/header-edits.ts';
import type { Addresses } from '../message/map-back.ts';
import type { RequestHead } from '../message/request-head.ts';
import type { ResponseHead } from '../message/response-head.ts';
import { rewriteInterim, rewriteResponse } from '../message/rewrite-response.ts';

/** The status on record when the client left before its answer; nginx's. */
export const CLIENT_LEFT = 499;

/** Whose answer it is. */
export interface AnswerSource {
  readonly backendUrl: string;
  /** A cookie of the balancer's own, to set beside the backend's; null for none. */
  readonly setCookie: string | null;
  /** Gives the addresses that its headers are mapped back by; null for not at all. */
  readonly mapBack: { readonly addresses: Addresses } | null;
  /** What the route changes in its header; null for nothing. */
  readonly edits: HeaderEdits | null;
}

/** What a client is sent for one request: one answer, whole or visibly cut short, never two. */
export class Answer {
  /** The status sent, 0 before. */
  status = 0;
  /** Body bytes. */
  bytes = 0;
  isDone = false;
  /** Its head, as the client got it. */
  headText = '';
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
  interim(head: ResponseHead, edits: HeaderEdits | null): void {
    this.#hasContinued ||= head.status === 100;
    if (this.#request.isHttp10) return;
    this.#client.writer.head(rewriteInterim(head, edits), false);
    this.#client.writer.flush();
  }

  /** The 101; what follows it belongs to the tunnel. */
  switchProtocols(head: ResponseHead, from: AnswerSource): void {
    this.isPersistent = false;
    this.#head(head, head.framing, from);
    this.#client.writer.flush();
  }

  begin(head: ResponseHead, from: AnswerSource, isRequestSent: boolean): void {
    const framing = this.#framingFor(head.framing);
    // A client that was never told to continue may send its body or not: the connection cannot go on.
    const isBodyInDoubt = this.#request.expectsContinue && !this.#hasContinued && !isRequestSent;
    this.#isUntilClose = framing === UNTIL_CLOSE;
    this.isPersistent &&= !this.#isUntilClose && !isBodyInDoubt && !this.#client.listener.isClosing;
    this.#head(head, framing, from);
  }

  data(payload: Buffer): void {
    this.bytes += payload.length;
    this.#client.writer.data(payload);
  }

  /** @param trailers those that may go on */
  end(trailers: Fields): void {
    this.isDone = true;
    this.#client.writer.end(trailers);
  }

  /** An answer of the balancer's own. */
  local(answer: LocalAnswer, isRequestRead: boolean): void {
    this.isPersistent &&= isRequestRead && !this.#client.listener.isClosing;
    this.status = answer.status;
    this.isDone = true;
    const { method } = this.#request;
    const about = { method, isPersistent: this.isPersistent, date: this.#client.wire.date.now() };
    const text = localAnswerText(answer, about);
    this.headText = headOfLocal(text);
    this.#client.writer.head(text, false);
    this.#client.writer.flush();
  }

  /** The backend stopped half-way: the client must see that it has not got everything. */
  cut(): void {
    this.isPersistent = false;
    this.#client.cut(this.#isUntilClose);
  }

  #head(head: ResponseHead, framing: Framing, { backendUrl, setCookie, mapBack, edits }: AnswerSource): void {
    const { exposeBackend, via } = this.#client.listener.config;
    this.status = head.status;
    const text = rewriteResponse(head, {
      framing,
      isPersistent: this.isPersistent,
      isHttp10Client: this.#request.isHttp10,
      exposedBackend: exposeBackend ? backendUrl : null,
      setCookie,
      mapBack,
      edits,
      via,
      date: this.#client.wire.date.now(),
    });
    if (this.#client.wire.observer.heads) this.headText = text;
    this.#client.writer.head(text, framing === CHUNKED);
  }

  #framingFor(framing: Framing): Framing {
    if (framing.kind !== 'chunked' && framing.kind !== 'until-close') return framing;
    return this.#request.isHttp10 ? UNTIL_CLOSE : CHUNKED;
  }
}

import type { AttemptRecord, PickExplanation } from '../../shared/view/exchange-record.ts';
import type { HeaderField } from '../../shared/view/message-head.ts';
import type { Refusal } from '../../shared/view/refusal.ts';

/** The parts of HAR 1.2 that are written here (http://www.softwareishard.com/blog/har-12-spec/), with our own. */
export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

export interface HarEntry {
  readonly startedDateTime: string;
  /** Milliseconds. */
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly cookies: readonly HarCookie[];
    readonly headers: readonly HeaderField[];
    readonly queryString: readonly HeaderField[];
    readonly headersSize: number;
    readonly bodySize: number;
    readonly postData?: HarPostData;
  };
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly cookies: readonly HarCookie[];
    readonly headers: readonly HeaderField[];
    readonly content: HarContent;
    readonly redirectURL: string;
    readonly headersSize: number;
    readonly bodySize: number;
    readonly comment?: string;
  };
  readonly cache: Readonly<Record<string, never>>;
  readonly timings: HarTimings;
  readonly connection: string;
  readonly _id: number;
  readonly _listener: string;
  readonly _pool: string | null;
  readonly _backend: string | null;
  readonly _client: string;
  readonly _attempts: readonly AttemptRecord[];
  /** Of all attempts. */
  readonly _faults: readonly string[];
  readonly _unserved: PickExplanation | null;
  /** Why Switchyard itself sent an error response. */
  readonly _refusal: Refusal | null;
}

export interface HarCookie {
  readonly name: string;
  readonly value: string;
  readonly path?: string;
  readonly domain?: string;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
}

export interface HarPostData {
  readonly mimeType: string;
  readonly text: string;
  readonly _encoding?: 'base64';
  readonly comment?: string;
}

export interface HarContent {
  /** Bytes, decoded. */
  readonly size: number;
  /** Bytes saved. */
  readonly compression?: number;
  readonly mimeType: string;
  readonly text?: string;
  readonly encoding?: 'base64';
  readonly comment?: string;
}

/** Milliseconds; -1 for what does not apply or was not measured. */
export interface HarTimings {
  readonly blocked: number;
  readonly dns: number;
  readonly connect: number;
  readonly ssl: number;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
}

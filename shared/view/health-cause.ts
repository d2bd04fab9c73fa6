/**
 * Why a check failed, or what traffic saw, for code to decide by. The reason beside it says the same to people, and no
 * code reads that.
 */
export type HealthCause =
  | { readonly kind: PlainCauseKind }
  /** It responded with a status that the check does not expect. */
  | {
      readonly kind: 'status';
      readonly status: number;
      /** A path that would pass in place of `/`; absent where none was found. */
      readonly suggestedPath?: string;
    };

export type PlainCauseKind =
  /** Nothing listens on its port. */
  | 'refused'
  /** No connection: no such host, no route to it, or no TCP handshake in time. */
  | 'unreachable'
  /** The connection was reset. */
  | 'reset'
  /** The connection was closed without a response. */
  | 'closed'
  /** Connected, but no response in time. */
  | 'timeout'
  /** No response in time, while it serves requests: it is not taken out for that. */
  | 'busy'
  /** It redirects in a loop, or too often. */
  | 'redirect-loop'
  /** The body lacks the text that the check looks for. */
  | 'body'
  /** Its certificate is not accepted. */
  | 'certificate'
  /** The URL says `https://`, but the port does not speak TLS. */
  | 'not-tls'
  /** The URL says `http://`, but the port speaks TLS. */
  | 'speaks-tls'
  /** The response is not HTTP. */
  | 'not-http'
  /** gRPC needs HTTP/2, and it does not speak that. */
  | 'not-http2'
  /** It responded, but its gRPC health service does not report `SERVING`. */
  | 'grpc-status'
  /** The URL is Switchyard itself. */
  | 'loop'
  /** This process or machine is at fault, not the backend: no file descriptors or local ports left. */
  | 'local'
  /** Something else. */
  | 'other';

/** Whether it may just be restarting: nothing listens on its port, or what listened there has gone. */
export function mayBeRestarting(cause: HealthCause): boolean {
  return cause.kind === 'refused' || cause.kind === 'reset';
}

/**
 * Whether a request may get a response from it all the same: it took a connection and spoke, or is slow. False where no
 * request can get one, because nothing listens there or it speaks something else.
 */
export function mayRespond(cause: HealthCause): boolean {
  switch (cause.kind) {
    case 'status':
    case 'redirect-loop':
    case 'body':
    case 'grpc-status':
    case 'timeout':
    case 'busy':
    case 'closed':
    case 'reset':
      return true;
    default:
      return false;
  }
}

import type { HealthCheckConfig } from '../../../shared/config/config.ts';
import type { WrittenHealthCheck } from '../../../shared/config/config-edit.ts';
import { healthCheckSchema } from '../../../shared/config/health-check-schema.ts';
import { isThisMachine, type Origin, parseOrigin } from '../../../shared/config/origin.ts';
import {
  type AskedRequest,
  type CheckFinding,
  type CheckProgress,
  type FoundCheck,
  findingWords,
  type TcpCause,
} from '../../../shared/view/found-check.ts';
import { type AskLimits, askOnce, speaksTls } from './ask-once.ts';
import type { WalkTarget } from './http-walk.ts';
import { createProbe } from './probe.ts';
import { USUAL_PATHS } from './usual-paths.ts';

/** For one request; a development server that compiles gets this long. */
const ASK_TIMEOUT_MS = 3_000;
/** For all of them together. */
const SEARCH_TIMEOUT_MS = 10_000;
/** For a handshake, or for a gRPC call. */
const EXTRA_TIMEOUT_MS = 1_000;

const DEFAULT_CHECK = healthCheckSchema.parse({});
const ANY_STATUS = '200-499';
const GOOD_STATUS = '200-399';

export interface FindCheckOptions {
  /** The check that holds without settings of the backend's own: its pool's. */
  readonly base?: HealthCheckConfig;
  /** Whether any certificate will do. */
  readonly insecure?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CheckProgress) => void;
}

/**
 * Asks a backend until a health check is found that it passes now: the one that holds anyway, `GET` in place of
 * `HEAD`, a usual health path, any status below 500, gRPC, or a TCP connection. One request at a time, each over a
 * connection of its own, because some servers take only one. At most 17 requests and 10 seconds; twice that where the
 * URL has the wrong scheme.
 *
 * @param text a valid URL of a backend
 */
export async function findCheck(text: string, options: FindCheckOptions = {}): Promise<FoundCheck> {
  const origin = parseOrigin(text);
  if (!origin.ok) {
    const finding: CheckFinding = { kind: 'unreachable', reason: `its URL ${origin.error}` };
    return { url: text, healthCheck: {}, finding, words: findingWords(finding, text) };
  }
  const { base = DEFAULT_CHECK } = options;
  let search = new CheckSearch(origin.value, base, options);
  let { finding, healthCheck = {} } = await search.run();
  let url = text;
  const place = origin.value.authority;
  const words: string[] = [];
  const other = finding.kind === 'other-scheme' ? parseOrigin(finding.url) : null;
  if (other?.ok) {
    words.push(findingWords(finding, place));
    ({ url } = other.value);
    search = new CheckSearch(other.value, base, options);
    ({ finding, healthCheck = {} } = await search.run());
  }
  words.push(findingWords(finding, place));
  if (search.acceptsAnyCertificate) words.push('Its certificate is not trusted, so it is not verified.');
  const insecure = search.acceptsAnyCertificate && { insecure: true as const };
  return {
    url,
    healthCheck: differing(healthCheck, base),
    ...insecure,
    finding,
    words: words.join(' '),
  };
}

interface Found {
  readonly finding: CheckFinding;
  /** Empty for the check that holds anyway. */
  readonly healthCheck?: WantedCheck;
}

interface WantedCheck {
  readonly type?: HealthCheckConfig['type'];
  readonly method?: HealthCheckConfig['method'];
  readonly path?: string;
  readonly expectedStatus?: string;
}

class CheckSearch {
  /** Whether the certificate is not trusted and this is settled by not verifying it. */
  acceptsAnyCertificate = false;
  readonly #origin: Origin;
  readonly #base: HealthCheckConfig;
  readonly #options: FindCheckOptions;
  readonly #signal: AbortSignal;
  readonly #endsAt = performance.now() + SEARCH_TIMEOUT_MS;
  #insecure: boolean;

  constructor(origin: Origin, base: HealthCheckConfig, options: FindCheckOptions) {
    this.#origin = origin;
    this.#base = base;
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
    this.#insecure = options.insecure ?? false;
  }

  async run(): Promise<Found> {
    if (this.#signal.aborted) return { finding: { kind: 'stopped' } };
    const found = await this.#find();
    return this.#signal.aborted ? { finding: { kind: 'stopped' } } : found;
  }

  async #find(): Promise<Found> {
    const base = this.#base;
    if (base.type === 'off') return { finding: { kind: 'off' } };
    const isRequest = base.type === 'http' && base.bodyContains === undefined;
    if (!isRequest && (await this.#passes(base))) return { finding: { kind: 'connects' } };
    const method = base.type === 'http' ? base.method : 'HEAD';
    const path = base.type === 'http' ? base.path : '/';
    const first = await this.#askTrusting({ method, path });
    const { kind } = first.outcome;
    if (kind === 'unreachable' || kind === 'certificate')
      return { finding: { kind: 'unreachable', reason: first.outcome.reason } };
    // A text that it has to contain cannot be taken back by a backend's own settings.
    if (base.bodyContains !== undefined) return { finding: { kind: 'needs-text', asked: first } };
    if (this.#isGood(first))
      return {
        finding: { kind: 'fits', asked: first },
        ...(isRequest ? {} : { healthCheck: { type: 'http', method, path } }),
      };
    const second = method === 'GET' ? first : await this.#ask({ method: 'GET', path });
    if (second !== first && this.#isGood(second) && !this.#isSlow(first))
      return {
        finding: { kind: 'other-request', asked: second, insteadOf: first },
        healthCheck: { type: 'http', method: 'GET', path },
      };
    const scheme = await this.#otherScheme(second);
    if (scheme) return scheme;
    if (statusOf(first) === 0 && statusOf(second) === 0) return this.#withoutHttp(second);
    return (await this.#otherPath(first)) ?? this.#withoutPath(first, second);
  }

  /** A usual health path, or the root, where it responds well and soon. */
  async #otherPath(insteadOf: AskedRequest): Promise<Found | null> {
    for (const path of ['/', ...USUAL_PATHS]) {
      if (path === insteadOf.path) continue;
      if (this.#isOver) return null;
      const asked = await this.#ask({ method: 'GET', path });
      const status = statusOf(asked);
      // A server that is slow for one path, or hangs up, is so for the others.
      if (status === 0 || this.#isSlow(asked)) return null;
      // A redirect leads to a login rather than to a health page.
      if (status < 200 || status >= 300) continue;
      const expectedStatus = this.#expects(status) ? {} : { expectedStatus: GOOD_STATUS };
      return {
        finding: { kind: 'other-request', asked, insteadOf },
        healthCheck: { type: 'http', method: 'GET', path, ...expectedStatus },
      };
    }
    return null;
  }

  /**
   * A server that responds is alive, whatever it says below 500, and a request notices when it hangs, which a
   * connection does not. One that responds with 5xx now would never pass a request.
   */
  #withoutPath(first: AskedRequest, second: AskedRequest): Found {
    const slow = [first, second].find((asked) => this.#isSlow(asked));
    if (slow) return tcp('slow', slow);
    const alive = [first, second].find((asked) => statusOf(asked) >= 200 && statusOf(asked) < 500);
    if (!alive) return tcp('server-error', statusOf(second) > 0 ? second : first);
    const { method, path } = alive;
    return {
      finding: { kind: 'any-status', asked: alive },
      healthCheck: { type: 'http', method, path, expectedStatus: ANY_STATUS },
    };
  }

  async #withoutHttp(asked: AskedRequest): Promise<Found> {
    const { kind } = asked.outcome;
    if (kind === 'silent') return tcp('silent', asked);
    if (await this.#passes({ ...DEFAULT_CHECK, type: 'grpc' }))
      return { finding: { kind: 'grpc' }, healthCheck: { type: 'grpc' } };
    return tcp(kind === 'not-http' ? 'not-http' : 'closed', asked);
  }

  /** Servers that expect TLS say so with a 400, or hang up; those without it fail its handshake. */
  async #otherScheme({ outcome }: AskedRequest): Promise<Found | null> {
    const { protocol, authority, basePath } = this.#origin;
    if (protocol === 'https') {
      if (outcome.kind !== 'not-tls') return null;
      const plain = await this.#ask({ method: 'GET', path: '/' }, 'http');
      if (statusOf(plain) === 0) return { finding: { kind: 'unreachable', reason: outcome.reason } };
      return { finding: { kind: 'other-scheme', url: `http://${authority}${basePath}` } };
    }
    const isLikely =
      outcome.kind === 'closed' ||
      outcome.kind === 'not-http' ||
      (outcome.kind === 'status' && outcome.status === 400);
    if (!isLikely || !(await speaksTls(this.#target(), this.#limits(EXTRA_TIMEOUT_MS)))) return null;
    return { finding: { kind: 'other-scheme', url: `https://${authority}${basePath}` } };
  }

  /** As {@link #ask}; a certificate that is not trusted is accepted where the backend runs on this machine. */
  async #askTrusting(what: AskWhat): Promise<AskedRequest> {
    const asked = await this.#ask(what);
    if (asked.outcome.kind !== 'certificate' || !isThisMachine(this.#origin.host)) return asked;
    this.#insecure = true;
    this.acceptsAnyCertificate = true;
    return this.#ask(what);
  }

  #ask(what: AskWhat, protocol = this.#origin.protocol): Promise<AskedRequest> {
    this.#tell(`${what.method} ${what.path}`);
    const timeoutMs = Math.max(ASK_TIMEOUT_MS, this.#base.timeout);
    return askOnce(this.#target(protocol), what, this.#limits(timeoutMs));
  }

  /** Whether a whole probe passes: for what is not one request. */
  async #passes(healthCheck: HealthCheckConfig): Promise<boolean> {
    this.#tell(PROBE_WORDS[healthCheck.type]);
    const running = createProbe()({
      ...this.#target(),
      name: this.#origin.authority,
      weight: 1,
      maxConnections: null,
      backup: false,
      faults: [],
      healthCheck,
    });
    let stop = (): void => undefined;
    const stopped = new Promise<null>((resolve) => {
      stop = () => resolve(null);
    });
    this.#signal.addEventListener('abort', stop, { once: true });
    if (this.#signal.aborted) stop();
    const result = await Promise.race([running.result, stopped]);
    this.#signal.removeEventListener('abort', stop);
    running.cancel();
    return result?.hasPassed ?? false;
  }

  #target(protocol = this.#origin.protocol): WalkTarget {
    return { origin: { ...this.#origin, protocol }, insecure: this.#insecure, healthCheck: this.#base };
  }

  #limits(timeoutMs: number): AskLimits {
    const leftMs = Math.max(1, this.#endsAt - performance.now());
    return { timeoutMs: Math.min(timeoutMs, leftMs), signal: this.#signal };
  }

  #tell(asking: string): void {
    this.#options.onProgress?.({ url: this.#origin.url, asking });
  }

  #isGood(asked: AskedRequest): boolean {
    return this.#expects(statusOf(asked)) && !this.#isSlow(asked);
  }

  #expects(status: number): boolean {
    return this.#base.expectedStatus.some(({ from, to }) => status >= from && status <= to);
  }

  /** A response that takes half of what a probe may take will be late now and then. */
  #isSlow({ outcome, durationMs }: AskedRequest): boolean {
    return outcome.kind === 'status' && durationMs > this.#base.timeout / 2;
  }

  get #isOver(): boolean {
    return this.#signal.aborted || performance.now() >= this.#endsAt;
  }
}

type AskWhat = Pick<AskedRequest, 'method' | 'path'>;

const PROBE_WORDS = {
  http: 'the check of its pool',
  tcp: 'a TCP connection',
  grpc: 'gRPC health',
  off: '',
} as const;

function tcp(cause: TcpCause, asked: AskedRequest): Found {
  return { finding: { kind: 'tcp', cause, asked }, healthCheck: { type: 'tcp' } };
}

/** 0 where there was no response. */
function statusOf({ outcome }: AskedRequest): number {
  return outcome.kind === 'status' ? outcome.status : 0;
}

/** What has to be written so that the wanted check holds over `base`. */
function differing(
  { type, method, path, expectedStatus }: WantedCheck,
  base: HealthCheckConfig,
): WrittenHealthCheck {
  return {
    ...(type !== undefined && type !== base.type && { type }),
    ...(method !== undefined && method !== base.method && { method }),
    ...(path !== undefined && path !== base.path && { path }),
    ...(expectedStatus !== undefined && { expectedStatus }),
  };
}

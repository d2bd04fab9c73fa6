import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { describeSocketError } from '../../shared/socket-error.ts';
import { TRAFFIC_LIMITS, type TrafficPlan, type TrafficProgress } from '../../shared/traffic.ts';
import { dueRequests, plannedRequests } from './plan.ts';
import { Tally } from './tally.ts';

const REPORT_MS = 250;
/** How often a steady rate catches up with its schedule. */
const TICK_MS = 10;
const OVERFLOW = `not sent: ${TRAFFIC_LIMITS.concurrency} requests still waiting`;

/** One plan being carried out. */
export class TrafficRun {
  isRunning = true;
  readonly #plan: TrafficPlan;
  readonly #onProgress: (progress: TrafficProgress) => void;
  readonly #agent: Agent;
  readonly #request: RequestOptions;
  readonly #planned: number;
  readonly #answers = new Tally();
  readonly #byBackend = new Tally();
  #startedAt = 0;
  #sent = 0;
  #waiting = 0;
  #report: NodeJS.Timeout | undefined;
  #tick: NodeJS.Timeout | undefined;

  constructor(plan: TrafficPlan, url: string, onProgress: (progress: TrafficProgress) => void) {
    this.#plan = plan;
    this.#onProgress = onProgress;
    const { load, method, host, path } = plan;
    this.#planned = plannedRequests(load);
    const maxSockets = load.kind === 'count' ? load.concurrency : TRAFFIC_LIMITS.concurrency;
    this.#agent = new Agent({ keepAlive: true, maxSockets });
    const { hostname, port } = new URL(url);
    const asked = host === undefined ? {} : { Host: port === '' ? host : `${host}:${port}` };
    this.#request = {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? 80 : Number(port),
      method,
      // As typed: a URL would tidy up `/a/../b` and quote marks.
      path,
      agent: this.#agent,
      headers: { ...asked, 'User-Agent': 'switchyard-traffic' },
    };
  }

  start(): void {
    const { load } = this.#plan;
    this.#startedAt = performance.now();
    this.#report = setInterval(() => this.#tell(), REPORT_MS);
    if (load.kind === 'rate') {
      const catchUp = () => this.#catchUp(dueRequests(load, performance.now() - this.#startedAt));
      this.#tick = setInterval(catchUp, TICK_MS);
      catchUp();
    } else for (let one = Math.min(load.concurrency, load.requests); one > 0; one--) this.#send();
    this.#tell();
  }

  stop(): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    clearInterval(this.#report);
    clearInterval(this.#tick);
    this.#agent.destroy();
    this.#tell();
  }

  /** Constant arrivals: requests leave on schedule, however late the answers are. */
  #catchUp(due: number): void {
    while (this.#sent < due) {
      if (this.#waiting < TRAFFIC_LIMITS.concurrency) this.#send();
      else {
        this.#sent++;
        this.#answers.add(OVERFLOW);
      }
    }
    if (this.#sent === this.#planned && this.#waiting === 0) this.stop();
  }

  #send(): void {
    this.#sent++;
    this.#waiting++;
    let response: IncomingMessage | undefined;
    let failure = 'connection closed without an answer';
    const outgoing = request(this.#request);
    outgoing.on('response', (incoming) => {
      response = incoming;
      // A cut answer shows as incomplete when the request closes.
      incoming.on('error', () => undefined);
      incoming.resume();
    });
    outgoing.on('error', (error) => {
      failure = describeSocketError(error);
    });
    // The one event that always comes, and last: after an answer, an error, or a 101 that Node drops silently.
    outgoing.on('close', () => {
      if (!response) this.#ended(failure);
      else this.#ended(response.complete ? String(response.statusCode) : 'answer cut short', response);
    });
    outgoing.end();
  }

  #ended(words: string, response?: IncomingMessage): void {
    if (!this.isRunning) return;
    this.#waiting--;
    this.#answers.add(words);
    const backend = response?.headers['x-forwarded-server'];
    if (typeof backend === 'string') this.#byBackend.add(backend);
    if (this.#sent === this.#planned && this.#waiting === 0) this.stop();
    else if (this.#plan.load.kind === 'count' && this.#sent < this.#planned) this.#send();
  }

  #tell(): void {
    this.#onProgress({
      isRunning: this.isRunning,
      plan: this.#plan,
      sent: this.#sent,
      planned: this.#planned,
      answers: this.#answers.counts(),
      byBackend: this.#byBackend.counts(),
      elapsedMs: performance.now() - this.#startedAt,
    });
  }
}

import { Agent, request } from 'node:http';
import type { CommandFailure } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { describeSocketError } from '../../shared/socket-error.ts';
import { TRAFFIC_LIMITS, type TrafficPlan, type TrafficProgress } from '../../shared/traffic.ts';

const REPORT_MS = 250;
/** How often a steady rate catches up with its schedule. */
const TICK_MS = 10;

/** Sends real requests over real sockets, and counts what comes back. One run at a time. */
export class TrafficGenerator {
  readonly #onProgress: (progress: TrafficProgress) => void;
  #run: TrafficRun | null = null;

  constructor(onProgress: (progress: TrafficProgress) => void) {
    this.#onProgress = onProgress;
  }

  start(plan: TrafficPlan, url: string): Result<null, CommandFailure> {
    if (this.#run?.isRunning)
      return fail({ code: 'refused', message: 'Traffic is being sent already; stop it first.' });
    const problem = findProblem(plan);
    if (problem !== null) return fail({ code: 'refused', message: problem });
    this.#run = new TrafficRun(plan, url, this.#onProgress);
    this.#run.start();
    return ok(null);
  }

  stop(): void {
    this.#run?.stop();
  }
}

/** One plan being carried out. */
class TrafficRun {
  isRunning = true;
  readonly #plan: TrafficPlan;
  readonly #url: string;
  readonly #onProgress: (progress: TrafficProgress) => void;
  readonly #agent: Agent;
  readonly #planned: number;
  readonly #answers: Record<string, number> = {};
  readonly #byBackend: Record<string, number> = {};
  readonly #startedAt = performance.now();
  #sent = 0;
  #waiting = 0;
  #report: NodeJS.Timeout | undefined;
  #tick: NodeJS.Timeout | undefined;

  constructor(plan: TrafficPlan, url: string, onProgress: (progress: TrafficProgress) => void) {
    this.#plan = plan;
    this.#url = url;
    this.#onProgress = onProgress;
    const { load } = plan;
    this.#planned =
      load.kind === 'count' ? load.requests : Math.round((load.perSecond * load.durationMs) / 1_000);
    const maxSockets = load.kind === 'count' ? load.concurrency : TRAFFIC_LIMITS.concurrency;
    this.#agent = new Agent({ keepAlive: true, maxSockets });
  }

  start(): void {
    const { load } = this.#plan;
    this.#report = setInterval(() => this.#tell(), REPORT_MS);
    if (load.kind === 'rate') this.#tick = setInterval(() => this.#catchUp(load.perSecond), TICK_MS);
    else for (let one = Math.min(load.concurrency, load.requests); one > 0; one--) this.#send();
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
  #catchUp(perSecond: number): void {
    const due = Math.min(
      this.#planned,
      Math.floor(((performance.now() - this.#startedAt) / 1_000) * perSecond),
    );
    while (this.isRunning && this.#sent < due) {
      if (this.#waiting < TRAFFIC_LIMITS.concurrency) this.#send();
      else {
        this.#sent++;
        this.#count(`not sent: ${TRAFFIC_LIMITS.concurrency} requests are still waiting`);
      }
    }
    if (this.#sent === this.#planned && this.#waiting === 0) this.stop();
  }

  #send(): void {
    this.#sent++;
    this.#waiting++;
    const { method, path } = this.#plan;
    const headers = { 'User-Agent': 'switchyard-traffic' };
    const outgoing = request(`${this.#url}${path}`, { method, agent: this.#agent, headers }, (response) => {
      const backend = response.headers['x-forwarded-server'];
      if (typeof backend === 'string') this.#byBackend[backend] = (this.#byBackend[backend] ?? 0) + 1;
      response.resume();
      response.on('end', () => this.#answered(String(response.statusCode)));
      response.on('error', (error) => this.#answered(describeSocketError(error)));
    });
    outgoing.on('error', (error) => this.#answered(describeSocketError(error)));
    outgoing.end();
  }

  #answered(words: string): void {
    if (!this.isRunning) return;
    this.#waiting--;
    this.#count(words);
    if (this.#plan.load.kind !== 'count') return;
    if (this.#sent < this.#planned) this.#send();
    else if (this.#waiting === 0) this.stop();
  }

  #count(words: string): void {
    this.#answers[words] = (this.#answers[words] ?? 0) + 1;
  }

  #tell(): void {
    this.#onProgress({
      isRunning: this.isRunning,
      plan: this.#plan,
      sent: this.#sent,
      planned: this.#planned,
      answers: { ...this.#answers },
      byBackend: { ...this.#byBackend },
      elapsedMs: performance.now() - this.#startedAt,
    });
  }
}

function findProblem({ path, load }: TrafficPlan): string | null {
  const outside = (value: number, max: number) => !Number.isInteger(value) || value < 1 || value > max;
  if (!/^\/[\x21-\x22\x24-\x7e]*$/.test(path))
    return `"${path}" is not a path; write it like "/" or "/users?id=1".`;
  if (load.kind === 'count') {
    if (outside(load.requests, TRAFFIC_LIMITS.requests))
      return `Send 1 to ${TRAFFIC_LIMITS.requests} requests.`;
    if (outside(load.concurrency, TRAFFIC_LIMITS.concurrency))
      return `Keep 1 to ${TRAFFIC_LIMITS.concurrency} at a time.`;
    return null;
  }
  if (outside(load.perSecond, TRAFFIC_LIMITS.perSecond))
    return `Send 1 to ${TRAFFIC_LIMITS.perSecond} a second.`;
  return outside(load.durationMs, TRAFFIC_LIMITS.durationMs) ? 'Send for 1 ms to 10 minutes.' : null;
}

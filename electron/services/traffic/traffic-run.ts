import {
  type Punctuality,
  TRAFFIC_LIMITS,
  type TrafficPlan,
  type TrafficProgress,
} from '../../../shared/view/traffic.ts';
import { Latencies } from './latencies.ts';
import { dueMs, dueRequests, plannedRequests } from './plan.ts';
import { type Ending, Sender } from './sender.ts';
import { Tally } from './tally.ts';
import type { TrafficJob } from './traffic-thread.ts';

const REPORT_MS = 250;
/** What could not leave by the end of its schedule may this much later. */
const LATEST_MS = 5_000;
const NOT_SENT = `not sent: all ${TRAFFIC_LIMITS.concurrency} connections were busy`;

/** One plan being carried out, on this thread. */
export class TrafficRun {
  readonly #plan: TrafficPlan;
  readonly #onProgress: (progress: TrafficProgress) => void;
  readonly #sender: Sender;
  readonly #planned: number | null;
  readonly #answers = new Tally();
  readonly #byBackend = new Tally();
  readonly #latencies = new Latencies();
  /** How late requests left though they had a connection. */
  readonly #lateness = new Latencies();
  readonly #connections: number;
  #state: TrafficProgress['state'] = 'running';
  #startedAt = 0;
  #sent = 0;
  #waiting = 0;
  /** Requests before this one were due when all connections were busy. */
  #heldUntil = 0;
  #heldBack = 0;
  #report: NodeJS.Timeout | undefined;
  #next: NodeJS.Timeout | undefined;

  constructor(job: TrafficJob, onProgress: (progress: TrafficProgress) => void) {
    const { plan } = job;
    const { load } = plan;
    this.#plan = plan;
    this.#onProgress = onProgress;
    this.#planned = plannedRequests(load);
    this.#connections = load.kind === 'rate' ? TRAFFIC_LIMITS.concurrency : load.concurrency;
    this.#sender = new Sender(job, this.#connections);
  }

  start(): void {
    this.#startedAt = performance.now();
    this.#report = setInterval(() => this.#tell(), REPORT_MS);
    this.#tell();
    this.#sendWhatIsDue();
  }

  /** At once: what is still waiting for its answer is cut, and not counted. */
  stop(): void {
    this.#end('stopped');
  }

  #sendWhatIsDue(): void {
    const { load } = this.#plan;
    if (load.kind === 'rate') this.#keepSchedule(load);
    else while (this.#waiting < this.#connections && !this.#isAllSent()) this.#send(this.#elapsedMs());
  }

  /** Constant arrivals: requests leave on schedule, however late the answers are, as long as there are connections. */
  #keepSchedule(load: TrafficPlan['load'] & { readonly kind: 'rate' }): void {
    clearTimeout(this.#next);
    const now = this.#elapsedMs();
    const due = dueRequests(load, now);
    while (this.#sent < due && this.#waiting < this.#connections) {
      const dueAt = dueMs(load, this.#sent);
      if (this.#sent < this.#heldUntil) this.#heldBack++;
      else this.#lateness.record(now - dueAt);
      this.#send(dueAt);
    }
    if (this.#sent < due) this.#heldUntil = due;
    if (this.#sent < due && now > load.durationMs + LATEST_MS) this.#giveUp(due);
    if (this.#isAllSent()) this.#endIfAnswered();
    // Who waits for a connection goes when one is free; the clock is for those that are not due yet, and for giving up.
    else this.#next = setTimeout(() => this.#keepSchedule(load), this.#pauseMs(load, due, now));
  }

  #pauseMs(load: TrafficPlan['load'] & { readonly kind: 'rate' }, due: number, now: number): number {
    if (due === this.#planned) return Math.max(1, load.durationMs + LATEST_MS - now + 1);
    return Math.max(1, Math.ceil(dueMs(load, due) - now));
  }

  #giveUp(due: number): void {
    for (; this.#sent < due; this.#sent++) this.#answers.add(NOT_SENT);
  }

  #send(sinceMs: number): void {
    this.#sent++;
    this.#waiting++;
    this.#sender.send((ending) => this.#ended(ending, sinceMs));
  }

  #ended({ words, isAnswer, backend }: Ending, sinceMs: number): void {
    if (this.#state !== 'running') return;
    this.#waiting--;
    this.#answers.add(words);
    if (isAnswer) this.#latencies.record(this.#elapsedMs() - sinceMs);
    if (backend !== null) this.#byBackend.add(backend);
    const { load } = this.#plan;
    if (load.kind !== 'rate') this.#sendWhatIsDue();
    else if (this.#sent < this.#heldUntil) this.#keepSchedule(load);
    this.#endIfAnswered();
  }

  #isAllSent(): boolean {
    const { load } = this.#plan;
    if (load.kind === 'concurrency') return this.#elapsedMs() >= load.durationMs;
    return this.#sent === this.#planned;
  }

  #endIfAnswered(): void {
    if (this.#waiting === 0 && this.#isAllSent()) this.#end('done');
  }

  #end(state: 'done' | 'stopped'): void {
    if (this.#state !== 'running') return;
    this.#state = state;
    clearInterval(this.#report);
    clearTimeout(this.#next);
    this.#sender.stop();
    this.#tell();
  }

  #elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  #tell(): void {
    this.#onProgress({
      state: this.#state,
      plan: this.#plan,
      sent: this.#sent,
      planned: this.#planned,
      answers: this.#answers.counts(),
      byBackend: this.#byBackend.counts(),
      elapsedMs: this.#elapsedMs(),
      latency: this.#latencies.summary(),
      punctuality: this.#plan.load.kind === 'rate' ? this.#punctuality() : null,
    });
  }

  #punctuality(): Punctuality {
    const late = this.#lateness;
    return { lateP99Ms: late.percentile(99), lateMaxMs: late.maxMs, heldBack: this.#heldBack };
  }
}

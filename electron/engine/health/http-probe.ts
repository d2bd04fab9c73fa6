import type { BackendConfig, HealthCheckConfig } from '../../../shared/config/config.ts';
import { formatDuration } from '../../../shared/config/duration.ts';
import type { HealthCause } from '../../../shared/view/health-cause.ts';
import { type Answer, readBody } from './http-ask.ts';
import { type Walk, walk } from './http-walk.ts';
import type { Line } from './line.ts';
import type { ProbeResult } from './probe.ts';
import { USUAL_PATHS } from './usual-paths.ts';

/** Bytes of a body that are searched. */
const SEARCHED = 65_536;
/** Bytes of a body that are shown to somebody. */
const SHOWN = 1_024;
/** Longest text of a body quoted. */
const MAX_QUOTED = 60;
/** Of the usual paths, those that a probe asks for itself: it has to end within its timeout. */
const PATHS_IN_PROBE = USUAL_PATHS.slice(0, 2);

type Arrived = Extract<Walk, { readonly answer: Answer }>;

/** What else was found about a response that is not the expected one; the words go behind those of the probe. */
interface Mend {
  readonly words: string;
  /** Whether the URL is Switchyard itself. */
  readonly isLoop?: boolean;
  readonly suggestedPath?: string;
}

const NO_IDEA: Mend = { words: '' };

/** Probes by request and answer, for one backend: what a probe teaches about it serves those that follow. */
export class HttpProbe {
  #check: HealthCheckConfig | null = null;
  #usesGet = false;
  /** What was found in place of `/`; null before it was looked for. */
  #mend: Mend | null = null;

  async run(backend: BackendConfig, line: Line, keepsBody: boolean): Promise<ProbeResult> {
    const { healthCheck } = backend;
    if (this.#check !== healthCheck) this.#forget(healthCheck);
    const { path } = healthCheck;
    const method = this.#usesGet ? 'GET' : healthCheck.method;
    let arrived = await walk(backend, method, path, line);
    let before = '';
    if (method === 'HEAD' && knowsNoHead(arrived, healthCheck)) {
      this.#usesGet = true;
      before = `${arrived.trail} answered ${arrived.answer.status}, so GET is used: `;
      arrived = await walk(backend, 'GET', path, line);
    }
    const result = await this.#judge(backend, arrived, { line, keepsBody });
    return { ...result, words: before + result.words };
  }

  async #judge(
    backend: BackendConfig,
    arrived: Walk,
    { line, keepsBody }: { readonly line: Line; readonly keepsBody: boolean },
  ): Promise<ProbeResult> {
    if (arrived.answer === null)
      return { hasPassed: false, words: arrived.words, cause: { kind: 'redirect-loop' } };
    const { answer, trail } = arrived;
    const { status, headers } = answer;
    const isExpected = fits(backend.healthCheck, status);
    const shown = { status, headers };
    const { bodyContains } = backend.healthCheck;
    if (isExpected && bodyContains !== undefined) return search(backend, arrived, { line, keepsBody });
    const said: ProbeResult = isExpected
      ? { hasPassed: true, words: `${trail} → ${status}`, answer: shown }
      : {
          hasPassed: false,
          words: `${trail} answered ${status}`,
          cause: { kind: 'status', status },
          answer: shown,
        };
    line.soFar = said;
    let found: ProbeResult = said;
    if (keepsBody) {
      const { bytes } = await readBody(answer, SHOWN, keepInto(line, said));
      found = { ...said, answer: { ...shown, bodyStart: startOf(bytes) } };
    }
    line.soFar = found;
    if (found.hasPassed) return found;
    const { words, isLoop = false, suggestedPath } = await this.#mendFor(backend, arrived, line);
    const suggested = suggestedPath ? { suggestedPath } : {};
    const cause: HealthCause = isLoop ? { kind: 'loop' } : { kind: 'status', status, ...suggested };
    return { ...found, words: found.words + words, cause, ...suggested };
  }

  async #mendFor(backend: BackendConfig, { answer, hops, trail }: Arrived, line: Line): Promise<Mend> {
    const { status, headers } = answer;
    if (status === 508 && headers['proxy-status']?.startsWith('switchyard; error=proxy_loop_detected'))
      return { words: '; this URL is Switchyard itself: set it to your server', isLoop: true };
    if (status !== 404) {
      this.#mend = null;
      return { words: '' };
    }
    if (backend.healthCheck.path !== '/' || hops > 0) return NO_IDEA;
    const [method = 'HEAD'] = trail.split(' ');
    this.#mend ??= await findPath(backend, method, line);
    return this.#mend;
  }

  #forget(check: HealthCheckConfig): void {
    this.#check = check;
    this.#usesGet = false;
    this.#mend = null;
  }
}

async function findPath(backend: BackendConfig, method: string, line: Line): Promise<Mend> {
  for (const path of PATHS_IN_PROBE) {
    // What goes wrong on the side is not what the backend is judged by.
    const found = await walk(backend, method, path, line).catch(() => null);
    const status = found?.answer?.status ?? 0;
    if (status >= 200 && status < 300) return { words: `; ${path} answers ${status}`, suggestedPath: path };
  }
  return NO_IDEA;
}

/** Whether the body has the text the check looks for, within its first 64 KiB. */
async function search(
  { healthCheck }: BackendConfig,
  { answer, trail }: Arrived,
  { line, keepsBody }: { readonly line: Line; readonly keepsBody: boolean },
): Promise<ProbeResult> {
  const { bodyContains = '', timeout } = healthCheck;
  const { status, headers } = answer;
  const wanted = Buffer.from(bodyContains);
  const quoted = JSON.stringify(
    bodyContains.length > MAX_QUOTED ? `${bodyContains.slice(0, MAX_QUOTED)}…` : bodyContains,
  );
  const shown = (bytes: Buffer) => ({
    answer: { status, headers, ...(keepsBody ? { bodyStart: startOf(bytes) } : {}) },
  });
  const missed = (bytes: Buffer, where: string): ProbeResult => ({
    hasPassed: false,
    words: `${trail} answered ${status}, but ${quoted} is not in ${where}`,
    cause: { kind: 'body' },
    ...shown(bytes),
  });
  const late = `what came of its body within ${formatDuration(timeout)}`;
  line.soFar = missed(Buffer.alloc(0), late);
  const { bytes, isCutShort } = await readBody(answer, SEARCHED, (all) => {
    line.soFar = missed(all, late);
    return all.includes(wanted);
  });
  if (bytes.includes(wanted))
    return { hasPassed: true, words: `${trail} → ${status} with ${quoted}`, ...shown(bytes) };
  if (isCutShort) return missed(bytes, 'its body, which was cut short');
  return missed(bytes, bytes.length === SEARCHED ? 'the first 64 KiB of its body' : 'its body');
}

/** A body that never ends is shown as far as it came in time. */
function keepInto(line: Line, said: ProbeResult): (bytes: Buffer) => boolean {
  return (bytes) => {
    if (said.answer) line.soFar = { ...said, answer: { ...said.answer, bodyStart: startOf(bytes) } };
    return false;
  };
}

function startOf(bytes: Buffer): string {
  return bytes.subarray(0, SHOWN).toString('utf8');
}

function fits({ expectedStatus }: HealthCheckConfig, status: number): boolean {
  return expectedStatus.some(({ from, to }) => status >= from && status <= to);
}

function knowsNoHead(arrived: Walk, check: HealthCheckConfig): arrived is Arrived {
  if (arrived.answer === null) return false;
  const { status } = arrived.answer;
  return (status === 405 || status === 501) && !fits(check, status);
}

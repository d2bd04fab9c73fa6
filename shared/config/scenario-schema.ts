import { z } from 'zod';
import { fail, ok, type Result } from '../calls/result.ts';
import { parseDuration } from './duration.ts';
import { FAULT_TYPES, type FaultSettings, parseFaults } from './fault-schema.ts';
import { scenarioLimitsSchema } from './scenario-limits.ts';
import { says, wholeNumber } from './schema-parts.ts';

/** What a step does. `backend` is as written, `users/a` or `a`; null for all of them. */
export type ScenarioAction =
  | { readonly kind: 'faults'; readonly backend: string; readonly faults: readonly FaultSettings[] }
  | {
      readonly kind: 'admin';
      readonly backend: string;
      readonly state: 'enabled' | 'draining' | 'disabled';
    }
  | { readonly kind: 'force'; readonly backend: string; readonly forced: 'up' | 'down' | null }
  /** Of a backend that is a process Switchyard runs: SIGKILL, SIGSTOP, SIGCONT. */
  | { readonly kind: 'process'; readonly backend: string; readonly what: 'kill' | 'pause' | 'resume' }
  /** In rotation, left to its checks, without faults, and going on if it was paused. */
  | { readonly kind: 'restore'; readonly backend: string | null };

export interface ScenarioStep {
  /** From the start of the scenario, milliseconds. */
  readonly atMs: number;
  /** As written, without the time: `users-1 latency 800ms±200ms`. */
  readonly text: string;
  readonly action: ScenarioAction;
}

const EXAMPLE = '"at 10s: users-1 latency 800ms"';
const VERBS = 'enable, disable, drain, force up, force down, force checks, kill, pause, resume, restore';
const ADMIN = { enable: 'enabled', disable: 'disabled', drain: 'draining' } as const;
const FORCED = { 'force up': 'up', 'force down': 'down', 'force checks': null } as const;

/** Longest step, in characters. */
export const MAX_STEP_TEXT = 2_000;

/** Reads one step, `at 10s: users-1 latency 800ms±200ms`; the error completes a sentence that begins with the step. */
export function parseStep(text: string): Result<ScenarioStep, string> {
  if (text.length > MAX_STEP_TEXT) return fail(`is longer than ${MAX_STEP_TEXT} characters`);
  const [at, timed] = firstWord(text.trim());
  const colon = timed.indexOf(':');
  const time = timed.slice(0, Math.max(0, colon)).trimEnd();
  const rest = timed.slice(colon + 1).trim();
  if (at !== 'at' || time === '' || /\s/.test(time) || rest === '')
    return fail(`has no time; write it like ${EXAMPLE}`);
  const atTime = parseDuration(time);
  if (!atTime.ok) return fail(`has "${time}" for a time, which ${atTime.error}`);
  const action = parseAction(rest);
  return action.ok ? ok({ atMs: atTime.value, text: rest, action: action.value }) : action;
}

const BACKEND_VERBS = new Set(['enable', 'disable', 'drain', 'kill', 'pause', 'resume', 'restore']);
/** Where a fault begins: at its type, between spaces. */
const FAULT_START = new RegExp(`\\s(?:${FAULT_TYPES.join('|')})(?!\\S)`);

function parseAction(text: string): Result<ScenarioAction, string> {
  if (text === 'restore') return ok({ kind: 'restore', backend: null });
  const [word, rest] = firstWord(text);
  const [forced, forcedRest] = firstWord(rest);
  if (word === 'force' && /^(?:up|down|checks)$/.test(forced) && forcedRest !== '')
    return ok(verbAction(`force ${forced}`, forcedRest));
  if (BACKEND_VERBS.has(word) && rest !== '') return ok(verbAction(word, rest));
  // The name of a backend may have spaces in it: it ends where a fault begins.
  const start = FAULT_START.exec(text)?.index ?? -1;
  if (start < 1) return fail(`says neither what is wrong with whom, like ${EXAMPLE}, nor one of ${VERBS}`);
  const faults = parseFaults(
    text
      .slice(start)
      .split(/,\s/)
      .map((one) => one.trim()),
  );
  if (!faults.ok) return fail(`has a fault that is none: ${faults.error}`);
  return ok({ kind: 'faults', backend: text.slice(0, start).trimEnd(), faults: faults.value });
}

/** The first word, and what follows it without the spaces between; the text begins with no space. */
function firstWord(text: string): readonly [word: string, rest: string] {
  const end = text.search(/\s/);
  return end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end).trimStart()];
}

function verbAction(verb: string, backend: string): ScenarioAction {
  if (verb === 'kill' || verb === 'pause' || verb === 'resume')
    return { kind: 'process', backend, what: verb };
  if (verb === 'enable' || verb === 'disable' || verb === 'drain')
    return { kind: 'admin', backend, state: ADMIN[verb] };
  if (verb === 'force up' || verb === 'force down' || verb === 'force checks')
    return { kind: 'force', backend, forced: FORCED[verb] };
  return { kind: 'restore', backend };
}

const step = z
  .string(says(`must be a step such as ${EXAMPLE}`))
  .transform((text, context) => {
    const parsed = parseStep(text);
    if (parsed.ok) return parsed.value;
    context.addIssue(parsed.error);
    return z.NEVER;
  })
  .meta({
    description:
      'When and what: "at 0s: kill users-2", "at 10s: users-1 latency 800ms±200ms", "at 20s: restore".',
  });

const steps = z
  .array(step, says(`must be a list of steps such as [${EXAMPLE}]`))
  .min(1, says(`is empty; write at least one step such as ${EXAMPLE}`))
  .max(1_000, says('has more than 1,000 steps'));

const WORDS = `must be a list of steps such as [${EXAMPLE}], or an object with "steps"`;

/** A named timeline: what goes wrong when. */
export const scenarioSchema = z
  .union(
    [
      steps.transform((list) => ({ steps: list, seed: undefined, limits: {} })),
      z.strictObject({
        steps,
        seed: wholeNumber(
          0,
          4_294_967_295,
          'Makes chance repeatable: faults by probability, jitter.',
        ).optional(),
        limits: scenarioLimitsSchema.optional(),
      }),
    ],
    says(WORDS),
  )
  .transform(({ steps: list, seed, limits }) => ({
    seed: seed ?? null,
    limits: limits ?? {},
    // Of two at one time, the one that stands first is first.
    steps: list.toSorted((a, b) => a.atMs - b.atMs),
  }));

export type ScenarioSettings = z.output<typeof scenarioSchema>;

import { z } from 'zod';
import { durationMend, parseDuration } from './duration.ts';

/** A message completes a sentence that starts with the field and its value: `port: "x" is not an address…`. */
export const says = (sentence: string) => ({ error: sentence });

/**
 * Whether a path leads to another machine or a device: `\\host\share`, `//host/share`, `\\.\pipe`. On Windows, looking
 * at one sends the user's name and password hash to that machine.
 */
export function leavesMachine(path: string): boolean {
  return /^[\\/]{2}/.test(path);
}

export const LEAVES_MACHINE = says('names another machine or a device; write a path on this machine');

/** Node's timers overflow after 24.8 days and then fire at once; a week is long enough for anything here. */
const LONGEST_MS = 7 * 24 * 3_600_000;

/** Written as text, read as milliseconds. */
export const duration = (description: string) =>
  z
    .string({ error: ({ input }) => durationMend(input) })
    .transform((text, context) => {
      const parsed = parseDuration(text);
      if (parsed.ok) return parsed.value;
      context.addIssue(parsed.error);
      return z.NEVER;
    })
    .refine((ms) => ms >= 1, says('is shorter than a millisecond; write it like "2s"'))
    .refine((ms) => ms <= LONGEST_MS, says('is longer than a week; write at most "168h"'))
    .meta({
      description: `${description} A duration such as "500ms", "2s" or "1m30s".`,
      pattern: '^\\+?(([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+$',
      examples: ['500ms', '2s', '1m30s'],
    });

export const wholeNumber = (min: number, max: number, description: string) =>
  z
    .int(says(`must be a whole number from ${min} to ${max}`))
    .min(min, says(`must be a whole number from ${min} to ${max}`))
    .max(max, says(`must be a whole number from ${min} to ${max}`))
    .meta({ description });

export const flag = (description: string) => z.boolean(says('must be true or false')).meta({ description });

export const nameOf = (thing: string) =>
  z
    .string(says(`must be the name of ${thing}`))
    .regex(
      /^[\p{L}\p{N}][\p{L}\p{N} ._:@/+-]{0,99}$/u,
      says('must begin with a letter or digit, and have at most 100 of these, spaces and . _ : @ / + -'),
    );

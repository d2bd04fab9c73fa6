import { z } from 'zod';
import { MAX_INSTANCES } from '../view/processes.ts';
import { type FaultSettings, faultsSchema } from './fault-schema.ts';
import { serverHealthCheckSchema } from './health-check-schema.ts';
import { type Origin, parseOrigin } from './origin.ts';
import { flag, LEAVES_MACHINE, leavesMachine, nameOf, says, wholeNumber } from './schema-parts.ts';

/** Where an instance's port stands in its URL. */
export const PORT_MARK = '{port}';
const DEFAULT_URL = `http://localhost:${PORT_MARK}`;
const URL_WORDS = 'must be a URL such as "http://localhost:5001"';

const urlDescription = {
  description: 'The backend: http:// or https://, a host, a port, and an optional base path.',
  pattern: '^[hH][tT][tT][pP][sS]?://',
  examples: ['http://localhost:5001'],
};

const backendUrl = z
  .string(says(URL_WORDS))
  .transform((text, context) => {
    const parsed = parseOrigin(text);
    if (parsed.ok) return parsed.value;
    context.addIssue(parsed.error);
    return z.NEVER;
  })
  .meta(urlDescription);

/** With a command, the place of the port is held by `{port}`. */
const urlOrPattern = z
  .string(says(URL_WORDS))
  .transform((text, context): Origin | string => {
    const parsed = parseOrigin(text.replaceAll(PORT_MARK, '1'));
    if (parsed.ok) return text.includes(PORT_MARK) ? text : parsed.value;
    context.addIssue(parsed.error);
    return z.NEVER;
  })
  .meta({
    ...urlDescription,
    description: `${urlDescription.description} With a command, {port} in place of the port; "${DEFAULT_URL}" when left out.`,
  });

/** What is handed to the system ends at a NUL, so that one in it would hide the rest. */
const systemText = (example: string, description: string) =>
  z
    .string(says(`must be text such as "${example}"`))
    .regex(/^[^\0]+$/, says(`must be text such as "${example}", not empty and without a NUL`))
    .meta({ description });

const environment = z
  .record(
    z.string().regex(/^[^=\0]+$/, says('must be the name of a variable, such as "LOG_LEVEL"')),
    z.string(says('must be text; write it in quotes')).regex(/^[^\0]*$/, says('must be without a NUL')),
    says('must be an object such as { "LOG_LEVEL": "debug" }'),
  )
  .meta({
    description: 'Variables of the environment, on top of those Switchyard has. PORT is set for you.',
  });

const serverObject = z
  .strictObject({
    url: urlOrPattern.optional(),
    command: systemText(
      'node server.js',
      'Run by Switchyard, through the shell; each instance has to listen on the PORT in its environment.',
    ).optional(),
    instances: wholeNumber(0, MAX_INSTANCES, 'How many instances of the command run.').optional(),
    cwd: systemText('.', 'The folder the command runs in, from the folder of the config.')
      .refine((path) => !leavesMachine(path), LEAVES_MACHINE)
      .optional(),
    env: environment.optional(),
    name: nameOf('the backend').optional().meta({
      description:
        'Shown in the window; its URL without the scheme when left out. Instances of a command have their number behind it.',
    }),
    weight: wholeNumber(1, 1_000, 'Share of the requests, relative to the other backends.').optional(),
    maxConnections: wholeNumber(
      1,
      1_000_000,
      'Most requests it serves at a time; others wait or go elsewhere.',
    ).optional(),
    insecure: flag('Accept any certificate from this https:// backend.').optional(),
    backup: flag('Serves only while no other backend can.').optional(),
    healthCheck: serverHealthCheckSchema.optional(),
    faults: faultsSchema.optional(),
  })
  .transform(({ url, command, instances, cwd, env, ...common }, context): ServerSettings => {
    const refuse = (field: string, message: string) => {
      context.addIssue({ code: 'custom', path: [field], message });
      return z.NEVER;
    };
    if (command === undefined) {
      for (const [field, value] of Object.entries({ instances, cwd, env }))
        if (value !== undefined) return refuse(field, 'goes with a "command"; write one, or remove it');
      if (url === undefined) return refuse('url', `is missing; it ${URL_WORDS}`);
      if (typeof url !== 'string') return { ...common, url };
      return refuse('url', `has a ${PORT_MARK} in it, which goes with a "command"; write the port`);
    }
    if (url !== undefined && typeof url !== 'string')
      return refuse('url', `has to leave the port to each instance; write it like "${DEFAULT_URL}"`);
    const urlPattern = url ?? DEFAULT_URL;
    return { ...common, command, urlPattern, instances: instances ?? 1, cwd: cwd ?? '.', env: env ?? {} };
  });

interface CommonSettings {
  readonly name?: string | undefined;
  readonly weight?: number | undefined;
  readonly maxConnections?: number | undefined;
  readonly insecure?: boolean | undefined;
  readonly backup?: boolean | undefined;
  readonly faults?: readonly FaultSettings[] | undefined;
  readonly healthCheck?: z.output<typeof serverHealthCheckSchema> | undefined;
}

export interface UrlServerSettings extends CommonSettings {
  readonly url: Origin;
}

export interface CommandServerSettings extends CommonSettings {
  readonly command: string;
  /** A URL once `PORT_MARK` is a port. */
  readonly urlPattern: string;
  readonly instances: number;
  /** As written. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export type ServerSettings = UrlServerSettings | CommandServerSettings;

export const serverSchema = z
  .union([backendUrl.transform((url): ServerSettings => ({ url })), serverObject], {
    error: ({ input }) =>
      typeof input === 'number' && parseOrigin(`http://localhost:${input}`).ok
        ? `must be a URL; write "http://localhost:${input}"`
        : `${URL_WORDS}, or an object with a "url"`,
  })
  .meta({
    description: 'A backend: its URL, or an object with its URL and options, or with a command to run.',
  });

import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../shared/result.ts';

export type Command =
  | { readonly kind: 'serve'; readonly config: string; readonly isJson: boolean }
  | { readonly kind: 'demo'; readonly isJson: boolean }
  | { readonly kind: 'check'; readonly config: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

export const HELP = `switchyard: a load balancer for the services you develop

  switchyard serve --config FILE [--json]   balance, without a window
  switchyard serve --demo [--json]          the same with five demo backends
  switchyard check --config FILE            say what is wrong with a config, if anything
  switchyard --help | --version

SIGHUP reads the config again; SIGINT and SIGTERM stop, and let what is in flight finish.
`;

/** Reads the command line; the error is one line that says what to write instead. */
export function parseCommand(argv: readonly string[]): Result<Command, string> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('. ');
    return fail(`${reason}; see switchyard --help`);
  }
  const { values, positionals } = parsed;
  if (values.version) return ok({ kind: 'version' });
  if (values.help || argv.length === 0) return ok({ kind: 'help' });
  const [command, extra] = positionals;
  if (extra !== undefined) {
    const isFile = (command === 'serve' || command === 'check') && values.config === undefined;
    const mend = isFile ? `write --config ${extra}` : 'see switchyard --help';
    return fail(`"${extra}" is one word too many; ${mend}`);
  }
  if (values.config === '') return fail('--config needs the name of a file; see switchyard --help');
  const config = values.config ?? null;
  if (command === 'serve') {
    const isJson = values.json ?? false;
    if (config !== null && values.demo)
      return fail('serve takes --config or --demo, not both; see switchyard --help');
    if (config !== null) return ok({ kind: 'serve', config, isJson });
    return values.demo
      ? ok({ kind: 'demo', isJson })
      : fail('serve needs --config FILE, or --demo; see switchyard --help');
  }
  if (command === 'check') {
    if (values.json || values.demo) return fail('check takes only --config FILE; see switchyard --help');
    return config === null
      ? fail('check needs --config FILE; see switchyard --help')
      : ok({ kind: 'check', config });
  }
  if (command === undefined) return fail('there is no command; the commands are serve and check');
  return fail(`"${command}" is not a command; the commands are serve and check`);
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      config: { type: 'string', short: 'c' },
      json: { type: 'boolean' },
      demo: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
}

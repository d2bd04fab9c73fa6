import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type ControlAddress, parseControlAddress } from '../control/control-address.ts';
import { isVerb, parseRemote, type Remote, VERBS } from './remote-arguments.ts';

/** Where a served balancer may be controlled from. */
export interface ControlFlags {
  readonly address: ControlAddress;
  readonly tokenFile: string | null;
}

export type Command =
  | {
      readonly kind: 'serve';
      readonly config: string;
      readonly isJson: boolean;
      readonly allowsCommands: boolean;
      readonly control: ControlFlags | null;
    }
  | { readonly kind: 'demo'; readonly isJson: boolean; readonly control: ControlFlags | null }
  | { readonly kind: 'check'; readonly config: string }
  | { readonly kind: 'remote'; readonly remote: Remote }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

export const HELP = `switchyard: a load balancer for the services you develop

  switchyard serve --config FILE [--json]   balance, without a window
  switchyard serve --demo [--json]          the same with five demo backends
  switchyard serve --config FILE --allow-commands
                                            the same, and run the commands in the file
  switchyard check --config FILE            say what is wrong with a config, if anything
  switchyard --help | --version

SIGHUP reads the config again; SIGINT and SIGTERM stop, and let what is in flight finish.

An instance served with --control 127.0.0.1:9900 (or another port on this machine) can be asked and told:

  switchyard status [--json]                listeners, pools and backends as they are
  switchyard enable BACKEND                 let it have requests again
  switchyard drain BACKEND                  no new requests; those in flight finish
  switchyard disable BACKEND                no requests; those in flight are cut
  switchyard probe BACKEND                  check it now, and say what it answered
  switchyard fault BACKEND FAULT[, FAULT…]  make it misbehave: latency 200ms, error 503, crash, …; clear mends it
  switchyard force up|down|checks BACKEND   count it as up or down, or leave it to its checks again
  switchyard reload                         read the config file again

BACKEND is POOL/BACKEND, or its name alone where no other pool has one of that name. The instance is found when only
one runs; otherwise say which with --control URL. The token is made up at each start; --token-file FILE or
SWITCHYARD_TOKEN sets it, for serve as for the other commands, which take --token TOKEN too.
`;

const COMMANDS = `serve, check, ${VERBS.slice(0, -1).join(', ')} and ${VERBS.at(-1)}`;

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
  const [command, ...rest] = positionals;
  if (command !== undefined && isVerb(command)) {
    const remote = parseRemote(command, rest, values);
    return remote.ok ? ok({ kind: 'remote', remote: remote.value }) : remote;
  }
  const [extra] = rest;
  if (extra !== undefined) {
    const isFile = (command === 'serve' || command === 'check') && values.config === undefined;
    const mend = isFile ? `write --config ${extra}` : 'see switchyard --help';
    return fail(`"${extra}" is one word too many; ${mend}`);
  }
  if (values.config === '') return fail('--config needs the name of a file; see switchyard --help');
  if (command === 'serve') return parseServe(values);
  if (command === 'check') return parseCheck(values);
  if (command === undefined) return fail(`there is no command; the commands are ${COMMANDS}`);
  return fail(`"${command}" is not a command; the commands are ${COMMANDS}`);
}

type Values = ReturnType<typeof parse>['values'];

function parseServe({ config, demo, json, token, ...values }: Values): Result<Command, string> {
  const isJson = json ?? false;
  if (config !== undefined && demo)
    return fail('serve takes --config or --demo, not both; see switchyard --help');
  if (token !== undefined) return fail('serve takes no --token; write it to a file and give --token-file');
  const tokenFile = values['token-file'] ?? null;
  let control: ControlFlags | null = null;
  if (values.control !== undefined) {
    const address = parseControlAddress(values.control);
    if (!address.ok) return fail(`--control ${address.error}`);
    control = { address: address.value, tokenFile };
  } else if (tokenFile !== null) {
    return fail('--token-file goes with --control 127.0.0.1:9900; see switchyard --help');
  }
  const allowsCommands = values['allow-commands'] ?? false;
  if (config !== undefined) return ok({ kind: 'serve', config, isJson, allowsCommands, control });
  if (allowsCommands) return fail('--allow-commands goes with --config FILE; see switchyard --help');
  return demo
    ? ok({ kind: 'demo', isJson, control })
    : fail('serve needs --config FILE, or --demo; see switchyard --help');
}

function parseCheck({ config, ...others }: Values): Result<Command, string> {
  if (Object.keys(others).length > 0) return fail('check takes only --config FILE; see switchyard --help');
  return config === undefined
    ? fail('check needs --config FILE; see switchyard --help')
    : ok({ kind: 'check', config });
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      config: { type: 'string', short: 'c' },
      json: { type: 'boolean' },
      demo: { type: 'boolean' },
      'allow-commands': { type: 'boolean' },
      control: { type: 'string' },
      token: { type: 'string' },
      'token-file': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
}

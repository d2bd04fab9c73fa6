import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../shared/calls/result.ts';
import { type ControlAddress, parseControlAddress } from '../services/control/control-address.ts';
import { REPORT_ENDINGS, writerFor } from '../services/scenarios/report-format.ts';
import { isVerb, parseRemote, type Remote, VERBS } from './remote-arguments.ts';
import type { RunWish } from './run.ts';
import type { ScenarioWish } from './scenario.ts';

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
      readonly isQuiet: boolean;
      readonly allowsCommands: boolean;
      readonly scenario: ScenarioWish | null;
      readonly control: ControlFlags | null;
    }
  | { readonly kind: 'run'; readonly run: RunWish }
  | {
      readonly kind: 'demo';
      readonly isJson: boolean;
      readonly isQuiet: boolean;
      readonly control: ControlFlags | null;
    }
  | { readonly kind: 'check'; readonly config: string }
  | { readonly kind: 'import'; readonly file: string }
  | { readonly kind: 'remote'; readonly remote: Remote }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

export const HELP = `switchyard: a load balancer for the services you develop

  switchyard serve --config FILE [--json]   balance, without a window
  switchyard serve --demo [--json]          the same with five demo backends
  switchyard serve --config FILE --quiet    the same, without a line for each failed request
  switchyard serve --config FILE --allow-commands
                                            the same, and run the commands in the file
  switchyard serve --config FILE --scenario NAME [--seed N]
                                            the same, and play a scenario of the file
  switchyard run --config FILE --scenario NAME [--seed N] [--report FILE] -- COMMAND…
                                            balance, and run a command while the scenario plays; it finds the
                                            balancer at SWITCHYARD_URL. Writes a report (.json, .html or .xml for
                                            JUnit; several may be given), exits with the command's code, or
                                            with 3 when the scenario's limits were broken
  switchyard check --config FILE            say what is wrong with a config, if anything
  switchyard import FILE                    read a docker-compose.yml, Procfile, nginx.conf or haproxy.cfg as a config,
                                            which goes to stdout; what was left out, and why, to stderr
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
  switchyard kill|pause|resume INSTANCE     do that to the real process of a command: SIGKILL, SIGSTOP, SIGCONT
  switchyard stop|start INSTANCE            let it finish and end, and have it again
  switchyard scale COMMAND NUMBER           so many instances from now on
  switchyard output INSTANCE                the last lines it has written
  switchyard reload                         read the config file again

BACKEND is POOL/BACKEND, or its name alone where no other pool has one of that name; so are INSTANCE and COMMAND. The instance is found when only
one runs; otherwise say which with --control URL. The token is made up at each start; --token-file FILE or
SWITCHYARD_TOKEN sets it, for serve as for the other commands. These take --token TOKEN too, which every user of the
machine can see.
`;

/** In the folder it is run in. */
const DEFAULT_REPORT = 'switchyard-report.json';

const COMMANDS = `serve, run, check, import, ${VERBS.slice(0, -1).join(', ')} and ${VERBS.at(-1)}`;

/** Reads the command line; the error is one line that says what to write instead. */
export function parseCommand(all: readonly string[]): Result<Command, string> {
  // What follows is another program's.
  const end = all.indexOf('--');
  const argv = end === -1 ? all : all.slice(0, end);
  const behind = end === -1 ? null : all.slice(end + 1);
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
  if (command !== 'run' && behind !== null)
    return fail('only run takes a command behind --; see switchyard --help');
  if (command !== undefined && isVerb(command)) {
    const remote = parseRemote(command, rest, values);
    return remote.ok ? ok({ kind: 'remote', remote: remote.value }) : remote;
  }
  if (command === 'import') return parseImport(rest, values);
  const [extra] = rest;
  if (extra !== undefined) {
    const isFile = (command === 'serve' || command === 'check') && values.config === undefined;
    const mend = isFile ? `write --config ${extra}` : 'see switchyard --help';
    return fail(`"${extra}" is one word too many; ${mend}`);
  }
  if (values.config === '') return fail('--config needs the name of a file; see switchyard --help');
  if (command === 'serve') return parseServe(values);
  if (command === 'run') return parseRun(values, behind ?? []);
  if (command === 'check') return parseCheck(values);
  if (command === undefined) return fail(`there is no command; the commands are ${COMMANDS}`);
  return fail(`"${command}" is not a command; the commands are ${COMMANDS}`);
}

type Values = ReturnType<typeof parse>['values'];

function parseServe({ config, demo, json, quiet, token, ...values }: Values): Result<Command, string> {
  const isJson = json ?? false;
  const isQuiet = quiet ?? false;
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
  if (values.report !== undefined) return fail('--report goes with run; see switchyard --help');
  const scenario = parseScenario(values.scenario, values.seed);
  if (!scenario.ok) return scenario;
  const allowsCommands = values['allow-commands'] ?? false;
  if (config !== undefined)
    return ok({ kind: 'serve', config, isJson, isQuiet, allowsCommands, scenario: scenario.value, control });
  if (scenario.value) return fail('--scenario goes with --config FILE; see switchyard --help');
  if (allowsCommands) return fail('--allow-commands goes with --config FILE; see switchyard --help');
  return demo
    ? ok({ kind: 'demo', isJson, isQuiet, control })
    : fail('serve needs --config FILE, or --demo; see switchyard --help');
}

/** Null when none is to be played. */
function parseScenario(
  name: string | undefined,
  seed: string | undefined,
): Result<ScenarioWish | null, string> {
  if (name === undefined) return seed === undefined ? ok(null) : fail('--seed goes with --scenario NAME');
  if (name === '') return fail('--scenario needs the name of one; see switchyard --help');
  if (seed !== undefined && !(/^\d{1,10}$/.test(seed) && Number(seed) <= 4_294_967_295))
    return fail(`--seed "${seed}" is not a whole number from 0 to 4294967295`);
  return ok({ name, seed: seed === undefined ? null : Number(seed) });
}

function parseRun({ config, ...values }: Values, argv: readonly string[]): Result<Command, string> {
  const allowed = ['scenario', 'seed', 'report', 'allow-commands'];
  const other = Object.keys(values).find((name) => !allowed.includes(name));
  if (other !== undefined) return fail(`run takes no --${other}; see switchyard --help`);
  if (config === undefined) return fail('run needs --config FILE; see switchyard --help');
  const scenario = parseScenario(values.scenario, values.seed);
  if (!scenario.ok) return scenario;
  if (scenario.value === null) return fail('run needs --scenario NAME; see switchyard --help');
  if (argv.length === 0)
    return fail('run needs a command behind --: switchyard run --config FILE --scenario NAME -- npm test');
  const reports = values.report ?? [DEFAULT_REPORT];
  const odd = reports.find((path) => writerFor(path) === null);
  if (odd !== undefined)
    return fail(`--report "${odd}" does not say how; let its name end with ${REPORT_ENDINGS.join(', ')}`);
  const allowsCommands = values['allow-commands'] ?? false;
  return ok({ kind: 'run', run: { config, scenario: scenario.value, reports, allowsCommands, argv } });
}

function parseCheck({ config, ...others }: Values): Result<Command, string> {
  if (Object.keys(others).length > 0) return fail('check takes only --config FILE; see switchyard --help');
  return config === undefined
    ? fail('check needs --config FILE; see switchyard --help')
    : ok({ kind: 'check', config });
}

function parseImport(files: readonly string[], values: Values): Result<Command, string> {
  const [file] = files;
  if (file === undefined || files.length > 1 || Object.keys(values).length > 0)
    return fail('import takes one FILE and nothing else; see switchyard --help');
  return ok({ kind: 'import', file });
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      config: { type: 'string', short: 'c' },
      json: { type: 'boolean' },
      quiet: { type: 'boolean', short: 'q' },
      demo: { type: 'boolean' },
      'allow-commands': { type: 'boolean' },
      control: { type: 'string' },
      scenario: { type: 'string' },
      seed: { type: 'string' },
      report: { type: 'string', multiple: true },
      token: { type: 'string' },
      'token-file': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
}

import { type ControlFlags, HELP, parseCommand } from './cli/arguments.ts';
import { importFile } from './cli/import.ts';
import { loadConfig } from './cli/load-config.ts';
import { Output } from './cli/output.ts';
import { print, printLine } from './cli/print.ts';
import { runRemote } from './cli/remote.ts';
import { runWithScenario } from './cli/run.ts';
import { serveDemo, serveFile } from './cli/serve.ts';
import type { ControlWish } from './cli/serve-control.ts';
import { ConfigFile } from './services/config/config-file.ts';

declare const SWITCHYARD_VERSION: string;

/** `switchyard` on the command line: the engine in plain Node, no Electron. Resolves with the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const command = parseCommand(argv);
  if (!command.ok) {
    new Output(argv.includes('--json')).error(command.error);
    return 2;
  }
  switch (command.value.kind) {
    case 'help':
      print(process.stdout, HELP);
      return 0;
    case 'version':
      printLine(process.stdout, SWITCHYARD_VERSION);
      return 0;
    case 'check':
      return check(command.value.config);
    case 'import':
      return importFile(command.value.file);
    case 'serve':
      return serveFile(command.value.config, new Output(command.value.isJson), {
        control: wishOf(command.value.control),
        isQuiet: command.value.isQuiet,
        allowsCommands: command.value.allowsCommands,
        scenario: command.value.scenario,
      });
    case 'run':
      return runWithScenario(command.value.run);
    case 'demo':
      return serveDemo(new Output(command.value.isJson), {
        control: wishOf(command.value.control),
        isQuiet: command.value.isQuiet,
      });
    case 'remote':
      return runRemote(command.value.remote, new Output(false));
  }
}

function wishOf(control: ControlFlags | null): ControlWish | null {
  return control && { ...control, version: SWITCHYARD_VERSION };
}

/** Says all that is wrong, one line each. */
async function check(path: string): Promise<number> {
  const config = await loadConfig(new ConfigFile(path, { mayBePipe: true }));
  if (config.ok) {
    printLine(process.stdout, `${path} is valid`);
    return 0;
  }
  const output = new Output(false);
  for (const words of config.error) output.error(words);
  return 1;
}

const streams = [process.stdout, process.stderr];
// Whoever reads along may leave; the balancer stays.
for (const stream of streams) stream.on('error', () => undefined);
const code = await main(process.argv.slice(2));
// On some systems a pipe is written to later, and exiting would cut off what was said last.
await Promise.all(streams.map((stream) => new Promise((resolve) => stream.write('', resolve))));
process.exit(code);

import { HELP, parseCommand } from './cli/arguments.ts';
import { Output } from './cli/output.ts';
import { loadConfig, serve } from './cli/serve.ts';
import { ConfigFile } from './config/config-file.ts';

declare const SWITCHYARD_VERSION: string;

/** `switchyard` on the command line: the engine in plain Node, no Electron. */
async function main(argv: readonly string[]): Promise<number> {
  const command = parseCommand(argv);
  if (!command.ok) {
    new Output(false).error(command.error);
    return 2;
  }
  switch (command.value.kind) {
    case 'help':
      process.stdout.write(HELP);
      return 0;
    case 'version':
      process.stdout.write(`${SWITCHYARD_VERSION}\n`);
      return 0;
    case 'check': {
      const config = await loadConfig(new ConfigFile(command.value.config));
      if (config.ok) process.stdout.write(`${command.value.config} is valid\n`);
      else new Output(false).error(config.error);
      return config.ok ? 0 : 1;
    }
    case 'serve':
      return serve(command.value.config, new Output(command.value.isJson));
  }
}

process.exit(await main(process.argv.slice(2)));

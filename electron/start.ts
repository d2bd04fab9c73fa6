import { commandArguments } from './desktop/command-marker.ts';

const command = commandArguments(process.argv);
if (command) {
  // Electron asks for a display only after its first module has run to the end, and this one ends with the process.
  process.argv.splice(1, Infinity, 'switchyard', ...command);
  await import('./cli.ts');
} else {
  await import('./desktop/main.ts');
}

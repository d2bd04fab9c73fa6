import { resolve } from 'node:path';

/**
 * The arguments as the app gets them: unchanged, but for the config's path, which is made absolute, because npm
 * runs scripts in the project's folder and not where the person stands.
 *
 * @param {readonly string[]} args
 * @param {string} from the folder that the person stands in
 * @returns {string[]}
 */
export function appArguments(args, from) {
  return args.flatMap((argument, at) => {
    if (argument.startsWith('--config=')) return `--config=${resolve(from, argument.slice(9))}`;
    const isPath = args[at - 1] === '--config' || args[at - 1] === '-c';
    if (isPath && !argument.startsWith('--')) return resolve(from, argument);
    return argument === '-c' ? '--config' : argument;
  });
}

/**
 * The same without a window: with no config of its own it shows the demo, as the window would.
 *
 * @param {readonly string[]} args
 * @returns {string[]} for the command line
 */
export function headlessArguments(args) {
  const names = args.some((one) => one === '--config' || one.startsWith('--config=') || one === '--demo');
  return ['serve', ...(names ? [] : ['--demo']), ...args];
}

/**
 * Where the person stands. npm tells it, but only to the script that it runs itself: a process further down
 * inherits the variable and has moved on since.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} workingFolder
 */
export function startedFrom(env, workingFolder) {
  return (env['npm_lifecycle_event'] === 'start' && env['INIT_CWD']) || workingFolder;
}

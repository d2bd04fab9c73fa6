import { spawn } from 'node:child_process';

/** The environment variable in which `npm run dev` names the command that starts the app: a JSON array. */
export const DEV_COMMAND = 'SWITCHYARD_DEV_COMMAND';

/** The app that `npm run dev` shows. The development server starts it again after each build of main or the worker. */
export class DevApp {
  /** @type {import('node:child_process').ChildProcess | null} */
  #app = null;
  /** @type {Promise<void>} */
  #turn = Promise.resolve();
  #isWaiting = false;
  #endsWithServer = false;

  /** Ends the running app and starts the new build. Calls that come while one waits need no start of their own. */
  restart() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#turn = this.#turn.then(async () => {
      await this.#end();
      this.#isWaiting = false;
      this.#start();
    });
  }

  #start() {
    const command = process.env[DEV_COMMAND];
    if (!command) throw new Error('Start the development server with "npm run dev".');
    const [binary, ...args] = JSON.parse(command);
    // Editors built on Electron hand this variable to their terminals; with it, Electron opens no window.
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    const app = spawn(binary, args, { stdio: 'inherit', env });
    this.#app = app;
    app.on('error', (error) => {
      console.error(`${binary} does not start: ${error.message}`);
      process.exit(1);
    });
    // The app was closed, and the server ends with it. A restart clears the handle first.
    app.on('exit', (code) => {
      if (this.#app === app) process.exit(code ?? 1);
    });
    this.#endWithServer();
  }

  /** Passes on what ends the development server. */
  #endWithServer() {
    if (this.#endsWithServer) return;
    this.#endsWithServer = true;
    process.on('exit', () => this.#app?.kill());
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, () => this.#app?.kill(signal));
  }

  /** Waits for its end: only one app may use the profile. */
  async #end() {
    const app = this.#app;
    this.#app = null;
    if (!app || app.exitCode !== null || app.signalCode !== null) return;
    await new Promise((resolve) => {
      app.once('exit', resolve);
      app.kill();
    });
  }
}

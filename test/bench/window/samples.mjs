/**
 * @typedef {object} Sample
 * @property {number} atSeconds on no clock in particular
 * @property {number} mainMb resident memory of the main process, the engine's thread in it
 * @property {number} windowMb that of the renderer
 * @property {number} cpuSeconds of all processes since they started
 * @property {number} bytesSent to the window since counting began
 */

/**
 * From now on what goes to the window is counted, in the form in which it goes.
 *
 * @param {import('playwright').ElectronApplication} app
 */
export function startCounting(app) {
  return app.evaluate(({ BrowserWindow }) => {
    const { serialize } = process.getBuiltinModule('node:v8');
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) throw new Error('there is no window');
    const send = contents.send.bind(contents);
    Reflect.set(globalThis, 'bytesSent', 0);
    contents.send = (channel, ...payload) => {
      Reflect.set(globalThis, 'bytesSent', Reflect.get(globalThis, 'bytesSent') + serialize(payload).length);
      send(channel, ...payload);
    };
  });
}

/**
 * @param {import('playwright').ElectronApplication} app
 * @returns {Promise<Sample>}
 */
export function sample(app) {
  return app.evaluate(({ app: electron }) => {
    const metrics = electron.getAppMetrics();
    const residentMb = (/** @type {string} */ type) =>
      (metrics.find((one) => one.type === type)?.memory.workingSetSize ?? Number.NaN) / 1_024;
    return {
      atSeconds: performance.now() / 1_000,
      mainMb: residentMb('Browser'),
      windowMb: residentMb('Tab'),
      cpuSeconds: metrics.reduce((sum, { cpu }) => sum + (cpu.cumulativeCPUUsage ?? Number.NaN), 0),
      bytesSent: Number(Reflect.get(globalThis, 'bytesSent') ?? 0),
    };
  });
}

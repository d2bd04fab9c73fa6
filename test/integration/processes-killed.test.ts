import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../electron/engine/balancing/seeded-random.ts';
import { killHard, processesWith } from '../support/processes.ts';
import { hurriedClock, SERVICE_COMMAND, Supervised } from '../support/supervised.ts';
import { until } from '../support/until.ts';

const KILLS = 50;
const INSTANCES = 4;
const NAMES = Array.from({ length: INSTANCES }, (_, index) => `users-${index + 1}`);

describe('fifty kills', () => {
  it('leave neither a process nor a port behind', async () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    const random = seededRandom(seed);
    const run = new Supervised(hurriedClock(100));
    run.supervisor.apply([run.spec({ instances: INSTANCES, command: `${SERVICE_COMMAND} & wait` })]);
    const allRun = () => run.states().every((state) => state.endsWith('running'));
    try {
      await until('all run', allRun, 10_000);
      const ports = new Set(run.supervisor.instances.map(({ instance }) => instance.port));
      for (let kill = 0; kill < KILLS; kill++) {
        const name = NAMES[Math.floor(random() * INSTANCES)] ?? '';
        const instance = run.instance(name);
        const isStarting = random() < 0.3;
        // A kill in the middle of a start, too.
        if (!isStarting) await until(`${name} runs`, () => instance.state.kind === 'running', 10_000);
        const { pid } = instance;
        if (isStarting || random() < 0.5) instance.kill();
        else killHard(pid);
        await until(`${name} has ended`, () => instance.pid !== pid, 10_000);
      }
      await until('all run again', allRun, 20_000);
      // A shell and the service for each, and nothing of the dead.
      await until('only those that run are there', () => processesWith(run.mark).length === 2 * INSTANCES);
      for (const { instance } of run.supervisor.instances) expect(ports).toContain(instance.port);
      for (const name of NAMES) expect(await run.hear(name)).toBe(`instance ${name.slice(-1)}\n`);
      await run.supervisor.stop();
      await until('nobody is left', () => processesWith(run.mark).length === 0);
    } catch (error) {
      throw new Error(`with SEED=${seed}`, { cause: error });
    } finally {
      await run.supervisor.stop();
    }
  });
});

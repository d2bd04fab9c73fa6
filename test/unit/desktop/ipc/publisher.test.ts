import { describe, expect, it } from 'vitest';
import { WindowPublisher } from '../../../../electron/desktop/ipc/publisher.ts';
import type { Batch, Snapshot } from '../../../../shared/view/snapshot.ts';

const TUNNELS = { count: 0, newest: [] };
const SNAPSHOT: Snapshot = {
  seq: 1,
  at: 0,
  isRunning: true,
  listeners: [],
  pools: [],
  seconds: [],
  secondsFrom: 0,
  events: [],
  tunnels: TUNNELS,
};
const BATCH: Batch = {
  seq: 2,
  at: 0,
  counters: [],
  standings: [],
  pools: [],
  seconds: [],
  events: [],
  tunnels: TUNNELS,
  log: null,
};

function create(options: { snapshot?: Snapshot | null; isDestroyed?: boolean } = {}) {
  const asked: string[] = [];
  const sent: string[] = [];
  const target = {
    isDestroyed: () => options.isDestroyed ?? false,
    send: (channel: string) => sent.push(channel),
  };
  const engine = {
    watch: async () => {
      asked.push('watch');
      return options.snapshot === undefined ? SNAPSHOT : options.snapshot;
    },
    unwatch: async () => void asked.push('unwatch'),
  };
  return { publisher: new WindowPublisher(() => target, engine), asked, sent };
}

describe('what the window is told', () => {
  it('is one message a batch, and the events in it', () => {
    const { publisher, sent } = create();
    publisher.forward({ push: 'batch', payload: BATCH });
    publisher.forward({ push: 'event', payload: { kind: 'config-applied', summary: '', id: 1, at: 0 } });
    publisher.forward({ push: 'snapshot', payload: SNAPSHOT });
    expect(sent).toEqual(['engine:batch', 'engine:snapshot']);
  });

  it('is nothing once it is gone', () => {
    const { publisher, sent } = create({ isDestroyed: true });
    publisher.send('app:notice', 'hello');
    expect(sent).toEqual([]);
    new WindowPublisher(() => null, { watch: async () => null, unwatch: async () => undefined }).send(
      'app:notice',
      'hello',
    );
  });

  it('stops while it is hidden, and starts over from a snapshot when it is seen again', async () => {
    const { publisher, asked, sent } = create();
    expect(await publisher.watch()).toEqual(SNAPSHOT);
    await publisher.setSeen(false);
    await publisher.setSeen(false);
    expect(asked).toEqual(['watch', 'unwatch']);
    await publisher.setSeen(true);
    await publisher.setSeen(true);
    expect(asked).toEqual(['watch', 'unwatch', 'watch']);
    expect(sent).toEqual(['engine:snapshot']);
  });

  it('does not begin before its page asks for it', async () => {
    const { publisher, asked } = create();
    await publisher.setSeen(false);
    await publisher.setSeen(true);
    expect(asked).toEqual([]);
  });

  it('does not begin while it is hidden', async () => {
    const { publisher, asked } = create();
    await publisher.setSeen(false);
    await publisher.watch();
    expect(asked).toEqual(['watch', 'unwatch']);
  });

  it('waits for the engine when it is away', async () => {
    const { publisher, sent } = create({ snapshot: null });
    expect(await publisher.watch()).toBeNull();
    await publisher.setSeen(false);
    await publisher.setSeen(true);
    expect(sent).toEqual([]);
  });
});

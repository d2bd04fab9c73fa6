import { expect, it, vi } from 'vitest';
import { MenuContext } from '../../../electron/desktop/menu-context.ts';

it('is read by one at a time, and once more for what has happened meanwhile', async () => {
  const waiting: (() => void)[] = [];
  const answers: (() => void)[] = [];
  const onChange = vi.fn();
  const context = new MenuContext({
    read: () => new Promise((resolve) => answers.push(() => resolve(Object({ isSending: false })))),
    onChange,
    clock: {
      now: () => 0,
      after: (_delayMs, run) => {
        waiting.push(run);
        return () => undefined;
      },
    },
  });
  const pass = () => {
    for (const run of waiting.splice(0)) run();
  };
  for (let time = 0; time < 3; time++) {
    context.note();
    context.note();
    pass();
  }
  expect([answers.length, waiting.length]).toEqual([1, 0]);
  answers[0]?.();
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce());
  pass();
  expect(answers.length).toBe(2);
  answers[1]?.();
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2));
  expect(waiting).toEqual([]);
});

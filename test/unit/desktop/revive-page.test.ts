import { expect, it, vi } from 'vitest';
import { revivePage } from '../../../electron/desktop/revive-page.ts';

it('draws a page anew whose process has ended, but not one that ends over and over', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  let now = 0;
  let end = (_reason: string): void => undefined;
  const reload = vi.fn();
  const on = (_event: string, heard: (event: object, details: { reason: string }) => void) => {
    end = (reason) => heard({}, { reason });
  };
  revivePage(Object({ on, reload, isDestroyed: () => false }), () => now);
  end('clean-exit');
  expect(reload).not.toHaveBeenCalled();
  end('oom');
  now += 1_000;
  end('crashed');
  expect(reload).toHaveBeenCalledTimes(1);
  now += 60_000;
  end('crashed');
  expect(reload).toHaveBeenCalledTimes(2);
});

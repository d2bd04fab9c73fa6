import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(() => {
  vi.restoreAllMocks();
  cleanup();
});

it('the window does what it is told also where nothing more can be kept', async () => {
  await openApp(snapshotOf([backend('a')]));
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('QuotaExceededError');
  });
  await userEvent.click(screen.getByRole('button', { name: 'Dark theme' }));
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
});

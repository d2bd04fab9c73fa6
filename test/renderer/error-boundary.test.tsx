import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { ErrorBoundary } from '../../renderer/components/error-boundary.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Broken(): never {
  throw new Error('no such lane');
}

it('says that the window could not be drawn, why, and draws it anew when asked to', async () => {
  // React tells of the error as well.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const reload = vi.fn();
  render(
    <ErrorBoundary onReload={reload}>
      <Broken />
    </ErrorBoundary>,
  );
  screen.getByRole('heading', { name: 'The window could not be drawn' });
  screen.getByText('no such lane');
  await userEvent.click(screen.getByRole('button', { name: 'Draw it anew' }));
  expect(reload).toHaveBeenCalledOnce();
});

it('is not there while all is well', () => {
  render(<ErrorBoundary onReload={() => undefined}>lanes</ErrorBoundary>);
  screen.getByText('lanes');
});

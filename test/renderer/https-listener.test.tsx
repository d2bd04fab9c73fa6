import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { ListenerTls, Snapshot } from '../../shared/view/snapshot.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(cleanup);

const OWN: ListenerTls = {
  isSelfSigned: true,
  certificatePath: '/home/me/.local/share/switchyard/tls/switchyard.pem',
  fingerprint: 'AA:BB',
};

function speaking(tls: ListenerTls | null): Snapshot {
  const plain = snapshotOf([backend('a')]);
  const url = tls ? 'https://localhost:8080' : 'http://localhost:8080';
  return { ...plain, listeners: plain.listeners.map((listener) => ({ ...listener, url, tls })) };
}

async function openListener(tls: ListenerTls | null) {
  const fake = await openApp(speaking(tls));
  await userEvent.click(screen.getByRole('button', { name: /^Routes of https?:/ }));
  await screen.findByRole('heading', { level: 1, name: /^Routes of/ });
  return fake;
}

it('plain http is switched to https', async () => {
  const fake = await openListener(null);
  expect(screen.getByText('plain http')).toBeDefined();
  const toggle = screen.getByRole('switch', { name: 'https' });
  expect(toggle.getAttribute('aria-checked')).toBe('false');
  await userEvent.click(toggle);
  const edit = { kind: 'set-tls', listener: ':8080', isOn: true };
  expect(fake.calls.findLast(([name]) => name === 'editConfig')?.[1]).toMatchObject({ edit });
});

it('https says whose certificate it is and where it lies, and its path is copied', async () => {
  const fake = await openListener(OWN);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Routes of https://localhost:8080');
  expect(screen.getByText('Certificate by Switchyard:')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Copy the path of the certificate' }));
  expect(fake.calls).toContainEqual(['copy', { text: OWN.certificatePath }]);
  await userEvent.click(screen.getByRole('switch', { name: 'https' }));
  const edit = { kind: 'set-tls', listener: ':8080', isOn: false };
  expect(fake.calls.findLast(([name]) => name === 'editConfig')?.[1]).toMatchObject({ edit });
});

it('which route? takes an address as the listener speaks it, and no other', async () => {
  await openListener({ ...OWN, isSelfSigned: false });
  expect(screen.getByText('Your certificate:')).toBeDefined();
  const field = screen.getByRole('textbox', { name: 'Which route?' });
  await userEvent.type(field, 'https://localhost:8080/x');
  expect(screen.getByRole('status', { name: 'Where it goes' }).textContent).toContain('No route fits');
  await userEvent.clear(field);
  await userEvent.type(field, 'http://localhost:8080/x');
  expect(screen.getByRole('alert').textContent).toBe('This listener answers https, not http.');
});

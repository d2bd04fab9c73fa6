import { afterEach, describe, expect, it } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const pool = { healthCheck: { type: 'off' }, timeouts: { firstByte: '100ms' }, retries: { attempts: 1 } };

async function bodyFrom(url: string, headers: Record<string, string> = {}) {
  const config = oneConfig([{ url, name: 'secret-name' } as never], pool, {
    exposeBackend: false,
    rehearsal: true,
  });
  const engine = await startEngine(config);
  stops.push(() => engine.stop());
  const response = await fetch(engine.url, { headers });
  const [logged] = await engine.engine.exchanges({ limit: 1 });
  return { status: response.status, text: await response.text(), logged };
}

describe('with exposeBackend: false, no error names the backend', () => {
  it.each([
    ['sends no HTTP', (socket: { write(text: string): unknown }) => socket.write('hello\r\n\r\n'), 502],
    ['closes', (socket: { end(): unknown }) => socket.end(), 502],
    ['says nothing', () => undefined, 504],
  ])('that %s', async (_what, onData, status) => {
    const backend = await startRawBackend((socket) => onData(socket));
    stops.push(() => backend.stop());
    const seen = await bodyFrom(backend.url);
    expect(seen.status).toBe(status);
    expect(seen.text).not.toMatch(/127\.0\.0\.1|secret-name/);
    expect(seen.text).toMatch(/[Tt]he backend/);
    expect(seen.logged?.attempts).toMatchObject([{ backend: 'secret-name' }]);
  });

  it.each(['http://127.0.0.1:9', 'http://no-such-host.invalid:9'])(
    'that cannot be reached: %s',
    async (url) => {
      const seen = await bodyFrom(url);
      expect(seen.status).toBeGreaterThanOrEqual(500);
      expect(seen.text).not.toMatch(/127\.0\.0\.1|no-such-host|secret-name/);
    },
  );

  it('when a request asks for one that there is not', async () => {
    const seen = await bodyFrom('http://127.0.0.1:9', { 'X-Switchyard-Backend': 'other' });
    expect(seen.status).toBe(400);
    expect(seen.text).not.toContain('secret-name');
  });
});

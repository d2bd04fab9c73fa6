import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { print, printLine } from '../../../electron/cli/print.ts';
import { statusText } from '../../../electron/cli/status-text.ts';

const ELECTRON = join(import.meta.dirname, '../../../electron');

function written(write: (stream: Writable) => void): string {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  write(stream);
  return text;
}

describe('what the command line writes', () => {
  it('goes through one file, which escapes control characters', () => {
    const sources = ['cli.ts', ...readdirSync(join(ELECTRON, 'cli')).map((name) => join('cli', name))];
    const writers = sources.filter((path) => {
      const text = readFileSync(join(ELECTRON, path), 'utf8');
      return /console\.|process\.std(?:out|err)\.write|stream\.write\((?!'',)/.test(text);
    });
    expect(writers).toEqual([join('cli', 'print.ts')]);
  });

  it('is one line for one fact, whatever is in it', () => {
    expect(written((stream) => printLine(stream, 'a\u001b[2J\nswitchyard: b\u202e'))).toBe(
      'a\\u001b[2J\\u000aswitchyard: b\\u202e\n',
    );
  });

  it('keeps the lines of a text, and no other control character', () => {
    expect(written((stream) => print(stream, 'a\n\tb\r\u009b2J\n'))).toBe('a\n\tb\\u000d\\u009b2J\n');
  });

  it('has no line in the status that a name or a reason has made', () => {
    const backend = {
      name: 'a\nforged',
      admin: 'enabled' as const,
      health: { health: 'down' as const, reason: 'status\u001b[2J\n503' },
      forced: null,
      ejection: null,
      faults: [],
      probes: [],
      counters: { requests: 0, errors: 0, inFlight: 0, latency: null },
    };
    const text = statusText(
      {
        listeners: [{ url: 'http://a\n', defaultPool: 'p\n', state: { kind: 'failed', reason: 'x\n' } }],
        pools: [
          {
            name: 'p\n',
            policy: 'q\n',
            unavailable: 0,
            isTryingAnyway: false,
            triedAnyway: 0,
            backends: [backend],
          },
        ],
      },
      {
        commands: [{ pool: 'p\n', name: 'c', wanted: 1 }],
        instances: [{ pool: 'p\n', name: 'c-1', state: 's\n', reason: 'r\n', port: null, pid: null }],
      },
    );
    expect(text.split('\n')).toHaveLength(9);
    expect(text).toContain('status\\u001b[2J\\u000a503');
  });
});

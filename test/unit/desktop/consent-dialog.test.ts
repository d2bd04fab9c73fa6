import type { BaseWindow, MessageBoxOptions } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConsentDialog } from '../../../electron/desktop/consent-dialog.ts';
import type { AskUser, ConsentRequest } from '../../../electron/desktop/consent-request.ts';
import { NO_REACH } from '../../../electron/services/config/config-reach.ts';

let shown: MessageBoxOptions[];
/** Labels of the buttons that the person presses, one after the other; *Cancel* when there is none. */
let presses: string[];
let ask: AskUser;

beforeEach(() => {
  [shown, presses] = [[], []];
  const showMessageBox = async (first: MessageBoxOptions | BaseWindow, second?: MessageBoxOptions) => {
    const options = (second ?? first) as MessageBoxOptions;
    shown.push(options);
    const press = presses.shift();
    return {
      response: press === undefined ? (options.cancelId ?? -1) : (options.buttons ?? []).indexOf(press),
      checkboxChecked: false,
    };
  };
  ask = createConsentDialog({ dialog: { showMessageBox }, findWindow: () => null, ready: Promise.resolve() });
});

const command = (text: string, changes: object = {}) => ({
  pool: 'p',
  name: 'a',
  command: text,
  instances: 1,
  cwd: '/srv',
  env: {},
  ...changes,
});
const commands = (...list: readonly ReturnType<typeof command>[]): ConsentRequest => ({
  kind: 'commands',
  path: '/srv/shared.json',
  commands: list,
});
const config = (changes: object): ConsentRequest => ({
  kind: 'config',
  occasion: 'opened',
  path: '/srv/shared.json',
  reach: NO_REACH,
  commands: [],
  ...changes,
});
const reach = {
  opens: [{ address: '0.0.0.0:8999', backends: ['http://localhost:3000', 'http://localhost:3001'] }],
  asks: ['http://10.0.0.5'],
  reads: ['/srv/cert.pem'],
};

describe('the question about a config', () => {
  it('says all that it does in one dialog, which says no by itself', async () => {
    expect(
      await ask(config({ reach, commands: [command('npm start', { instances: 3, env: { A: 'b' } })] })),
    ).toBe('no');
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ message: 'Use this config?', defaultId: 0, cancelId: 0 });
    expect(shown[0]?.buttons).toEqual(['Cancel', 'Use Without Commands', 'Use and Run']);
    expect(shown[0]?.detail).toBe(
      [
        '/srv/shared.json',
        '',
        'Opens to the network:',
        '  0.0.0.0:8999 → http://localhost:3000, http://localhost:3001',
        '',
        'Sends requests to other machines:',
        '  http://10.0.0.5',
        '',
        'Reads files:',
        '  /srv/cert.pem',
        '',
        'Runs commands:',
        '  npm start',
        '      in /srv, 3 times',
        '      A=b',
        '',
        'Allow it only if you know where it comes from.',
      ].join('\n'),
    );
  });

  it.each([
    [[], 'no'],
    [['Use Without Commands'], 'yes'],
    [['Use and Run'], 'yes-and-run'],
    [['a button that is not there'], 'no'],
  ])('%j means %s', async (pressed, answer) => {
    presses = [...pressed];
    expect(await ask(config({ commands: [command('npm start')] }))).toBe(answer);
  });

  it('has no button for commands where there are none, and says that the rest is new', async () => {
    presses = ['Use It'];
    expect(await ask(config({ reach, occasion: 'changed-on-disk' }))).toBe('yes');
    expect(shown[0]?.detail).toContain('Sends requests to other machines, new:');
  });
});

describe('what is shown of texts of somebody else', () => {
  it.each([
    ['a line break', 'echo hi\nrm -rf ~', '"echo hi\\nrm -rf ~"'],
    ['a turned direction', 'echo \u202eolleh', '"echo \\u202eolleh"'],
    ['nothing between letters', 'r\u200bm', '"r\\u200bm"'],
    ['an escape', 'echo \u001b[2K', '"echo \\u001b[2K"'],
    ['a filler', 'echo\u3164x', '"echo\\u3164x"'],
    ['letters of tags', 'echo \u{e0072}', '"echo \\udb40\\udc72"'],
  ])('%s is written out', async (_what, text, written) => {
    await ask(commands(command(text), command('true', { cwd: text, env: { [text]: text } })));
    const lines = shown[0]?.detail?.split('\n') ?? [];
    expect(lines).toContain(`  ${written}`);
    expect(lines).toContain(`      in ${written}`);
    expect(lines).toContain(`      ${written}=${written}`);
  });

  it('the path of the config, an address and a host are written out too', async () => {
    const odd = 'a\u202eb';
    await ask(
      config({ path: odd, reach: { opens: [{ address: odd, backends: [odd] }], asks: [odd], reads: [odd] } }),
    );
    expect(shown[0]?.detail).not.toContain('\u202e');
  });

  it('a long command is shown to its end', async () => {
    const text = `echo ${' '.repeat(400)}; curl https://evil.example`;
    await ask(commands(command(text)));
    expect(shown[0]?.detail?.replaceAll('\n', '')).toContain(text);
    const [list = ''] = shown[0]?.detail?.split('\n\nThey run') ?? [];
    expect(Math.max(...list.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90);
  });
});

describe('what is too long for one dialog', () => {
  const many = (count: number) =>
    commands(...Array.from({ length: count }, (_, index) => command(`run-${index}`)));

  it('is shown page by page, and allowed on the last one alone', async () => {
    presses = ['Continue', 'Continue', 'Allow and Run'];
    expect(await ask(many(25))).toBe('yes-and-run');
    expect(shown.map(({ message }) => message)).toEqual(
      [1, 2, 3].map((page) => `Run the commands of this config? (${page} of 3)`),
    );
    const all = shown.map(({ detail }) => detail).join('\n');
    for (let index = 0; index < 25; index++) expect(all).toContain(`  run-${index}\n`);
    expect(shown[0]?.buttons).toEqual(['Cancel', 'Continue']);
  });

  it('is refused on any page', async () => {
    presses = ['Continue'];
    expect(await ask(many(25))).toBe('no');
    expect(shown).toHaveLength(2);
  });

  it('cannot be allowed where nobody would read it', async () => {
    presses = ['OK'];
    expect(await ask(many(2_000))).toBe('no');
    expect(shown).toMatchObject([{ buttons: ['OK'] }]);
  });
});

describe('several questions', () => {
  it('are asked one after the other', async () => {
    let open = 0;
    let most = 0;
    const slow = createConsentDialog({
      dialog: {
        showMessageBox: async () => {
          most = Math.max(most, ++open);
          await new Promise((resolve) => setImmediate(resolve));
          open--;
          return { response: 1, checkboxChecked: false };
        },
      },
      findWindow: () => null,
      ready: Promise.resolve(),
    });
    const requests = ['a', 'b', 'c'].map((text) => slow(commands(command(text))));
    expect(await Promise.all(requests)).toEqual(Array(3).fill('yes-and-run'));
    expect(most).toBe(1);
  });

  it('that are the same have one dialog and one answer', async () => {
    presses = ['Allow and Run'];
    const request = commands(command('a'));
    expect(await Promise.all([ask(request), ask(request), ask(request)])).toEqual(
      Array(3).fill('yes-and-run'),
    );
    expect(shown).toHaveLength(1);
    expect(await ask(request)).toBe('no');
  });

  it('go on after one that could not be shown', async () => {
    let isBroken = true;
    const fragile = createConsentDialog({
      dialog: {
        showMessageBox: async () => {
          if (isBroken) throw new Error('no display');
          return { response: 1, checkboxChecked: false };
        },
      },
      findWindow: () => null,
      ready: Promise.resolve(),
    });
    await expect(fragile({ kind: 'launch-at-login' })).rejects.toThrow('no display');
    isBroken = false;
    expect(await fragile({ kind: 'launch-at-login' })).toBe('yes');
  });
});

it('a question waits until there is a window that it can be asked in front of', async () => {
  let settle = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    settle = resolve;
  });
  let count = 0;
  const showMessageBox = async () => {
    count++;
    return { response: 1, checkboxChecked: false };
  };
  const waiting = createConsentDialog({ dialog: { showMessageBox }, findWindow: () => null, ready });
  const answer = waiting({ kind: 'launch-at-login' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(count).toBe(0);
  settle();
  expect(await answer).toBe('yes');
});

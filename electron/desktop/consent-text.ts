import type { CommandToAllow } from '../../shared/config/config-document.ts';
import { showText } from '../../shared/text/command-text.ts';
import type { ConfigReach } from '../services/config/config-reach.ts';
import type { ConfigRequest, ConsentAnswer, ConsentRequest } from './consent-request.ts';

/** A question as a dialog shows it. All texts of somebody else in it have their hidden characters written out. */
export interface ConsentText {
  readonly message: string;
  /** One after the other, where it is too much for one dialog. */
  readonly pages: readonly string[];
  /** On the last page, beside *Cancel*. */
  readonly choices: readonly { readonly label: string; readonly answer: ConsentAnswer }[];
}

/** Systems wrap long lines, each in its own way; this keeps the count of lines near to what is shown. */
const LINE_LETTERS = 90;
/** A dialog that is taller hides its buttons on a small screen. */
const PAGE_LINES = 22;
/** Nobody reads more than this before they say yes. */
const MOST_PAGES = 20;

const CAREFUL = 'Allow it only if you know where it comes from.';

/** @returns null for what is too much to be shown, and so to be allowed */
export function consentText(request: ConsentRequest): ConsentText | null {
  switch (request.kind) {
    case 'config':
      return configText(request);
    case 'commands':
      return inPages({
        message: 'Run the commands of this config?',
        lines: [...pathLines(request.path), ...commandLines(request.commands)],
        end: [
          'They run on this machine with your rights. Switchyard remembers each command, its folder and its variables. The files that they call may change.',
          CAREFUL,
        ],
        choices: [{ label: 'Allow and Run', answer: 'yes-and-run' }],
      });
    case 'control-api':
      return inPages({
        message: 'Turn the control API on?',
        lines: [
          `Programs on this machine that have its token can then see and change everything in Switchyard, at ${showText(request.address)}.`,
        ],
        end: ['Other machines and web pages cannot.'],
        choices: [{ label: 'Turn On', answer: 'yes' }],
      });
    case 'launch-at-login':
      return inPages({
        message: 'Start Switchyard when you log in?',
        lines: ['It then balances what its config says, and runs the commands that you have allowed.'],
        end: [],
        choices: [{ label: 'Start at Login', answer: 'yes' }],
      });
  }
}

const MESSAGES: Readonly<Record<ConfigRequest['occasion'], string>> = {
  opened: 'Use this config?',
  'changed-on-disk': 'The open config was changed on disk. Use it as it is now?',
  edited: 'Let other machines in?',
};

function configText({ occasion, path, reach, commands }: ConfigRequest): ConsentText | null {
  const hasCommands = commands.length > 0;
  return inPages({
    message: MESSAGES[occasion],
    lines: [...pathLines(path), ...reachLines(reach, occasion !== 'opened'), ...commandLines(commands)],
    end: [occasion === 'edited' ? 'Other machines can then send requests to these backends.' : CAREFUL],
    choices: hasCommands
      ? [
          { label: 'Use Without Commands', answer: 'yes' },
          { label: 'Use and Run', answer: 'yes-and-run' },
        ]
      : [{ label: occasion === 'edited' ? 'Allow' : 'Use It', answer: 'yes' }],
  });
}

function pathLines(path: string | null): readonly string[] {
  return path === null ? [] : [showText(path), ''];
}

function reachLines({ opens, asks, reads }: ConfigReach, isNew: boolean): readonly string[] {
  const title = (words: string) => `${words}${isNew ? ', new' : ''}:`;
  return [
    ...section(
      title('Opens to the network'),
      opens.map(
        ({ address, backends }) =>
          `${showText(address)} → ${backends.map(showText).join(', ') || 'no backend'}`,
      ),
    ),
    ...section(title('Sends requests to other machines'), asks.map(showText)),
    ...section(title('Reads files'), reads.map(showText)),
  ];
}

function commandLines(commands: readonly CommandToAllow[]): readonly string[] {
  return section(
    'Runs commands:',
    commands.flatMap(({ command, cwd, env, instances }) => [
      showText(command),
      `    in ${showText(cwd)}${instances === 1 ? '' : `, ${instances} times`}`,
      ...Object.entries(env).map(([name, value]) => `    ${showText(name)}=${showText(value)}`),
    ]),
  );
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
}

interface Written extends Pick<ConsentText, 'message' | 'choices'> {
  readonly lines: readonly string[];
  /** Behind them, on the last page. */
  readonly end: readonly string[];
}

function inPages({ message, choices, lines, end }: Written): ConsentText | null {
  const short = lines.flatMap(cut);
  const count = Math.max(1, Math.ceil(short.length / PAGE_LINES));
  if (count > MOST_PAGES) return null;
  const pages = Array.from({ length: count }, (_, index) =>
    short
      .slice(index * PAGE_LINES, (index + 1) * PAGE_LINES)
      .join('\n')
      .trimEnd(),
  );
  const last = pages.length - 1;
  const whole = [pages[last], ...end].filter(Boolean).join('\n\n');
  return { message, choices, pages: [...pages.slice(0, last), whole] };
}

/** On as many lines as it takes, so that nothing of it can be out of sight. */
function cut(line: string): readonly string[] {
  const letters = [...line];
  if (letters.length <= LINE_LETTERS) return [line];
  const parts: string[] = [];
  for (let at = 0; at < letters.length; at += LINE_LETTERS)
    parts.push(letters.slice(at, at + LINE_LETTERS).join(''));
  return parts;
}

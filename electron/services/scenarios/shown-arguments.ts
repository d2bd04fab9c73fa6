import { isSensitive, REDACTED, redact, redactUrl } from '../../../shared/text/sensitive-headers.ts';

/** The arguments of a command with what is secret of them taken out, as far as names tell: a report is passed on. */
export function shownArguments(argv: readonly string[]): readonly string[] {
  return argv.map((argument, at) => shownValue(argv[at - 1] ?? '', argument) ?? shown(argument));
}

/** What is shown of the value of the option before it; null for an argument of its own. */
function shownValue(option: string, argument: string): string | null {
  if (argument.startsWith('-')) return null;
  const name = /^--?([\w-]+)$/.exec(option)?.[1] ?? '';
  if (isSensitive(name)) return REDACTED;
  // As curl and many others have it: `-u anna:secret`.
  return /^(?:u|user)$/.test(name) ? argument.replace(/:.*/s, `:${REDACTED}`) : null;
}

/** `--token=x`, `PASSWORD=x`, `Authorization: Bearer x`, a URL with a password or a key in it. */
function shown(argument: string): string {
  const [, name = '', header = ''] = /^(?:-{0,2}([\w.-]+)=|(?:-H)?([\w-]+):\s)/.exec(argument) ?? [];
  if (isSensitive(name)) return `${argument.slice(0, argument.indexOf('=') + 1)}${REDACTED}`;
  if (header !== '') {
    const at = argument.indexOf(':') + 1;
    const field = { name: header, value: argument.slice(at).trim() };
    return `${argument.slice(0, at)} ${redact(field, REDACTED).value}`;
  }
  return redactUrl(argument, REDACTED).replace(/(:\/\/[^\s/:@]*):[^\s/@]*@/, `$1:${REDACTED}@`);
}

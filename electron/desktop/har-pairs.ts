import type { HeaderField, MessageHead } from '../../shared/view/message-head.ts';
import type { HarCookie } from './har-format.ts';

/** The names and values after the question mark, unescaped where they can be. */
export function queryOf(target: string): readonly HeaderField[] {
  const at = target.indexOf('?');
  if (at === -1) return [];
  return target
    .slice(at + 1)
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name, value] = parted(pair);
      return { name: unescaped(name), value: unescaped(value) };
    });
}

export function requestCookies({ fields }: MessageHead): readonly HarCookie[] {
  return fields
    .filter(({ name }) => name.toLowerCase() === 'cookie')
    .flatMap(({ value }) => value.split(';'))
    .filter((pair) => pair.includes('='))
    .map((pair) => {
      const [name, value] = parted(pair);
      return { name: name.trim(), value: value.trim() };
    });
}

export function responseCookies({ fields }: MessageHead): readonly HarCookie[] {
  return fields
    .filter(({ name }) => name.toLowerCase() === 'set-cookie')
    .map(({ value }) => setCookie(value));
}

function setCookie(text: string): HarCookie {
  const [first = '', ...attributes] = text.split(';');
  const [name, value] = parted(first);
  const said = new Map(
    attributes.map((one) => {
      const [key, of] = parted(one);
      return [key.trim().toLowerCase(), of.trim()] as const;
    }),
  );
  const path = said.get('path');
  const domain = said.get('domain');
  return {
    name: name.trim(),
    value: value.trim(),
    ...(path !== undefined && { path }),
    ...(domain !== undefined && { domain }),
    httpOnly: said.has('httponly'),
    secure: said.has('secure'),
  };
}

function parted(pair: string): readonly [string, string] {
  const at = pair.indexOf('=');
  return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

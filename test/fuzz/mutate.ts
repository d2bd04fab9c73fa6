const NASTY = [
  '\r',
  '\n',
  '\r\n',
  '\0',
  ' ',
  '\t',
  ':',
  ',',
  ';',
  '0',
  'ffffffff',
  '-1',
  '\x7f',
  '\xff',
  'chunked',
  'HTTP/1.1',
  '\r\n\r\n',
];
const LINES = [
  'Content-Length: 5\r\n',
  'Content-Length: 6\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: identity\r\n',
  'Connection: close\r\n',
  'Connection: upgrade\r\nUpgrade: websocket\r\n',
  'Expect: 100-continue\r\n',
  ' folded\r\n',
  'Host: other\r\n',
];

/** A message with one to four things done to it: bytes put in, taken out, doubled or changed, lines put in. */
export function mutate(message: string, random: () => number): string {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  let text = message;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    const at = Math.floor(random() * (text.length + 1));
    const length = Math.floor(random() * 8);
    switch (Math.floor(random() * 5)) {
      case 0:
        text = text.slice(0, at) + (pick(NASTY) ?? '') + text.slice(at);
        break;
      case 1:
        text = text.slice(0, at) + text.slice(at + length);
        break;
      case 2:
        text = text.slice(0, at + length) + text.slice(at);
        break;
      case 3:
        text = text.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(at + 1);
        break;
      default: {
        const line = text.indexOf('\r\n') + 2;
        text = text.slice(0, line) + (pick(LINES) ?? '') + text.slice(line);
      }
    }
  }
  return text;
}

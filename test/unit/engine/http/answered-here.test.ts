import { expect, it } from 'vitest';
import { answeredHere } from '../../../../electron/engine/http/client/answered-here.ts';
import { LoopMark } from '../../../../electron/engine/http/client/loop-mark.ts';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { parseRequestHead } from '../../../../electron/engine/http/message/request-head.ts';

function head(lines: string) {
  const parsed = parseRequestHead(`GET / HTTP/1.1\r\nHost: x\r\n${lines}`, { target: 100, headers: 10 });
  if (parsed instanceof Malformed) throw new Error(parsed.words);
  return parsed;
}

it('a request that this engine has marked before is a loop, wherever its mark stands', () => {
  const mark = new LoopMark();
  const line = mark.line;
  for (const lines of [line, `CDN-Loop: other\r\n${line}`, `${line}CDN-Loop: other; x=1\r\n`]) {
    expect(answeredHere(head(lines), false, mark, undefined)).toMatchObject({ status: 508 });
  }
});

it('a request that another Switchyard has marked is none', () => {
  expect(answeredHere(head(new LoopMark().line), false, new LoopMark(), undefined)).toBeNull();
});

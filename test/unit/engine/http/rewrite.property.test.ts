import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ForwardedLines } from '../../../../electron/engine/http/message/forwarded-lines.ts';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { parseRequestHead } from '../../../../electron/engine/http/message/request-head.ts';
import { parseResponseHead } from '../../../../electron/engine/http/message/response-head.ts';
import {
  hasUnexpectedBody,
  rewriteRequest,
} from '../../../../electron/engine/http/message/rewrite-request.ts';
import {
  rewriteInterim,
  rewriteResponse,
} from '../../../../electron/engine/http/message/rewrite-response.ts';
import { type Origin, parseOrigin } from '../../../../shared/config/origin.ts';
import { body, lines, plainFields, target, token } from '../../../support/http-arbitraries.ts';
import { runs } from '../../../support/property.ts';
import { nodesAnswer, nodesRequest, ourAnswer, ourRequest } from '../../../support/readings.ts';

/** Fields that end at the hop they were sent over (RFC 9110 section 7.6.1, and older practice). */
const HOP_BY_HOP = ['keep-alive', 'proxy-connection', 'proxy-authenticate'];
const HOP = {
  client: {
    address: '127.0.0.1',
    isTrusted: true,
    proto: 'http',
    forwardedLines: new ForwardedLines('127.0.0.1', 'http'),
  },
  listener: { forwarded: false, via: false, rehearsal: false },
  pool: { hostHeader: 'preserve' },
  route: null,
  upgrade: null,
  closes: false,
  loopLine: '',
} as const;

const cased = (name: string) => fc.constantFrom(name, name.toLowerCase(), name.toUpperCase());
const hopField = fc.oneof(
  fc.tuple(
    cased('Connection'),
    fc.constantFrom('close', 'keep-alive', 'Q-a, Q-A', 'upgrade', 'TE, Q-0', ', ,', ''),
  ),
  fc.tuple(cased('Keep-Alive'), fc.constantFrom('timeout=5', '')),
  fc.tuple(cased('Proxy-Connection'), fc.constant('keep-alive')),
  fc.tuple(cased('Proxy-Authorization'), fc.constant('Basic x')),
  fc.tuple(cased('Proxy-Authenticate'), fc.constant('Basic')),
  fc.tuple(cased('TE'), fc.constantFrom('trailers', 'gzip;q=0.5, trailers', '')),
  fc.tuple(cased('Upgrade'), fc.constantFrom('websocket', 'h2c')),
  fc.tuple(cased('Trailer'), fc.constant('Q-a')),
  fc.tuple(cased('X-Forwarded-For'), fc.constantFrom('10.0.0.1', '')),
  fc.tuple(cased('X-Forwarded-Host'), fc.constant('other')),
  fc.tuple(fc.constantFrom('Q-a', 'q-A', 'Q-0'), fc.constant('named by Connection, now and then')),
);
const mixed = fc
  .tuple(fc.array(hopField, { maxLength: 6 }), plainFields)
  .chain(([hops, plain]) => {
    const pairs = plain.flatMap((name, at) => (at % 2 === 0 ? [[name, plain[at + 1] ?? '']] : []));
    return fc.shuffledSubarray([...hops, ...pairs], { minLength: hops.length + pairs.length });
  })
  .map((pairs) => pairs.flat());

function origin(url: string): Origin {
  const parsed = parseOrigin(url);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}
const ORIGINS = [origin('http://localhost:5001'), origin('http://[::1]:80/base/path')];

/** The values of a field, its name in any case. */
function valuesOf(fields: readonly string[], name: string): string[] {
  return fields.filter((_, at) => at % 2 === 1 && fields[at - 1]?.toLowerCase() === name);
}

/** The lines nobody but the two ends may touch, in order. */
const ends = (fields: readonly string[], named: readonly string[]) =>
  fields.filter((_, at) => {
    const name = (fields[at - (at % 2)] ?? '').toLowerCase();
    return name.startsWith('q-') && !named.includes(name);
  });

it('a rewritten request keeps what is the ends’ business, drops what is the hop’s, and parses', async () => {
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'DELETE'),
    path: fc.oneof(
      target,
      target.map((path) => `http://abs.test:82${path}`),
      fc.constant('http://abs.test?q'),
    ),
    isHttp10: fc.boolean(),
    hasHost: fc.boolean(),
    fields: mixed,
    sent: body,
    hostAt: fc.nat(20),
    to: fc.constantFrom(...ORIGINS),
  });
  let rewritten = 0;
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, isHttp10, hasHost, fields, sent, hostAt, to }) => {
      const all = [...fields, ...sent.declares];
      if (hasHost) all.splice(Math.min(hostAt * 2, all.length), 0, 'Host', 'h.test');
      const text = `${method} ${path} HTTP/1.${isHttp10 ? 0 : 1}\r\n${lines(all)}`;
      const head = parseRequestHead(text, { target: 8_192, headers: 100 });
      if (head instanceof Malformed) return;
      rewritten++;
      const wire = Buffer.from(
        `${rewriteRequest(head, to, { ...HOP, upgrade: head.upgrade, closes: hasUnexpectedBody(head) })}${sent.wire}`,
        'latin1',
      );
      const read = ourRequest(wire);
      expect(read?.taken, wire.toString('latin1')).toBe(wire.length);
      expect(await nodesRequest(wire)).toEqual(read?.reading);
      const out = read?.reading.fields ?? [];
      expect(read?.reading).toMatchObject({ method, body: sent.payload, trailers: sent.trailers });
      expect(read?.reading.target).toBe(head.target === '*' ? '*' : to.basePath + head.target);
      expect(valuesOf(out, 'host')).toEqual([head.host === '' ? to.authority : head.host]);
      for (const name of [...HOP_BY_HOP, 'proxy-authorization']) expect(valuesOf(out, name)).toEqual([]);
      const connection = valuesOf(out, 'connection');
      expect([[], ['TE'], ['Upgrade'], ['close'], ['close, TE']]).toContainEqual(connection);
      const mustClose = hasUnexpectedBody(head) && head.upgrade === null;
      expect(connection[0]?.startsWith('close') ?? false).toBe(mustClose);
      expect(valuesOf(out, 'te')).toEqual(connection[0]?.endsWith('TE') ? ['trailers'] : []);
      expect(valuesOf(out, 'upgrade')).toHaveLength(connection[0] === 'Upgrade' ? 1 : 0);
      const forwarded = valuesOf(out, 'x-forwarded-for');
      expect(forwarded).toEqual([
        [...valuesOf(all, 'x-forwarded-for').filter((value) => value !== ''), '127.0.0.1'].join(', '),
      ]);
      expect(ends(out, [])).toEqual(ends(all, [...head.connectionOptions]));
    }),
    runs(1_500),
  );
  if (process.env['FC_PATH'] === undefined) expect(rewritten).toBeGreaterThan(500);
});

it('a rewritten answer is one answer to Node, whatever the hop before it said', async () => {
  const answer = fc.record({
    status: fc.constantFrom(200, 204, 206, 302, 304, 404, 426, 500),
    method: fc.constantFrom('GET', 'HEAD', 'POST'),
    isPersistent: fc.boolean(),
    exposedBackend: fc.constantFrom(null, 'http://localhost:5001'),
    fields: mixed,
    sent: body,
    reason: token,
  });
  await fc.assert(
    fc.asyncProperty(
      answer,
      async ({ status, method, isPersistent, exposedBackend, fields, sent, reason }) => {
        const all = [...fields, ...sent.declares];
        const head = parseResponseHead(`HTTP/1.1 ${status} ${reason}\r\n${lines(all)}`, method, 512);
        if (head instanceof Malformed) throw new Error(head.words);
        const isUntilClose = head.framing.kind === 'until-close';
        const framing = isUntilClose ? { kind: 'chunked' as const } : head.framing;
        const hop = {
          isHttp10Client: false,
          exposedBackend,
          setCookie: null,
          mapBack: null,
          via: false,
          edits: null,
          date: 'now',
        };
        const text = rewriteResponse(head, { framing, isPersistent, ...hop });
        const hasBody = framing.kind !== 'none';
        const content = isUntilClose ? '3\r\nabc\r\n0\r\n\r\n' : hasBody ? sent.wire : '';
        const wire = Buffer.from(text + content, 'latin1');
        const read = ourAnswer(wire, method);
        expect(read?.taken, text).toBe(wire.length);
        expect(await nodesAnswer(wire, method)).toEqual(read?.reading);
        const out = read?.reading.fields ?? [];
        for (const name of [...HOP_BY_HOP, 'te']) expect(valuesOf(out, name)).toEqual([]);
        if (status !== 426) expect(valuesOf(out, 'connection')).toEqual(isPersistent ? [] : ['close']);
        expect(ends(out, [])).toEqual(ends(all, [...head.connectionOptions]));
      },
    ),
    runs(1_500),
  );
});

it('an interim answer is passed on without what ends at this hop', () => {
  fc.assert(
    fc.property(fc.constantFrom(100, 102, 103), mixed, (status, fields) => {
      const head = parseResponseHead(`HTTP/1.1 ${status} Wait\r\n${lines(fields)}`, 'GET', 512);
      if (head instanceof Malformed) throw new Error(head.words);
      const again = parseResponseHead(rewriteInterim(head, null).slice(0, -2), 'GET', 512);
      if (again instanceof Malformed) throw new Error(again.words);
      for (const name of [...HOP_BY_HOP, 'connection', 'te', 'upgrade'])
        expect(valuesOf(again.fields, name)).toEqual([]);
      expect(ends(again.fields, [])).toEqual(ends(fields, [...head.connectionOptions]));
    }),
    runs(500),
  );
});

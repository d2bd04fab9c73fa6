import fc from 'fast-check';

/** A body as its sender wrote it, and what its reader should make of it. */
export interface BodyModel {
  /** Header lines that declare it: name, value. */
  readonly declares: readonly string[];
  readonly wire: string;
  readonly payload: string;
  readonly trailers: readonly string[];
}

/** A message in parts; `fields` as name, value, name, value. */
export interface MessageModel {
  readonly startLine: string;
  readonly fields: readonly string[];
  readonly body: BodyModel;
}

const text = (characters: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });

export const token = text("aAzZ09-_.!#$%&'*+^`|~", 1, 8);
/** No name the wire knows starts like this one. */
const fieldName = token.map((end) => `Q-${end}`);
/** Blanks inside stay, blanks around do not belong to the value. */
const fieldValue = text('ab, ;:="\\\t/\xe9\xff', 0, 14).map((value) => value.replace(/^[ \t]+|[ \t]+$/g, ''));
export const plainFields = fc
  .array(fc.tuple(fieldName, fieldValue), { maxLength: 6 })
  .map((all) => all.flat());
export const target = text('ab/?%2&=|{}^"~\'.', 0, 20).map((end) => `/${end}`);

const payload = text('ab0\r\n\0:;\xff', 0, 40);
const NO_BODY: BodyModel = { declares: [], wire: '', payload: '', trailers: [] };

const lengthBody = fc.tuple(payload, fc.nat(3)).map(
  ([wire, zeros]): BodyModel => ({
    declares: ['Content-Length', `${'0'.repeat(zeros)}${wire.length}`],
    wire,
    payload: wire,
    trailers: [],
  }),
);

const chunk = fc.record({
  data: text('ab0\r\n\0;\xff', 1, 30),
  zeros: fc.nat(3),
  isUpper: fc.boolean(),
  extension: fc.constantFrom('', '', ';a', ';a=b', ';a="b c"'),
});

const chunkedBody = fc
  .tuple(fc.array(chunk, { maxLength: 5 }), plainFields)
  .map(([chunks, trailers]): BodyModel => {
    const wire = chunks.map(({ data, zeros, isUpper, extension }) => {
      const digits = data.length.toString(16);
      const size = '0'.repeat(zeros) + (isUpper ? digits.toUpperCase() : digits);
      return `${size}${extension}\r\n${data}\r\n`;
    });
    return {
      declares: ['Transfer-Encoding', 'chunked'],
      wire: `${wire.join('')}0\r\n${lines(trailers)}\r\n`,
      payload: chunks.map(({ data }) => data).join(''),
      trailers,
    };
  });

export const body = fc.oneof(fc.constant(NO_BODY), lengthBody, chunkedBody);

/** Requests that every strict parser takes. Methods are those Node knows. */
export const requestModel = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
    target,
    fields: plainFields,
    body,
  })
  .map(
    ({ method, target: path, fields, body: sent }): MessageModel => ({
      startLine: `${method} ${path} HTTP/1.1`,
      fields: ['Host', 'h.test:81', ...fields, ...sent.declares],
      body: sent,
    }),
  );

const reason = text('aZ -\t\xe9', 0, 10);
/** Answers to a GET whose end is their own: with a length, or chunked. */
export const answerModel = fc
  .record({
    status: fc.constantFrom(200, 201, 202, 206, 299, 301, 404, 418, 500, 503, 599),
    reason,
    fields: plainFields,
    body: fc.oneof(lengthBody, chunkedBody),
  })
  .map(
    ({ status, reason: words, fields, body: sent }): MessageModel => ({
      startLine: `HTTP/1.1 ${status} ${words}`,
      fields: [...fields, ...sent.declares],
      body: sent,
    }),
  );

/** Blanks a sender may put around a value (RFC 9112 section 5.1). */
export const padding = fc.tuple(fc.constantFrom('', ' ', '\t', ' \t '), fc.constantFrom('', ' ', '\t '));

export function lines(
  fields: readonly string[],
  [before, after]: readonly [string, string] = [' ', ''],
): string {
  let written = '';
  for (let at = 0; at < fields.length; at += 2)
    written += `${fields[at]}:${before}${fields[at + 1]}${after}\r\n`;
  return written;
}

/** Up to the empty line, which is left out, as the parsers want it. */
export const headText = (model: MessageModel, around?: readonly [string, string]) =>
  `${model.startLine}\r\n${lines(model.fields, around)}`;

export const wireText = (model: MessageModel) => `${headText(model)}\r\n${model.body.wire}`;

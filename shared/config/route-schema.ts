import { z } from 'zod';

const says = (sentence: string) => ({ error: sentence });

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What frames a message, ends at this hop or is written by the balancer itself. */
const RESERVED = new Set([
  'cdn-loop',
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]);

const headerName = z
  .string(says('must be the name of a header, such as "X-Team"'))
  .regex(TOKEN, says('must be the name of a header, such as "X-Team"'))
  .refine(
    // Servers read X_Forwarded_For as X-Forwarded-For.
    (name) => !RESERVED.has(name.toLowerCase().replace(/[^0-9a-z]/g, '-')),
    says('is written by the balancer itself; leave it out'),
  );

const headerEdits = (whose: string) =>
  z
    .strictObject(
      {
        set: z
          .record(
            headerName,
            z
              .string(says('must be text'))
              .regex(/^[\t\x20-\x7e\x80-\xff]*$/, says('must be one line of Latin-1 text')),
            says('must be an object such as { "X-Team": "users" }'),
          )
          .default({})
          .meta({ description: 'Headers with these values, in place of those of the same name.' }),
        remove: z
          .array(headerName, says('must be a list such as ["Cookie"]'))
          .default([])
          .meta({ description: 'Headers that are taken off.' }),
      },
      says('must be an object with "set" or "remove"'),
    )
    .meta({ description: `What is changed in the headers of ${whose}.` });

const host = z
  .string(says('must be a host such as "users.localhost"'))
  .regex(
    /^(\*\.)?([A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]+$/,
    says('must be a host without a port, such as "users.localhost" or "*.example.localhost"'),
  )
  .transform((text) => text.toLowerCase())
  .meta({
    description:
      'Which Host it is for: a name, or "*." and a name for all below it; every host when left out.',
  });

const pathWords = 'must be a path that starts with "/", such as "/users"';
const path = z.string(says(pathWords)).regex(/^\/[\x21\x22\x24-\x3e\x40-\x7e]*$/, says(pathWords));

const redirectTo = z
  .string(says('must be a path or a URL, such as "/new" or "https://example.com"'))
  .regex(
    /^(\/|https?:\/\/)[\x21-\x22\x24-\x7e]*$/,
    says('must be a path or a URL, such as "/new" or "https://example.com"'),
  );

const redirect = z
  .union(
    [
      redirectTo.transform((to) => ({ to, status: 302 })),
      z.strictObject({
        to: redirectTo,
        status: z
          .literal([301, 302, 303, 307, 308], says('must be 301, 302, 303, 307 or 308'))
          .default(302)
          .meta({ description: 'Status of the redirect.' }),
      }),
    ],
    says('must be a path or a URL, or an object with "to" and "status"'),
  )
  .meta({ description: 'Where clients are sent instead; what follows the matched path goes along.' });

const respond = z
  .strictObject(
    {
      status: z
        .int(says('must be a status from 200 to 599'))
        .min(200, says('must be a status from 200 to 599'))
        .max(599, says('must be a status from 200 to 599'))
        .default(200)
        .meta({ description: 'Status of the fixed answer.' }),
      body: z.string(says('must be text')).default('').meta({ description: 'Body of the fixed answer.' }),
      contentType: z
        .string(says('must be a media type such as "application/json"'))
        .regex(/^[\x20-\x7e]+$/, says('must be a media type such as "application/json"'))
        .default('text/plain; charset=utf-8')
        .meta({ description: 'Media type of the body.' }),
    },
    says('must be an object such as { "status": 200, "body": "ok" }'),
  )
  .meta({ description: 'A fixed answer, without a backend.' });

/** Where requests of one host or path go; the most specific route counts. */
export const routeSchema = z
  .strictObject(
    {
      host: host.optional(),
      path: path.default('/').meta({
        description: 'Which paths it is for: this one and those below it. The longest that fits counts.',
      }),
      pool: z
        .string(says('must be the name of a pool'))
        .optional()
        .meta({ description: 'The pool that its requests go to.' }),
      respond: respond.optional(),
      redirect: redirect.optional(),
      stripPrefix: z
        .boolean(says('must be true or false'))
        .default(false)
        .meta({ description: 'Whether the backend gets the path without the matched part.' }),
      replacePrefix: path
        .optional()
        .meta({ description: 'What the backend gets in place of the matched part.' }),
      requestHeaders: headerEdits('requests').prefault({}),
      responseHeaders: headerEdits('answers').prefault({}),
    },
    says('must be an object with "host" or "path", and "pool"'),
  )
  .superRefine((route, context) => {
    const given = [route.pool, route.respond, route.redirect].filter((one) => one !== undefined).length;
    if (given !== 1) context.addIssue('needs one of "pool", "respond" and "redirect"');
    if (route.stripPrefix && route.replacePrefix !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['stripPrefix'],
        message: 'and "replacePrefix" exclude each other',
      });
  })
  .meta({ description: 'Where requests of one host or path go; the most specific route counts.' });

export type RouteSettings = z.output<typeof routeSchema>;

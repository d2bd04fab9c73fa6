import { z } from 'zod';
import { POLICIES, type PolicyName, requiredField } from './policies.ts';

const says = (sentence: string) => ({ error: sentence });

const ONE_OF = `must be one of ${POLICIES.map((one) => `"${one}"`).join(', ')}`;
const DEFAULT_COOKIE = 'switchyard';

/** RFC 9110 section 5.6.2, which RFC 6265 wants of a cookie's name as well. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_WORDS = 'must be the name of a header, such as "X-User"';
const COOKIE_WORDS = 'must be the name of a cookie, such as "session"';
const KEY_WORDS = 'must be text of 16 to 200 characters that nobody guesses';

type Fields = z.output<typeof policyObject>;

/** A policy with what it needs to know. */
type Settings =
  | { readonly name: 'header-hash'; readonly header: string }
  | { readonly name: 'cookie-hash'; readonly cookie: string }
  | { readonly name: 'sticky-cookie'; readonly cookie: string; readonly key?: string }
  | { readonly name: Exclude<PolicyName, 'header-hash' | 'cookie-hash' | 'sticky-cookie'> };

const policyName = z
  .string(says(ONE_OF))
  .refine((name) => POLICIES.some((one) => one === name), says(ONE_OF))
  .transform((name): PolicyName => POLICIES.find((one) => one === name) ?? 'round-robin');

const policyObject = z.strictObject({
  name: policyName.meta({ enum: [...POLICIES], description: 'Which policy.' }),
  header: z
    .string(says(HEADER_WORDS))
    .regex(TOKEN, says(HEADER_WORDS))
    .optional()
    .meta({ description: 'The header whose value "header-hash" goes by.', examples: ['X-User'] }),
  cookie: z
    .string(says(COOKIE_WORDS))
    .regex(TOKEN, says(COOKIE_WORDS))
    .optional()
    .meta({
      description: `The cookie whose value "cookie-hash" goes by, or the one "sticky-cookie" sets ("${DEFAULT_COOKIE}").`,
      examples: ['session'],
    }),
  key: z
    .string(says(KEY_WORDS))
    .min(16, says(KEY_WORDS))
    .max(200, says(KEY_WORDS))
    .optional()
    .meta({ description: 'Signs the cookie of "sticky-cookie", so that it holds after a restart.' }),
});

/** The fields each policy has beside its name. */
const FIELDS: Readonly<Partial<Record<PolicyName, readonly (keyof Fields)[]>>> = {
  'header-hash': ['header'],
  'cookie-hash': ['cookie'],
  'sticky-cookie': ['cookie', 'key'],
};

/** The policies that need to know no more than their name. */
const ENOUGH = POLICIES.filter((name) => requiredField(name) === null);

/** Its name, or an object with its name and what it needs to know; read as the object. */
export const policy = z
  .union(
    [
      policyName
        .transform((name, context): Settings => {
          if (name === 'header-hash')
            return refuse(context, 'needs a header; write { "name": "header-hash", "header": "X-User" }');
          if (name === 'cookie-hash')
            return refuse(context, 'needs a cookie; write { "name": "cookie-hash", "cookie": "session" }');
          return name === 'sticky-cookie' ? { name, cookie: DEFAULT_COOKIE } : { name };
        })
        .meta({ enum: ENOUGH, description: 'Its name, which is enough for these.' }),
      policyObject.transform((fields, context): Settings => {
        const { name, header, cookie = name === 'sticky-cookie' ? DEFAULT_COOKIE : undefined, key } = fields;
        for (const field of ['header', 'cookie', 'key'] as const) {
          if (fields[field] !== undefined && !FIELDS[name]?.includes(field))
            refuse(context, `is nothing that "${name}" goes by; remove it`, field);
        }
        if (name === 'header-hash')
          return header === undefined
            ? refuse(context, `is missing; it ${HEADER_WORDS}`, 'header')
            : { name, header };
        if (name === 'cookie-hash')
          return cookie === undefined
            ? refuse(context, `is missing; it ${COOKIE_WORDS}`, 'cookie')
            : { name, cookie };
        if (name === 'sticky-cookie')
          return { name, cookie: cookie ?? DEFAULT_COOKIE, ...(key !== undefined && { key }) };
        return { name };
      }),
    ],
    says(`${ONE_OF}, or an object with a "name"`),
  )
  .prefault('round-robin')
  .meta({ description: 'How the pool picks a backend for a request.' });

function refuse(context: z.core.$RefinementCtx, message: string, field?: string): never {
  context.addIssue({ code: 'custom', message, path: field === undefined ? [] : [field] });
  return z.NEVER;
}

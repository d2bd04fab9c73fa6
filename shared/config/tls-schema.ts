import { z } from 'zod';
import { LEAVES_MACHINE, leavesMachine, says } from './schema-parts.ts';

const FORMS = 'must be "self-signed", or an object such as { "cert": "./cert.pem", "key": "./key.pem" }';

const pemPath = (what: string) =>
  z
    .string(says(`must be the path of a PEM file with ${what}`))
    .min(1, says(`is empty; write the path of a PEM file with ${what}`))
    .refine((path) => !leavesMachine(path), LEAVES_MACHINE);

const files = z.strictObject(
  {
    cert: pemPath('the certificate').meta({
      description:
        'PEM file with the certificate, and those it was signed by after it. From the folder of the config.',
      examples: ['./cert.pem'],
    }),
    key: pemPath('its private key').meta({
      description: 'PEM file with its private key, without a passphrase. From the folder of the config.',
      examples: ['./key.pem'],
    }),
  },
  says(FORMS),
);

/** How a listener speaks https. */
export const tlsSchema = z.union([z.literal('self-signed', says(FORMS)), files], says(FORMS)).meta({
  description:
    'Speak https: with a certificate of your own, or with "self-signed", one that Switchyard makes for localhost and the hosts of the routes, and keeps.',
  examples: ['self-signed', { cert: './cert.pem', key: './key.pem' }],
});

export type TlsSettings = z.output<typeof tlsSchema>;

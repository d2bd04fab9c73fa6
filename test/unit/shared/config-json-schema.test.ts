import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { configJsonSchema } from '../../../shared/config/config-json-schema.ts';

const FILE = fileURLToPath(new URL('../../../config.schema.json', import.meta.url));

it('config.schema.json is what the schema makes; npm run schema writes it anew', async () => {
  await expect(`${JSON.stringify(configJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(FILE);
});

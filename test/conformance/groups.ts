import type { Group } from './case.ts';
import { expectAndInterim } from './cases/expect-and-interim.ts';
import { hopByHop } from './cases/hop-by-hop.ts';
import { http10 } from './cases/http10.ts';
import { methods } from './cases/methods.ts';
import { persistence } from './cases/persistence.ts';
import { requestBody } from './cases/request-body.ts';
import { requestFields } from './cases/request-fields.ts';
import { requestFraming } from './cases/request-framing.ts';
import { requestLine } from './cases/request-line.ts';
import { responseFields } from './cases/response-fields.ts';
import { responseFraming } from './cases/response-framing.ts';
import { smuggling } from './cases/smuggling.ts';
import { trailers } from './cases/trailers.ts';
import { upgrade } from './cases/upgrade.ts';

/** The suite, in the order of its report. */
export const GROUPS: readonly Group[] = [
  requestLine,
  requestFields,
  requestFraming,
  requestBody,
  responseFraming,
  responseFields,
  hopByHop,
  trailers,
  persistence,
  http10,
  expectAndInterim,
  upgrade,
  methods,
  smuggling,
];

import { isUtf8 } from 'node:buffer';
import { ok, type Result } from '../../../../shared/calls/result.ts';
import { type FaultSettings, parseFaults } from '../../../../shared/config/fault-schema.ts';
import type { PickRequest } from '../../balancing/policy.ts';

export const BACKEND_HEADER = 'X-Switchyard-Backend';
export const FAULT_HEADER = 'X-Switchyard-Fault';
/** Characters. */
export const MAX_FAULT_HEADER = 1_000;
/** Names the backend a browser is pinned to, for as long as that one is available. */
export const BACKEND_COOKIE = 'switchyard-backend';

/** What a request asks for itself, where its listener lets it. */
export interface RequestWish {
  /** By name; null for whichever the policy picks. */
  readonly backend: string | null;
  /** Whether another will do when that one is not available. */
  readonly isPreference: boolean;
  /** What is to be wrong with its first attempt; null for what is wrong with the backend anyway. */
  readonly faults: readonly FaultSettings[] | null;
}

/** @returns null for no wish, or what is wrong with it: a sentence for the client */
export function readWish(request: PickRequest): Result<RequestWish | null, string> {
  const asked = request.header(BACKEND_HEADER);
  const backend = asked ?? request.cookie(BACKEND_COOKIE);
  const text = request.header(FAULT_HEADER);
  if (backend === null && text === null) return ok(null);
  if (text !== null && text.length > MAX_FAULT_HEADER)
    return { ok: false, error: `${FAULT_HEADER} is longer than ${MAX_FAULT_HEADER} characters.` };
  // A comma parts several faults, as it parts the lines of a repeated field (RFC 9110 section 5.3).
  const faults = text === null ? ok(null) : parseFaults(textsOf(text));
  if (!faults.ok) return { ok: false, error: `${FAULT_HEADER}: ${faults.error}.` };
  return ok({ backend, isPreference: asked === null, faults: faults.value });
}

function textsOf(header: string): readonly string[] {
  return latin1ToText(header)
    .split(',')
    .map((text) => text.trim());
}

/** Fields are read as Latin-1; clients send UTF-8, of which the plus-minus sign has two bytes. */
function latin1ToText(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : text;
}

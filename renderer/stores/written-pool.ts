import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { isFullForm } from '../../shared/config/full-form.ts';
import {
  type HealthCheckConfig,
  serverHealthCheckSchema,
  withOwn,
} from '../../shared/config/health-check-schema.ts';
import { parseOrigin } from '../../shared/config/origin.ts';
import type { PoolSnapshot } from '../../shared/view/snapshot.ts';

export type Written = Readonly<Record<string, unknown>>;

/** A pool as it stands in the text of a valid config, with no default filled in; its whole in the simple form. */
export function writtenPool(text: string, pool: string): Written {
  const root = parseTree(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  if (!root) return {};
  const pools = findNodeAtLocation(root, ['pools']);
  const node = pools ? findNodeAtLocation(pools, [pool]) : root;
  return node ? fieldsOf(getNodeValue(node)) : {};
}

/** A server of a pool as it stands there, by the name its backend goes by; nothing for one that is a URL alone. */
export function writtenServer(text: string, pool: string, backend: string): Written {
  const { servers } = writtenPool(text, pool);
  const all = Array.isArray(servers) ? servers.map(fieldsOf) : [];
  return all.find(({ name, url }) => (name ?? shortUrl(url)) === backend) ?? {};
}

function shortUrl(url: unknown): string | null {
  const origin = typeof url === 'string' ? parseOrigin(url) : null;
  return origin?.ok ? origin.value.authority + origin.value.basePath : null;
}

/** The header or the cookie that a pool's policy goes by, when one is written. */
export function policyParameter(text: string, pool: string): string {
  const { header, cookie } = fieldsOf(writtenPool(text, pool)['policy']);
  const parameter = header ?? cookie;
  return typeof parameter === 'string' ? parameter : '';
}

/** What a pool's policy is written with beside its name; empty text for what is not. */
export function writtenPolicy(text: string, pool: string): { readonly cookie: string; readonly key: string } {
  const { cookie, key } = fieldsOf(writtenPool(text, pool)['policy']);
  return { cookie: typeof cookie === 'string' ? cookie : '', key: typeof key === 'string' ? key : '' };
}

/** Of an object; none of anything else. */
export function fieldsOf(value: unknown): Written {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** Whether the text of a config is in the full form. */
export function isWrittenInFull(text: string): boolean {
  const root = parseTree(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  return isFullForm(root && getNodeValue(root));
}

/** The check of a backend, its own settings over its pool's; one whose own cannot be read has its pool's. */
export function checkOf(text: string, pool: PoolSnapshot, backend: string): HealthCheckConfig {
  const own = serverHealthCheckSchema.safeParse(writtenServer(text, pool.name, backend)['healthCheck'] ?? {});
  return own.success ? withOwn(pool.healthCheck, own.data) : pool.healthCheck;
}

import type { PolicyName } from './policies.ts';
import type { PoolSettingsEdit } from './pool-settings-edit.ts';
import type { RoutingEdit } from './routing-edit.ts';
import type { ScenarioEdit } from './scenario-edit.ts';

/** A small change made in the window; everything else in the file stays as the user wrote it. */
export type ConfigEdit =
  | { readonly kind: 'add-server'; readonly pool: string; readonly server: ServerInput }
  | {
      readonly kind: 'update-server';
      readonly pool: string;
      readonly backend: string;
      readonly server: ServerInput;
    }
  | {
      readonly kind: 'set-weight';
      readonly pool: string;
      readonly backend: string;
      readonly weight: number;
    }
  | { readonly kind: 'remove-server'; readonly pool: string; readonly backend: string }
  /** The whole check: what is left out has its default from then on. */
  | { readonly kind: 'set-health-check'; readonly pool: string; readonly healthCheck: WrittenHealthCheck }
  /** All that a server says of its own check: what is left out is its pool's from then on. */
  | {
      readonly kind: 'set-server-health-check';
      readonly pool: string;
      readonly backend: string;
      readonly healthCheck: WrittenHealthCheck;
    }
  | {
      readonly kind: 'set-policy';
      readonly pool: string;
      readonly policy: PolicyName;
      /** The header or cookie it goes by, where it needs one. */
      readonly parameter?: string | undefined;
    }
  | {
      /** Makes it the pool's policy too. Empty text for the cookie's usual name, and for no key. */
      readonly kind: 'set-sticky-cookie';
      readonly pool: string;
      readonly cookie: string;
      readonly key: string;
    }
  | { readonly kind: 'set-address'; readonly listener: string; readonly address: string }
  | PoolSettingsEdit
  | ScenarioEdit
  | RoutingEdit;

/** As typed by the user; checked by the schema, not by the form. */
export interface ServerInput {
  readonly url: string;
  readonly name?: string | undefined;
  /** Text where it is no number, for the schema to complain of; so with the next. */
  readonly weight?: number | string | undefined;
  readonly maxConnections?: number | string | undefined;
  readonly backup?: true | undefined;
  /** Any certificate will do; an update without it leaves what is written. */
  readonly insecure?: true | undefined;
  /** All that it says of its own check; an update without it leaves what is written. */
  readonly healthCheck?: WrittenHealthCheck | undefined;
}

/** A health check as it stands in the config; what is left out has its default there. */
export type WrittenHealthCheck = Readonly<
  Record<string, string | number | boolean | readonly (string | number)[] | Readonly<Record<string, string>>>
>;

import type { ServerInput, WrittenHealthCheck } from './config-edit.ts';
import type { RouteKey } from './route-match.ts';
import type { TlsSettings } from './tls-schema.ts';

/** Changes to where requests come in and where they go, made in the window. */
export type RoutingEdit =
  | { readonly kind: 'set-default-pool'; readonly listener: string; readonly pool: string }
  /** With the certificate that Switchyard makes, or plain http. */
  | { readonly kind: 'set-tls'; readonly listener: string; readonly isOn: boolean }
  | { readonly kind: 'add-route'; readonly listener: string; readonly route: RouteInput }
  | {
      readonly kind: 'update-route';
      readonly listener: string;
      /** As it was. */
      readonly key: RouteKey;
      readonly route: RouteInput;
    }
  | { readonly kind: 'remove-route'; readonly listener: string; readonly key: RouteKey }
  | {
      readonly kind: 'add-listener';
      readonly address: string;
      readonly name?: string | undefined;
      /** Plain http when left out. */
      readonly tls?: TlsSettings | undefined;
      readonly defaultPool: string;
    }
  | { readonly kind: 'remove-listener'; readonly listener: string }
  | {
      readonly kind: 'add-pool';
      readonly pool: string;
      /** URLs, and objects where a server needs more. */
      readonly servers: readonly (string | ServerInput)[];
      /** Its own check; the default one when left out. */
      readonly healthCheck?: WrittenHealthCheck | undefined;
    }
  | { readonly kind: 'remove-pool'; readonly pool: string };

/** A route as typed by the user; checked by the schema, not by the form. What equals its default is not written. */
export interface RouteInput {
  readonly host?: string | undefined;
  readonly path: string;
  readonly pool?: string | undefined;
  readonly respond?:
    | { readonly status: StatusInput; readonly body: string; readonly contentType: string }
    | undefined;
  readonly redirect?: { readonly to: string; readonly status: StatusInput } | undefined;
  readonly stripPrefix: boolean;
  readonly replacePrefix?: string | undefined;
  readonly requestHeaders: HeaderEditsInput;
  readonly responseHeaders: HeaderEditsInput;
}

export interface HeaderEditsInput {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** Text when what was typed is no number, so that the message can quote it. */
export type StatusInput = number | string;

import type { ListenerSettings, OutlierConfig, PolicySettings, PoolSettings } from './config-schema.ts';
import type { FaultSettings } from './fault-schema.ts';
import type { HealthCheckConfig } from './health-check-schema.ts';
import type { ListenAddress } from './listen-address.ts';
import type { Origin } from './origin.ts';
import type { RouteSettings } from './route-schema.ts';
import type { ScenarioSettings } from './scenario-schema.ts';
import type { TlsSettings } from './tls-schema.ts';

export type { PolicySettings, TlsSettings };

/** What the engine runs: every default filled in, the simple form already turned into the full one. */
export interface Config {
  readonly listeners: readonly ListenerConfig[];
  readonly pools: readonly PoolConfig[];
  readonly scenarios: readonly ScenarioConfig[];
}

export interface ScenarioConfig extends ScenarioSettings {
  readonly name: string;
}

export interface ListenerConfig {
  /** Unique in the config; the address as text unless the user named it. */
  readonly name: string;
  readonly address: ListenAddress;
  /** How it speaks https; null for plain http. */
  readonly tls: TlsSettings | null;
  /** What it speaks https with, once it was read; null in a config that has only been parsed. */
  readonly certificate: ListenerCertificate | null;
  readonly defaultPool: string;
  /** As in the file; which of them counts is the router's business. */
  readonly routes: readonly RouteConfig[];
  readonly exposeBackend: boolean;
  /** `loopback`, addresses and CIDR ranges whose X-Forwarded and Forwarded fields are believed. */
  readonly trustedProxies: readonly string[];
  /** Hosts that are taken where a pool replaces the Host: names, `*.` and a name, or `*`; lower case. */
  readonly allowedHosts: readonly string[];
  readonly forwarded: boolean;
  readonly via: boolean;
  /** Whether requests may choose their backend and what goes wrong with them. */
  readonly rehearsal: boolean;
  /** Protocols that a client may switch to, in lower case. */
  readonly upgrades: readonly string[];
  /** What comes of a request whose client stops sending before it has its whole response. */
  readonly halfClose: 'abort' | 'allow';
  readonly limits: ListenerSettings['limits'];
  /** Milliseconds. */
  readonly timeouts: ListenerSettings['timeouts'];
}

/** Read, checked and fit to be used. */
export interface ListenerCertificate {
  /** Absolute; of the file with the certificate. */
  readonly path: string;
  /** PEM: the certificate, and those it was signed by. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** SHA-256 of the certificate, as `openssl x509 -fingerprint` writes it. */
  readonly fingerprint: string;
}

/** Exactly one of `pool`, `respond` and `redirect` is there. */
export type RouteConfig = RouteSettings;

export interface PoolConfig {
  readonly name: string;
  /** Its name and what it needs to know, in one form whichever the file has. */
  readonly policy: PolicySettings;
  readonly hostHeader: PoolSettings['hostHeader'];
  /** Whether addresses of the backend in responses become the client's. */
  readonly mapBack: boolean;
  readonly backends: readonly BackendConfig[];
  /** Servers that are commands. Their instances become backends as they answer; the engine itself runs none. */
  readonly commands: readonly CommandConfig[];
  /** Durations in milliseconds; each backend has it with its own settings on top. */
  readonly healthCheck: HealthCheckConfig;
  readonly retries: PoolSettings['retries'];
  /** Durations in milliseconds; null when traffic is not watched for failures. */
  readonly outliers: OutlierConfig | null;
  /** Milliseconds; 0 for not at all. */
  readonly slowStart: number;
  /** Milliseconds; 0 for not at all. */
  readonly holdFor: number;
  /** Whether requests are tried at backends that are down by their checks alone, when no other is available. */
  readonly whenAllDown: PoolSettings['whenAllDown'];
  /** `timeout` in milliseconds. */
  readonly queue: PoolSettings['queue'];
  /** Milliseconds. */
  readonly timeouts: PoolSettings['timeouts'];
}

export interface BackendConfig {
  /** Unique in its pool; `host:port` unless the user named it. */
  readonly name: string;
  readonly origin: Origin;
  readonly weight: number;
  readonly insecure: boolean;
  /** Null for no limit. */
  readonly maxConnections: number | null;
  /** Serves only while none of the others can. */
  readonly backup: boolean;
  /** What is simulated to be wrong with it from the start; durations in milliseconds. */
  readonly faults: readonly FaultSettings[];
  /** The pool's check with this backend's own settings on top. Durations in milliseconds. */
  readonly healthCheck: HealthCheckConfig;
}

export interface CommandConfig {
  /** Unique in its pool; its instances are `name-1`, `name-2`, … */
  readonly name: string;
  /** As a user would type it. */
  readonly command: string;
  readonly instances: number;
  /** As written: from the folder of the config. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** A URL once `{port}` is a port. */
  readonly urlPattern: string;
  /** How many of the pool's backends stand before it. */
  readonly position: number;
  /** What its instances are as backends. */
  readonly settings: Omit<BackendConfig, 'name' | 'origin'>;
}

export type { HealthCheckConfig, OutlierConfig };

/** One thing wrong with a config, at its place. */
export interface ConfigIssue {
  /** As people write it: `pools.users.servers[2].url`; empty for the file as a whole. */
  readonly path: string;
  readonly keys: readonly (string | number)[];
  /** A whole sentence with the field, the value and the mend. */
  readonly message: string;
  /** 1-based place in the text, when there is one. */
  readonly line?: number;
  readonly column?: number;
  /** 0-based range in the text, when there is one. */
  readonly offset?: number;
  readonly length?: number;
}

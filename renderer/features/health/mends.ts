import type { HealthCause } from '../../../shared/view/health-cause.ts';

/** Something that could be done about a failed check with one click. */
export type Mend =
  /** Asks the backend which check it passes. */
  | { readonly kind: 'find' }
  | { readonly kind: 'use-path'; readonly path: string }
  | { readonly kind: 'accept-status'; readonly status: number }
  | { readonly kind: 'use-tcp' }
  | { readonly kind: 'accept-certificate' };

/** What helps against a cause, the best first; nothing where only the service itself can be mended. */
export function mendsFor(cause: HealthCause | undefined): readonly Mend[] {
  switch (cause?.kind) {
    case 'status':
      return [
        ...(cause.suggestedPath === undefined
          ? []
          : [{ kind: 'use-path', path: cause.suggestedPath } as const]),
        { kind: 'find' },
        // A server error is a status that a service should not have.
        ...(cause.status < 500 ? [{ kind: 'accept-status', status: cause.status } as const] : []),
        { kind: 'use-tcp' },
      ];
    case 'timeout':
    case 'closed':
    case 'reset':
    case 'redirect-loop':
    case 'grpc-status':
    case 'not-http2':
      return [{ kind: 'find' }, { kind: 'use-tcp' }];
    case 'not-tls':
    case 'speaks-tls':
    case 'not-http':
      return [{ kind: 'find' }];
    case 'certificate':
      return [{ kind: 'accept-certificate' }];
    default:
      return [];
  }
}

/** What its button says. */
export function mendLabel(mend: Mend): string {
  switch (mend.kind) {
    case 'find':
      return 'Find a check that fits';
    case 'use-path':
      return `Check ${mend.path}`;
    case 'accept-status':
      return `Accept ${mend.status}`;
    case 'use-tcp':
      return 'Use a TCP check';
    case 'accept-certificate':
      return 'Accept its certificate';
  }
}

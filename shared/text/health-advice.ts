import type { HealthCause } from '../view/health-cause.ts';

/**
 * What to do about a failed check, in one sentence; null where the reason says it all. Names of settings stand in quotes,
 * as the config file has them.
 */
export function healthAdvice(cause: HealthCause): string | null {
  switch (cause.kind) {
    case 'status':
      if (cause.suggestedPath !== undefined)
        return `Set "path": "${cause.suggestedPath}" in the health check: it responds.`;
      return statusAdvice(cause.status);
    case 'refused':
      return 'Start the service, or correct its port.';
    case 'unreachable':
      return 'Check the host and the port of its URL.';
    case 'closed':
    case 'reset':
      return 'Set the health check\'s "method": "GET", or "type": "tcp".';
    case 'timeout':
      return 'Set a longer "timeout" or a faster "path" in the health check, or "type": "tcp".';
    case 'redirect-loop':
      return 'Set "followRedirects": false in the health check, or a "path" that responds.';
    case 'body':
      return 'Correct "bodyContains" or "path" in the health check.';
    case 'not-http':
      return 'Correct its port, or set the health check\'s "type": "tcp".';
    case 'not-http2':
      return 'Set the health check\'s "type": "http" or "tcp".';
    case 'grpc-status':
      return 'Set the "service" of the health check, or "type": "tcp".';
    case 'busy':
    // Their reasons say what to write.
    case 'not-tls':
    case 'speaks-tls':
    case 'certificate':
    case 'loop':
    case 'local':
    case 'other':
      return null;
  }
}

function statusAdvice(status: number): string {
  switch (status) {
    case 400:
      return 'Set a "Host" in the health check\'s "headers", another "path", or "type": "tcp".';
    case 401:
      return 'Set credentials in the health check\'s "headers", or add 401 to "expectedStatus".';
    case 403:
      return 'Set a health check "path" that needs no login, or add 403 to "expectedStatus".';
    case 404:
      return 'Set a health check "path", or "type": "tcp".';
    case 405:
    case 501:
      return 'Set another "method" or "path" in the health check, or "type": "tcp".';
    case 426:
      return 'It serves WebSockets only: set the health check\'s "type": "tcp".';
    default:
      return status >= 500
        ? 'See the log of the service, or set another health check "path".'
        : `Set another health check "path", or add ${status} to "expectedStatus".`;
  }
}

/** `HEAD / answered 404. Set a health check "path", or "type": "tcp".` */
export function withAdvice(reason: string, cause: HealthCause | undefined): string {
  const advice = cause ? healthAdvice(cause) : null;
  return advice === null ? reason : `${reason}. ${advice}`;
}

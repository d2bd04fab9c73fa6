import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Protocol } from 'electron';
import { contentSecurityPolicy } from './content-security.ts';
import { APP_SCHEME, resolveRendererFile } from './renderer-files.ts';

/** Before the app is ready. */
export function declareAppProtocol(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the renderer's files, and nothing else, under `app://`. */
export function serveAppProtocol(protocol: Protocol, folder: string): void {
  protocol.handle(APP_SCHEME, (request) => answerFrom(folder, request));
}

export async function answerFrom(
  folder: string,
  request: { readonly url: string; readonly method: string },
): Promise<Response> {
  const file = request.method === 'GET' ? resolveRendererFile(request.url, folder) : null;
  const bytes = file ? await readFile(file.path).catch(() => null) : null;
  if (!file || !bytes) return new Response('Not found', { status: 404 });
  // Not to be guessed, and another for each page (CSP Level 3, section 7.1).
  const nonce = file.contentType.startsWith('text/html') ? randomBytes(16).toString('base64') : null;
  const body = nonce === null ? new Uint8Array(bytes) : withNonce(bytes.toString(), nonce);
  return new Response(body, {
    headers: {
      'Content-Type': file.contentType,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    },
  });
}

/** Where the page reads it: `renderer/styles/style-nonce.ts`. */
function withNonce(html: string, nonce: string): string {
  return html.replace('name="style-nonce" content=""', `name="style-nonce" content="${nonce}"`);
}

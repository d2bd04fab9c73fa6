import { readFile } from 'node:fs/promises';
import type { Protocol } from 'electron';
import { CONTENT_SECURITY_POLICY } from './content-security.ts';
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
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': file.contentType,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    },
  });
}

import { extname, normalize, resolve, sep } from 'node:path';

export const APP_ORIGIN = 'app://switchyard';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** No remote asset of any kind. Styles may be inline: the editor and the chart set theirs from script. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface RendererFile {
  readonly path: string;
  readonly contentType: string;
}

/** The file behind an `app://` URL; null for anything that is not one of the renderer's own. */
export function resolveRendererFile(url: string, folder: string): RendererFile | null {
  const { protocol, host, pathname } = new URL(url);
  if (`${protocol}//${host}` !== APP_ORIGIN) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  const root = resolve(folder);
  const path = resolve(root, `.${normalize(decoded === '/' ? '/index.html' : decoded)}`);
  const contentType = CONTENT_TYPES[extname(path)];
  return path.startsWith(root + sep) && contentType ? { path, contentType } : null;
}

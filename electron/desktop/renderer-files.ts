import { extname, resolve, sep } from 'node:path';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://switchyard`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

export interface RendererFile {
  readonly path: string;
  readonly contentType: string;
}

/** The file behind an `app://` URL; null for anything that is not one of the renderer's own. */
export function resolveRendererFile(url: string, folder: string): RendererFile | null {
  const pathname = pathOf(url);
  if (pathname === null) return null;
  const root = resolve(folder);
  const path = resolve(root, `.${pathname === '/' ? '/index.html' : pathname}`);
  const contentType = CONTENT_TYPES[extname(path)];
  return path.startsWith(root + sep) && contentType ? { path, contentType } : null;
}

/** Decoded once, and only what a file name here may hold: a backslash is a separator on Windows. */
function pathOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, pathname, username, password } = new URL(url);
  if (`${protocol}//${host}` !== APP_ORIGIN || username !== '' || password !== '') return null;
  try {
    const decoded = decodeURIComponent(pathname);
    return /[\0\\:]/.test(decoded) ? null : decoded;
  } catch {
    return null;
  }
}

import type { OutgoingHttpHeaders } from 'node:http';
import type { BackendConfig } from '../../../shared/config/config.ts';
import { type Answer, ask } from './http-ask.ts';
import type { Line } from './line.ts';

const MOST_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** Longest place quoted from a Location. */
const MAX_SHOWN = 100;

/** Where a probe got to: at the last answer, or nowhere. */
export type Walk =
  | {
      readonly answer: Answer;
      /** `GET /`, `GET / → 302 /login`. */
      readonly trail: string;
      readonly hops: number;
    }
  | { readonly answer: null; readonly words: string };

/** What of a backend decides how it is asked. */
export type WalkTarget = Pick<BackendConfig, 'origin' | 'insecure'> & {
  readonly healthCheck: Pick<BackendConfig['healthCheck'], 'headers' | 'followRedirects'>;
};

/** Asks for a path of the backend and, where the check says so, goes where redirects lead. */
export async function walk(backend: WalkTarget, method: string, path: string, line: Line): Promise<Walk> {
  const { origin, healthCheck, insecure } = backend;
  const home = new URL(`${origin.protocol}://${origin.authority}`);
  const full = origin.basePath + path;
  let url = new URL(full, home);
  let how = method;
  let answer = await ask(
    {
      // As written: a URL would have been normalised.
      path: full,
      method,
      target: { host: origin.host, port: origin.port, isTls: origin.protocol === 'https', insecure },
      headers: headersFor(url, healthCheck.headers),
    },
    line,
  );
  let trail = `${method} ${path}`;
  const places = [url];
  for (let hops = 0; ; hops++) {
    const next = healthCheck.followRedirects ? destination(answer, url) : null;
    if (next === null) return { answer, trail, hops };
    answer.body.destroy();
    const isBack = places.some((place) => place.href === next.href);
    places.push(next);
    if (isBack) {
      const round = places.map((place) => shown(place, home)).join(' → ');
      return { answer: null, words: `${method} ${path} redirects in a loop: ${round}` };
    }
    if (hops === MOST_REDIRECTS)
      return { answer: null, words: `${method} ${path} redirects more than ${MOST_REDIRECTS} times` };
    trail += ` → ${answer.status} ${shown(next, home)}`;
    url = next;
    // RFC 9110 sections 15.4.2 to 15.4.4, as browsers do it.
    if (how === 'POST' && answer.status <= 303) how = 'GET';
    const isSameHost = url.hostname === home.hostname;
    answer = await ask(
      {
        path: url.pathname + url.search,
        method: how,
        target: {
          host: url.hostname.replace(/^\[|\]$/g, ''),
          port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
          isTls: url.protocol === 'https:',
          insecure: insecure && isSameHost,
        },
        // What lets the probe in at the backend is nobody else's business.
        headers: headersFor(url, url.origin === home.origin ? healthCheck.headers : {}),
      },
      line,
    );
  }
}

function destination({ status, headers }: Answer, from: URL): URL | null {
  const location = headers['location'];
  if (!REDIRECTS.includes(status) || location === undefined || !URL.canParse(location, from.href))
    return null;
  const url = new URL(location, from);
  url.hash = '';
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
}

function shown(url: URL, home: URL): string {
  const text = url.origin === home.origin ? url.pathname + url.search : url.href;
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function headersFor(url: URL, own: Readonly<Record<string, string>>): OutgoingHttpHeaders {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const defaults = { Host: url.host, 'User-Agent': 'switchyard-probe', Connection: 'close' };
  const kept = Object.entries(defaults).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...own };
}

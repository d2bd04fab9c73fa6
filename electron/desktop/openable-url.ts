interface Shown {
  readonly listeners: readonly { readonly url: string }[];
  readonly pools: readonly { readonly backends: readonly { readonly url: string }[] }[];
}

/**
 * Whether the window may have the system's browser open this URL: only one of a listener or a backend, with any path.
 * A `file:` or a program's own scheme would start something on this machine, and another site would learn what the page
 * puts into the URL.
 */
export function isOpenable(text: string, { listeners, pools }: Shown): boolean {
  const origin = webOrigin(text);
  if (origin === null) return false;
  const known = [...listeners, ...pools.flatMap(({ backends }) => backends)];
  return known.some(({ url }) => webOrigin(url) === origin);
}

function webOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, origin } = new URL(text);
  return protocol === 'http:' || protocol === 'https:' ? origin : null;
}

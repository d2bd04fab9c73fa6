/**
 * What style elements made by scripts have to carry; main puts it into the page. Undefined where the page is served by
 * something else, as in tests.
 */
export function styleNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]');
  return meta?.content || undefined;
}

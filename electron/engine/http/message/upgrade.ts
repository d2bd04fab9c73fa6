/**
 * The members of a request's Upgrade field that are offered to the backend. All others are left out, and with the last
 * of them the field: the request goes on as plain HTTP/1.1 (RFC 9110 section 7.8 lets a server, and so a proxy, pass
 * over what it does not know). After a switch to another HTTP, such as h2c, requests would pass routes, faults and log
 * unseen.
 *
 * @param asked the field as it came, several joined by commas
 * @param allowed names of protocols in lower case, with their version where they have one
 * @returns null for none
 */
export function forwardableUpgrade(asked: string, allowed: readonly string[]): string | null {
  // Each once, in whichever case: the response is compared with them.
  const kept = new Map<string, string>();
  for (const member of asked.split(',')) {
    const protocol = member.trim();
    const name = protocol.toLowerCase();
    if (allowed.includes(name) && !kept.has(name)) kept.set(name, protocol);
  }
  return kept.size === 0 ? null : [...kept.values()].join(', ');
}

/**
 * Whether a backend may switch to this: one of those it was offered (RFC 9110 section 7.8).
 *
 * @param switched the Upgrade field of its 101; null without one, which names nothing else
 */
export function isOffered(switched: string | null, offered: string): boolean {
  if (switched === null) return true;
  const among = offered.toLowerCase().split(', ');
  return switched.split(',').every((protocol) => among.includes(protocol.trim().toLowerCase()));
}

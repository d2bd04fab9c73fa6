/**
 * A connection by where it comes from and the port it goes to. The same for its two ends: as the one who opened it
 * sees it (local address and port, remote port), and as the one who accepted it does (remote, remote, local).
 */
export function connectionEnds(
  fromAddress: string | undefined,
  fromPort: number | undefined,
  toPort: number | undefined,
): string {
  return `${(fromAddress ?? '').replace(/^::ffff:/, '')} ${fromPort} ${toPort}`;
}

/** A listening socket in Linux's own table. */
export interface KernelSocket {
  readonly address: string;
  readonly port: number;
  readonly inode: string;
}

/** The state of `/proc/net/tcp` that means listening. */
const LISTEN = '0A';
const LINE = /^\s*\d+:\s+([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4})\s+\S+\s+([\dA-F]{2})\s+(?:\S+\s+){5}(\d+)/i;

/** Reads `/proc/net/tcp` or `/proc/net/tcp6`: the listening sockets alone. */
export function readProcNet(text: string): readonly KernelSocket[] {
  return text.split('\n').flatMap((line): KernelSocket[] => {
    const [, address, port, state, inode] = LINE.exec(line) ?? [];
    if (address === undefined || port === undefined || inode === undefined || state !== LISTEN) return [];
    return [{ address: readAddress(address), port: Number.parseInt(port, 16), inode }];
  });
}

/** Words of 32 bits, each written with its lowest byte first: as x86 and ARM have them in memory. */
function readAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse(),
  );
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return `::ffff:${bytes.slice(12).join('.')}`;
  const parts = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${parts.join(':')}]`).hostname.slice(1, -1);
}

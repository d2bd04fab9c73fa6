/** `HealthCheckResponse.ServingStatus` of grpc.health.v1. */
const SERVING_STATUS = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];

/** A message may be this long; those of a health service are two bytes. */
export const LONGEST_MESSAGE = 1_024;

/** A `HealthCheckRequest` in the frame of gRPC over HTTP/2: a flag, four bytes of length, the message. */
export function healthRequest(service: string): Buffer {
  const name = Buffer.from(service);
  // Field 1, length-delimited; left out when empty, as proto3 does.
  const message = name.length === 0 ? name : Buffer.concat([Buffer.of(0x0a, ...varint(name.length)), name]);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** The status in a framed `HealthCheckResponse`; null for bytes that are none. */
export function servingStatus(bytes: Buffer): string | null {
  if (bytes.length < 5 || bytes[0] !== 0 || bytes.readUInt32BE(1) !== bytes.length - 5) return null;
  let at = 5;
  let status = 0;
  const next = (): number | null => {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) return null;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return null;
  };
  while (at < bytes.length) {
    const tag = next();
    const value = next();
    // Field 1 is a varint, and there is no other.
    if (tag !== 0x08 || value === null) return null;
    status = value;
  }
  return SERVING_STATUS[status] ?? `status ${status}`;
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

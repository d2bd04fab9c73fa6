/**
 * This hop's line of Via (RFC 9110 section 7.6.3), in messages of either direction: the version the message came in,
 * and a name in place of the host, which is nobody's business.
 */
export function viaLine(isHttp10: boolean): string {
  return `Via: ${isHttp10 ? '1.0' : '1.1'} switchyard\r\n`;
}

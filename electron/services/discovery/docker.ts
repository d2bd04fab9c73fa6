import { request } from 'node:http';
import { z } from 'zod';
import type { PortOwner } from '../../../shared/view/discovery.ts';

/** A port of this machine that leads into a container. */
export interface PublishedPort {
  readonly port: number;
  readonly owner: PortOwner;
  /** The same for copies of one service. */
  readonly service: string;
}

const TIMEOUT_MS = 2_000;
const MAX_BYTES = 8 * 1024 * 1024;

/** As far as it matters of what `GET /containers/json` answers. */
const containersSchema = z.array(
  z.object({
    Names: z.array(z.string()).nullish(),
    Image: z.string().default(''),
    Labels: z.record(z.string(), z.string()).nullish(),
    Ports: z
      .array(
        z.object({
          IP: z.string().optional(),
          PublicPort: z.int().optional(),
          Type: z.string().default('tcp'),
        }),
      )
      .nullish(),
  }),
);

/**
 * The published ports of the containers that run.
 *
 * @param socketPath of the Engine API
 * @throws when it answers something else; no socket is no error, and no ports
 */
export async function readDocker(socketPath: string, signal: AbortSignal): Promise<readonly PublishedPort[]> {
  const text = await ask(socketPath, signal);
  if (text === null) return [];
  const containers = containersSchema.parse(JSON.parse(text));
  return containers.flatMap(({ Names, Image, Labels, Ports }) => {
    const project = Labels?.['com.docker.compose.project'];
    const service = Labels?.['com.docker.compose.service'];
    const name = Names?.[0]?.replace(/^\//, '') ?? Image;
    const owner: PortOwner = { kind: 'container', name, detail: Image, folder: null, pid: null };
    const ports = (Ports ?? [])
      .filter(({ Type }) => Type === 'tcp')
      .flatMap(({ PublicPort }) => PublicPort ?? []);
    // The same port comes once for IPv4 and once for IPv6.
    return [...new Set(ports)].map((port) => ({
      port,
      owner,
      service: service === undefined ? Image : `${project ?? ''}/${service}`,
    }));
  });
}

/** Null when nobody is there, or this user may not ask. */
function ask(socketPath: string, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const sent = request({
      socketPath,
      path: '/containers/json',
      headers: { Host: 'docker' },
      agent: false,
      signal,
    });
    const timer = setTimeout(() => sent.destroy(new Error('it did not answer in time')), TIMEOUT_MS);
    const isAbsent = (error: Error) =>
      'code' in error &&
      ['ENOENT', 'ECONNREFUSED', 'EACCES', 'ENOTDIR', 'EPERM'].includes(String(error.code));
    sent.on('close', () => clearTimeout(timer));
    sent.on('error', (error) => (isAbsent(error) ? resolve(null) : reject(error)));
    sent.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        body += piece;
        if (body.length > MAX_BYTES) sent.destroy(new Error('its answer is too long'));
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`it answered ${response.statusCode}`));
      });
    });
    sent.end();
  });
}

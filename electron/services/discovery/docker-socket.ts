import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Docker's Engine API is on this machine: what `DOCKER_HOST` names, else the first of the usual places. */
export function dockerSocket(platform: string, environment: NodeJS.ProcessEnv): string {
  const named = /^(?:unix|npipe):\/\/(.+)$/.exec(environment['DOCKER_HOST'] ?? '')?.[1];
  if (named !== undefined) return named;
  if (platform === 'win32') return '//./pipe/docker_engine';
  const usual = '/var/run/docker.sock';
  // Docker Desktop puts it into the home, and does not always link it from the usual place.
  const own = join(homedir(), '.docker/run/docker.sock');
  return !existsSync(usual) && existsSync(own) ? own : usual;
}

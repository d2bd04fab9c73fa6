import { fail, ok, type Result } from '../../shared/calls/result.ts';
import { ControlClient } from '../services/control/control-client.ts';
import type { Instance } from '../services/control/instance-file.ts';
import { readToken } from '../services/control/token.ts';
import type { Which } from './remote-arguments.ts';
import { chosenToken } from './serve-control.ts';

/** The instance that is meant: the one named, or the only one that runs. */
export async function findInstance(
  which: Which,
  running: readonly Instance[],
): Promise<Result<ControlClient, string>> {
  const chosen =
    which.token === null
      ? await chosenToken(which.tokenFile, process.env['SWITCHYARD_TOKEN'])
      : readToken(which.token, '--token');
  if (!chosen.ok) return chosen;
  const fitting = which.url === null ? running : running.filter((one) => isAt(one, which.url ?? ''));
  const [instance, another] = fitting;
  if (which.url === null && another) {
    const urls = fitting.map(({ url }) => url).join(' or ');
    return fail(`${fitting.length} instances run; say which with --control ${urls}`);
  }
  const url = which.url ?? instance?.url;
  if (url === undefined) {
    return fail(
      'no instance runs that can be controlled; start one with switchyard serve --control 127.0.0.1:9900',
    );
  }
  const token = chosen.value ?? instance?.token;
  return token === undefined
    ? fail(`there is no word of an instance at ${url}; give its token with --token-file or SWITCHYARD_TOKEN`)
    : ok(new ControlClient(url, token));
}

function isAt({ url }: Instance, wanted: string): boolean {
  return url === wanted || url === wanted.replace('//localhost:', '//127.0.0.1:');
}

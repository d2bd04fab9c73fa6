import type { Clipboard } from 'electron';
import { fail, ok, type Result } from '../../shared/calls/result.ts';
import type { SettingsFailure } from '../../shared/view/settings-view.ts';
import type { AppControl } from './app-control.ts';

/** Puts the control API's token on the clipboard: by itself, or in a command for curl. */
export function copyToken(
  { access }: Pick<AppControl, 'access'>,
  clipboard: Pick<Clipboard, 'writeText'>,
  form: 'token' | 'curl',
): Result<null, SettingsFailure> {
  if (!access)
    return fail({ setting: null, message: 'The control API is off, so there is no token to copy.' });
  const { token, url } = access;
  clipboard.writeText(form === 'token' ? token : `curl -H "Authorization: Bearer ${token}" ${url}/v1/state`);
  return ok(null);
}

import type { CallName, Calls, CommandFailure } from '../../../shared/calls/contract.ts';
import { fail, type Result } from '../../../shared/calls/result.ts';
import type { ConfigFailure } from '../../../shared/config/config-document.ts';
import type { SettingsFailure } from '../../../shared/view/settings-view.ts';

const MESSAGE = 'Something went wrong inside Switchyard; nothing was changed. Please report it.';

const refused = (): Result<never, CommandFailure> => fail({ code: 'refused', message: MESSAGE });
const unset = (): Result<never, SettingsFailure> => fail({ setting: null, message: MESSAGE });
const notApplied = (): Result<never, ConfigFailure> => fail({ code: 'not-applied', message: MESSAGE });

/** What a call is answered with when its handler throws; null for those that have no failure to answer with. */
export const unexpectedAnswers: { readonly [N in CallName]: (() => Calls[N]['result']) | null } = {
  'app:watch': null,
  'app:set-theme': () => null,
  'engine:set-running': refused,
  'engine:set-admin': refused,
  'engine:force-health': refused,
  'engine:set-faults': refused,
  'engine:clear-faults': refused,
  'scenario:play': refused,
  'scenario:stop': refused,
  'scenario:save-report': refused,
  'engine:probe-now': refused,
  'engine:try-probe': refused,
  'engine:drop-connections': refused,
  'engine:reset-counters': refused,
  'log:show': () => [],
  'log:exchange': refused,
  'lab:compare': refused,
  'log:set-capture': refused,
  'log:export-har': refused,
  'log:send-again': refused,
  'traffic:start': refused,
  'traffic:stop': refused,
  'traffic:forget': refused,
  'config:check': () => [{ path: '', keys: [], message: MESSAGE }],
  'config:apply': notApplied,
  'config:edit': notApplied,
  'config:review': () => fail([{ path: '', keys: [], message: MESSAGE }]),
  'config:step': notApplied,
  'config:save-as': notApplied,
  'config:recent': () => [],
  'config:forget': () => [],
  'config:choose': notApplied,
  'config:open': notApplied,
  'config:open-dropped': notApplied,
  'config:use-demo': notApplied,
  'config:start-own': notApplied,
  'discovery:find': () => ({ groups: [], silent: [], trouble: MESSAGE }),
  'discovery:stop': () => null,
  'check:find': () => [],
  'check:stop': () => null,
  'import:save': notApplied,
  'config:allow-commands': notApplied,
  'process:act': refused,
  'process:scale': refused,
  'process:output': () => [],
  'settings:get': null,
  'settings:change': unset,
  'settings:choose-config': unset,
  'settings:renew-token': unset,
  'settings:copy-token': unset,
  'app:note-shown': () => null,
  'shell:open-url': refused,
  'shell:copy': null,
};

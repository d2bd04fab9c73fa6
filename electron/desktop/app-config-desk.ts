import { fail, ok, type Result } from '../../shared/calls/result.ts';
import type { ConfigDocument, ConfigFailure } from '../../shared/config/config-document.ts';
import { type ConfigDesk, type ConfigInForce, revisionOf } from '../services/control/config-desk.ts';
import { changedMeanwhile, changedOnDisk } from './config-failures.ts';
import type { ConfigService } from './config-service.ts';

/** The app's config as the control server deals with it. New commands in it wait for the user's word as always. */
export function createConfigDesk(config: Pick<ConfigService, 'document' | 'apply' | 'reload'>): ConfigDesk {
  return {
    current: () => inForce(config.document),
    replace: async (text, revision) => {
      const { document } = config;
      if (revision !== null && revision !== revisionOf(document.text)) return fail(changedMeanwhile());
      // Whoever is halfway through writing the file must not lose it to a program that has not seen it.
      if (document.fileIssues.length > 0)
        return fail(changedOnDisk(document.path ?? '', document.fileIssues));
      return answerOf(await config.apply(text, document.revision));
    },
    reload: async () => answerOf(await config.reload()),
  };
}

function inForce({ text, path }: ConfigDocument): ConfigInForce {
  return { text, revision: revisionOf(text), path };
}

function answerOf(result: Result<ConfigDocument, ConfigFailure>): Result<ConfigInForce, ConfigFailure> {
  return result.ok ? ok(inForce(result.value)) : result;
}

import type { Result } from '../../../shared/calls/result.ts';
import type { ConfigFailure } from '../../../shared/config/config-document.ts';
import { type Answer, json, problem } from './answer.ts';
import { configArgument, readArgument } from './arguments.ts';
import type { ConfigDesk, ConfigInForce } from './config-desk.ts';

/** Both have the revision as their entity tag, so that a later PUT can say which text it was made from. */
export function readConfig(desk: ConfigDesk): Answer {
  return document(desk.current());
}

/** @param ifMatch RFC 9110, section 13.1.1; undefined when whatever is in force may go */
export async function putConfig(
  desk: ConfigDesk,
  body: string,
  ifMatch: string | undefined,
): Promise<Answer> {
  const argument = readArgument(configArgument, body);
  if (!argument.ok) return argument.error;
  const revision = ifMatch === undefined || ifMatch.trim() === '*' ? null : matching(desk, ifMatch);
  return answerOf(await desk.replace(argument.value.text, revision));
}

export async function reloadConfig(desk: ConfigDesk): Promise<Answer> {
  return answerOf(await desk.reload());
}

/** The one of the tags that is in force; any other stands for a text that is not. */
function matching(desk: ConfigDesk, ifMatch: string): string {
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  const { revision } = desk.current();
  return tags.includes(tagOf(revision)) ? revision : '';
}

function answerOf(result: Result<ConfigInForce, ConfigFailure>): Answer {
  if (result.ok) return document(result.value);
  const failure = result.error;
  switch (failure.code) {
    case 'invalid': {
      const [first, ...rest] = failure.issues;
      const more = rest.length > 0 ? `, and ${rest.length} more` : '';
      const detail = `Nothing was changed: ${first?.message ?? 'this is no config'}${more}`;
      return problem(422, 'invalid', detail, { members: { issues: failure.issues } });
    }
    case 'conflict':
      return problem(412, 'conflict', failure.message);
    case 'not-applied':
      return problem(409, 'not-applied', `Nothing was changed: ${failure.message}`);
    case 'not-saved':
      return problem(500, 'not-saved', `Nothing was changed: ${failure.message}`);
  }
}

function document(config: ConfigInForce): Answer {
  return json(config, { etag: tagOf(config.revision) });
}

function tagOf(revision: string): string {
  return `"${revision}"`;
}

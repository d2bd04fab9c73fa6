import type { CommandFailure } from '../../../shared/calls/contract.ts';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { PolicySettings } from '../../../shared/config/config.ts';
import type { PolicyName } from '../../../shared/config/policies.ts';
import type { LabAnswer, LabQuestion } from '../../../shared/view/policy-lab.ts';
import { asItWas } from './as-it-was.ts';
import { MeasuredDurations } from './measured-durations.ts';
import type { Recording } from './recording.ts';
import { replay } from './replay.ts';

/** Fewer say nothing about a policy. */
const LEAST = 10;

/** Replays what was recorded through two policies; nothing is sent. */
export function comparePolicies(
  { members, requests }: Recording,
  policies: LabQuestion['policies'],
): Result<LabAnswer, CommandFailure> {
  const first = settingsOf(policies[0]);
  const second = settingsOf(policies[1]);
  if (!first || !second) return refuse('Policies that go by a header or a cookie cannot be replayed.');
  if (requests.length < LEAST)
    return refuse(
      `The log holds too few answers of this pool to replay: ${requests.length}, and it takes ${LEAST}.`,
    );
  const durations = new MeasuredDurations(requests);
  return ok({
    requests: requests.length,
    spanMs: (requests.at(-1)?.atMs ?? 0) - (requests[0]?.atMs ?? 0),
    unmeasured: members.map(({ name }) => name).filter((name) => !durations.isMeasured(name)),
    measured: asItWas(members, requests),
    replayed: [replay(first, members, requests, durations), replay(second, members, requests, durations)],
  });
}

function settingsOf(name: PolicyName): PolicySettings | null {
  return name === 'header-hash' || name === 'cookie-hash' || name === 'sticky-cookie' ? null : { name };
}

const refuse = (message: string) => fail<CommandFailure>({ code: 'refused', message });

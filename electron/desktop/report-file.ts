import type { CommandFailure } from '../../shared/calls/contract.ts';
import { fail, ok, type Result } from '../../shared/calls/result.ts';
import type { ScenarioReport } from '../../shared/view/scenario-report.ts';
import { writePrivateFile } from '../engine/system/private-files.ts';
import { REPORT_ENDINGS, writerFor } from '../services/scenarios/report-format.ts';

/** Writes a report to a file, in the form its name asks for. */
export async function writeReport(
  report: ScenarioReport | null,
  path: string,
): Promise<Result<null, CommandFailure>> {
  const write = writerFor(path);
  if (!report) return refused('There is no report yet: play a scenario to its end.');
  if (!write) return refused(`${path} does not say how; let its name end with ${REPORT_ENDINGS.join(', ')}.`);
  try {
    await writePrivateFile(path, write(report));
    return ok(null);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(`The report could not be written to ${path}: ${reason}`);
  }
}

function refused(message: string): Result<never, CommandFailure> {
  return fail({ code: 'refused', message });
}

import { useState } from 'react';
import { formatDuration } from '../../../shared/config/duration.ts';
import { parseStep } from '../../../shared/config/scenario-schema.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useDialogEdit } from '../../components/use-dialog-edit.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { splitIssues } from '../pool/split-issues.ts';
import { LIMIT_NAMES, limitsToWrite, type TypedLimits } from './limit-fields.ts';
import { LimitsSection } from './limits-section.tsx';
import { readScenario } from './written-scenarios.ts';

const MOST_ROWS = 14;
const FEWEST_ROWS = 6;

/** A timeline of failure, a step on each line: a new one, or one of the config. */
export function ScenarioDialog({ scenario }: { readonly scenario: string | null }) {
  const text = useApp((state) => state.config.text);
  const backend = useApp(selectPool)?.backends[0]?.name ?? 'users-1';
  const editWithUndo = useApp((state) => state.editWithUndo);
  const [before] = useState(() => (scenario === null ? null : readScenario(text, scenario)));
  const [name, setName] = useState(scenario ?? '');
  const [timeline, setTimeline] = useState(before?.steps.join('\n') ?? '');
  const [seed, setSeed] = useState(before?.seed ?? '');
  const [limits, setLimits] = useState<TypedLimits>(before?.limits ?? {});
  const steps = timeline
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const { failure, save, close } = useDialogEdit(() => ({
    kind: 'set-scenario',
    scenario: name.trim(),
    written: { steps, seed: seedOf(seed), limits: limitsToWrite(limits) },
  }));
  const errors = splitIssues(failure, ['seed', ...LIMIT_NAMES]);
  const { error, words } = judge(timeline);
  return (
    <Modal
      title={scenario === null ? 'New scenario' : `Scenario ${scenario}`}
      lead="What goes wrong when. Played from here, with switchyard serve --scenario, or around a test with switchyard run."
      isWide
      onClose={close}
    >
      <form className={form.form} onSubmit={save}>
        {scenario === null && (
          <TextField label="Name" autoFocus value={name} placeholder="bad deploy" onChange={setName} />
        )}
        <TextArea
          label="Steps, one on each line"
          rows={Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, steps.length + 1))}
          value={timeline}
          placeholder={`at 0s: ${backend} latency 800ms±200ms\nat 10s: ${backend} crash\nat 20s: restore`}
          error={error ?? errors.rest}
          hint={words}
          onChange={setTimeline}
        />
        <TextField
          label="Seed"
          isMono
          value={seed}
          placeholder="none: chance is new each time"
          inputMode="numeric"
          hint="A number makes faults by chance repeat exactly"
          error={errors.fields.seed}
          onChange={setSeed}
        />
        <LimitsSection typed={limits} errors={errors.fields} onChange={setLimits} />
        <div className={form.actions}>
          {scenario !== null && (
            <Button
              onClick={() => {
                close();
                const edit = { kind: 'set-scenario', scenario, written: null } as const;
                void editWithUndo(edit, `Removed scenario ${scenario}.`);
              }}
            >
              Remove
            </Button>
          )}
          <Button onClick={close}>Cancel</Button>
          <Button
            look="accent"
            type="submit"
            disabled={error !== null || steps.length === 0 || name.trim() === ''}
          >
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** What is wrong with the first line that is wrong, or how long it all takes. */
function judge(timeline: string): { readonly error: string | null; readonly words: string } {
  let [count, last] = [0, 0];
  for (const [index, line] of timeline.split('\n').entries()) {
    if (line.trim() === '') continue;
    const step = parseStep(line);
    if (!step.ok) return { error: `Line ${index + 1} ${step.error}.`, words: '' };
    count++;
    last = Math.max(last, step.value.atMs);
  }
  if (count === 0) return { error: null, words: 'When, who and what: at 10s: users-1 latency 800ms' };
  return {
    error: null,
    words: `${count} ${count === 1 ? 'step' : 'steps'}, the last at ${formatDuration(last)}`,
  };
}

/** What is no number is left as it is typed, for the schema to complain of. */
function seedOf(text: string): number | string | null {
  const seed = text.trim();
  if (seed === '') return null;
  return /^\d+$/.test(seed) ? Number(seed) : seed;
}

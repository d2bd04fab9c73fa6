import { Plus, X } from 'lucide-react';
import { TRAFFIC_LIMITS } from '../../../shared/view/traffic.ts';
import { Button } from '../../components/button.tsx';
import { TextArea } from '../../components/text-area.tsx';
import type { TrafficForm, TrafficPathForm } from '../../stores/app-state.ts';
import { formatPercent } from '../../stores/words.ts';
import { BareField } from './bare-field.tsx';
import styles from './traffic-form.module.css';
import { canHaveBody, type FieldProblems, fieldOf, pathsOf } from './traffic-plan.ts';

interface Props {
  readonly form: TrafficForm;
  readonly problems: FieldProblems;
  /** Before every path. */
  readonly prefix: string;
  /** @param field what was typed in; null where paths have other places from here on */
  write(changed: Partial<TrafficForm>, field: string | null): void;
}

/** What most runs do without. */
export function MoreFields({ form, problems, prefix, write }: Props) {
  return (
    <div className={styles.extra}>
      <TextArea
        label="Headers, one a line"
        rows={3}
        value={form.headers}
        placeholder="X-User: 7"
        error={problems['headers'] ?? null}
        onChange={(headers) => write({ headers }, 'headers')}
      />
      {canHaveBody(form) && (
        <TextArea label="Body" rows={3} value={form.body} onChange={(body) => write({ body }, 'body')} />
      )}
      <Paths form={form} problems={problems} prefix={prefix} write={write} />
    </div>
  );
}

function Paths({ form, problems, prefix, write }: Props) {
  const paths = pathsOf(form);
  const total = paths.reduce((sum, { weight }) => sum + (Number(weight) || 0), 0);
  const isMix = paths.length > 1;
  const set = (index: number, change: Partial<TrafficPathForm>, field: string) => {
    if (index === 0) write(change, field);
    else
      write(
        { morePaths: form.morePaths.map((one, at) => (at === index - 1 ? { ...one, ...change } : one)) },
        field,
      );
  };
  return (
    <div className={styles.paths}>
      <span className={styles.pathsTitle}>Paths, in turn by weight</span>
      {isMix &&
        paths.map(({ path, weight }, index) => (
          // A path is its place in the list, and may be typed twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: there is no other name for it
          <div key={index} className={styles.pathRow}>
            <BareField
              label={`Weight ${index + 1}`}
              value={weight}
              inputMode="numeric"
              error={problems[fieldOf('weight', index)] ?? null}
              onChange={(text) => set(index, { weight: text }, fieldOf('weight', index))}
            />
            {index === 0 ? (
              <span className={`mono ${styles.own}`}>{prefix + path}</span>
            ) : (
              <BareField
                label={`Path ${index + 1}`}
                isMono
                value={path}
                error={problems[fieldOf('path', index)] ?? null}
                onChange={(text) => set(index, { path: text }, fieldOf('path', index))}
              />
            )}
            <span className={styles.share}>{total > 0 ? formatPercent(Number(weight) / total) : '–'}</span>
            <Button
              look="icon"
              disabled={index === 0}
              aria-label={`Remove path ${index + 1}`}
              onClick={() => write({ morePaths: form.morePaths.filter((_, at) => at !== index - 1) }, null)}
            >
              <X size={14} aria-hidden="true" />
            </Button>
          </div>
        ))}
      <Button
        disabled={paths.length >= TRAFFIC_LIMITS.paths}
        onClick={() => write({ morePaths: [...form.morePaths, { path: '/', weight: '1' }] }, 'path')}
      >
        <Plus size={14} aria-hidden="true" />
        Add a path
      </Button>
    </div>
  );
}

import { CircleAlert, Plus } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type { ConfigIssue } from '../../../../shared/config/config.ts';
import { Button } from '../../../components/button.tsx';
import { addListener, addPool, canBeFull, editDraft, offsetOf, writeInFull } from './draft-edits.ts';
import styles from './form.module.css';
import { FormContext, type FormDesk, useForm } from './form-context.ts';
import { ListenerSection } from './listener-section.tsx';
import { PoolSection } from './pool-section.tsx';
import { type DraftForm, readDraft } from './read-draft.ts';
import { useSettled } from './use-settled.ts';

interface Props {
  readonly text: string;
  readonly issues: readonly ConfigIssue[];
  onChange(text: string): void;
  onJump(place: { readonly offset: number }): void;
}

/** A person in the middle of a word is done with it by then. */
const WAITS_AFTER_MS = 600;

/** Its fields take no focus meanwhile, and what scrolls has to be reached by keyboard. */
const OUT_OF_REACH = { role: 'region', tabIndex: 0, 'aria-label': 'The form, waiting' } as const;

/** The common settings of the text as a form: both are always the same config. Loaded with the editor. */
export default function ConfigForm({ text, issues, onChange, onJump }: Props) {
  const read = useMemo(() => readDraft(text), [text]);
  const last = useRef<DraftForm | null>(null);
  if (read) last.current = read;
  // Somebody is in the middle of a word in the JSON: what was read last stays, out of reach.
  const form = read ?? last.current;
  const isStuck = useSettled(!read, WAITS_AFTER_MS);
  const desk: FormDesk = {
    issues: read ? issues : [],
    edit: (edit) => onChange(editDraft(text, edit)),
    jumpTo: (path) => onJump({ offset: offsetOf(text, path) }),
  };
  return (
    <FormContext value={desk}>
      <div className={styles.form}>
        {isStuck && (
          <div className={styles.unreadable} role="status">
            <CircleAlert size={15} aria-hidden="true" />
            <span>
              <strong>The form waits:</strong> the JSON cannot be read as it is now.
              {issues[0] && ` ${issues[0].message}.`} Nothing of it is lost.
            </span>
          </div>
        )}
        <div className={styles.scroll} {...(read ? {} : OUT_OF_REACH)}>
          {form && (
            <fieldset
              className={styles.fields}
              disabled={!read}
              data-waits={isStuck}
              aria-label="Config as a form"
            >
              <Parts form={form} />
            </fieldset>
          )}
        </div>
      </div>
    </FormContext>
  );
}

function Parts({ form }: { readonly form: DraftForm }) {
  const { isFull, root, listeners, pools } = form;
  return (
    <>
      {listeners.map((listener, index) => (
        <ListenerSection
          key={listener.path.join()}
          listener={listener}
          position={index}
          isFull={isFull}
          pools={pools.map(({ name }) => name)}
        />
      ))}
      {pools.map((pool) => (
        <PoolSection
          key={pool.path.join()}
          pool={pool}
          isFull={isFull}
          canBeRemoved={isFull && pools.length > 1}
        />
      ))}
      <More isFull={isFull} canGrow={canBeFull(root)} />
    </>
  );
}

function More({ isFull, canGrow }: { readonly isFull: boolean; readonly canGrow: boolean }) {
  const { edit } = useForm();
  if (isFull)
    return (
      <div className={styles.adds}>
        <Button onClick={() => edit(addListener)}>
          <Plus size={14} aria-hidden="true" />
          Add a listener
        </Button>
        <Button onClick={() => edit(addPool)}>
          <Plus size={14} aria-hidden="true" />
          Add a pool
        </Button>
      </div>
    );
  return (
    <div className={styles.grow}>
      <p>
        This is the simple form: one listener, one pool. In full there is room for more of both, routes and
        all other settings; your comments go along.
      </p>
      <Button disabled={!canGrow} onClick={() => edit(writeInFull)}>
        Write it in full
      </Button>
    </div>
  );
}

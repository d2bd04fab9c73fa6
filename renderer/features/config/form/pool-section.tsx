import {
  POLICIES,
  POLICY_WORDS,
  type PolicyName,
  requiredField,
} from '../../../../shared/config/policies.ts';
import type { Path } from '../../../../shared/config/text-edits.ts';
import { Button } from '../../../components/button.tsx';
import { fieldsOf } from '../../../stores/written-pool.ts';
import { CheckFields } from './check-fields.tsx';
import { clearAt, setAt } from './draft-edits.ts';
import { ChoiceField, InputField } from './fields.tsx';
import styles from './form.module.css';
import { useForm } from './form-context.ts';
import { errorAt, type FormPart, textOf } from './read-draft.ts';
import { SectionHead } from './section-head.tsx';
import { ServerList } from './server-list.tsx';

const OPTIONS = POLICIES.map((value) => ({ value, label: POLICY_WORDS[value].title }));

/** What a policy goes by until it is given something else. */
const USUAL = { header: 'X-User', cookie: 'session' } as const;

interface Props {
  readonly pool: FormPart;
  readonly isFull: boolean;
  readonly canBeRemoved: boolean;
}

/** A group of backends: how one is picked, how they are checked, and which they are. */
export function PoolSection({ pool, isFull, canBeRemoved }: Props) {
  const { edit, jumpTo } = useForm();
  const { name, path, written } = pool;
  return (
    <section className={styles.section} aria-label={isFull ? `Pool ${name}` : 'Pool'}>
      <SectionHead
        title="Pool"
        name={isFull ? name : ''}
        path={isFull ? path : ['servers']}
        {...(canBeRemoved ? { onRemove: () => edit(clearAt(path)) } : {})}
      />
      <PolicyFields path={path} written={written['policy']} of={isFull ? `pool ${name}` : 'the pool'} />
      <CheckFields pool={pool} isFull={isFull} />
      <ServerList pool={pool} of={isFull ? `pool ${name}` : 'the pool'} />
      {isFull && (
        <Button look="quiet" className={styles.more ?? ''} onClick={() => jumpTo(path)}>
          Retries, timeouts, ejection and more in the JSON
        </Button>
      )}
    </section>
  );
}

function PolicyFields({
  path,
  written,
  of,
}: {
  readonly path: Path;
  readonly written: unknown;
  readonly of: string;
}) {
  const { issues, edit } = useForm();
  const at = [...path, 'policy'];
  const inFull = fieldsOf(written);
  const value = textOf(typeof written === 'object' ? inFull['name'] : (written ?? 'round-robin'));
  const policy = POLICIES.find((one) => one === value);
  const field = policy === undefined ? null : requiredField(policy);
  const choose = (next: PolicyName) => {
    const needed = requiredField(next);
    edit(setAt(at, needed === null ? next : { name: next, [needed]: USUAL[needed] }));
  };
  return (
    <div className={styles.row}>
      <ChoiceField
        label="Policy"
        of={of}
        value={value}
        options={OPTIONS}
        hint={policy && POLICY_WORDS[policy].line}
        error={field !== null && inFull[field] !== undefined ? null : errorAt(issues, at)}
        onChange={choose}
      />
      {field !== null && inFull[field] !== undefined && (
        <InputField
          label={field === 'header' ? 'Header' : 'Cookie'}
          of={of}
          isMono
          value={textOf(inFull[field])}
          error={errorAt(issues, at)}
          onChange={(typed) => edit(setAt([...at, field], typed ?? ''))}
        />
      )}
    </div>
  );
}

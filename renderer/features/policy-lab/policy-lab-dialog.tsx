import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/calls/result.ts';
import { POLICY_WORDS, type PolicyName } from '../../../shared/config/policies.ts';
import { type LabAnswer, REPLAYABLE } from '../../../shared/view/policy-lab.ts';
import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { failureWords } from '../../stores/config-actions.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { formatAge, formatCount } from '../../stores/words.ts';
import styles from './policy-lab.module.css';
import { ReplayTable } from './replay-table.tsx';

const OPTIONS = REPLAYABLE.map((value) => ({ value, label: POLICY_WORDS[value].title }));

export function PolicyLabDialog() {
  const pool = useApp(selectPool);
  const close = useApp((state) => state.closeDialog);
  return pool ? <PolicyLab pool={pool} onClose={close} /> : null;
}

/** What came of a comparison, under the names it was asked for by. */
interface Asked {
  readonly policies: readonly [PolicyName, PolicyName];
  readonly answer: Result<LabAnswer, { readonly message: string }>;
}

interface Props {
  readonly pool: PoolSnapshot;
  onClose(): void;
}

/** The pool's last requests through two policies, side by side, without sending anything. */
function PolicyLab({ pool, onClose }: Props) {
  const compare = useApp((state) => state.comparePolicies);
  const editConfig = useApp((state) => state.editConfig);
  const toast = useApp((state) => state.toast);
  const own = REPLAYABLE.includes(pool.policy) ? pool.policy : 'round-robin';
  const [first, setFirst] = useState<PolicyName>(own);
  const [second, setSecond] = useState<PolicyName>(
    own === 'least-connections' ? 'peak-ewma' : 'least-connections',
  );
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    let isMeant = true;
    const policies = [first, second] as const;
    void compare({ pool: pool.name, policies }).then((answer) => isMeant && setAsked({ policies, answer }));
    return () => {
      isMeant = false;
    };
  }, [compare, pool.name, first, second]);

  const answer = asked?.answer;
  const use = async () => {
    const result = await editConfig({ kind: 'set-policy', pool: pool.name, policy: second });
    if (!result.ok) toast({ tone: 'bad', words: failureWords(result.error) });
    onClose();
  };
  return (
    <Modal
      title="Compare policies"
      lead="The requests in the log, replayed. Nothing is sent, and nothing changes."
      isWide
      onClose={onClose}
    >
      <div className={styles.choice}>
        <SelectField label="Policy A" value={first} options={OPTIONS} onChange={setFirst} />
        <SelectField label="Policy B" value={second} options={OPTIONS} onChange={setSecond} />
      </div>
      {answer && !answer.ok && (
        <p className={styles.refusal} role="alert">
          {answer.error.message} Send some traffic, then compare again.
        </p>
      )}
      {asked && answer?.ok && <Answer answer={answer.value} pool={pool} names={asked.policies} />}
      {answer?.ok && second !== pool.policy && (
        <div className={form.actions}>
          <Button onClick={() => void use()}>Use {inSentence(second)}</Button>
        </div>
      )}
    </Modal>
  );
}

/** Short forms keep their capitals: `peak EWMA`, `IP hash`. */
function inSentence(policy: PolicyName): string {
  const { title } = POLICY_WORDS[policy];
  return /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

interface AnswerProps {
  readonly answer: LabAnswer;
  readonly pool: PoolSnapshot;
  readonly names: readonly [PolicyName, PolicyName];
}

function Answer({ answer, pool, names }: AnswerProps) {
  const { requests, spanMs, unmeasured } = answer;
  return (
    <>
      <p className={styles.span} role="status">
        {formatCount(requests)} requests of {formatAge(spanMs)}
      </p>
      <ReplayTable answer={answer} pool={pool} names={names} />
      <ul className={styles.notes} aria-label="What is modelled">
        <li>
          Requests arrive when they did, and the policy itself picks; every enabled backend is there all the
          time.
        </li>
        <li>
          A backend takes as long as it did, however busy the replay makes it. A request that was among its
          backend’s slowest is so at another one too.
        </li>
        <li>The wait for a backend at its limit is modelled; failures, retries and slow start are not.</li>
        {unmeasured.length > 0 && (
          <li>
            Not one answer of {unmeasured.join(', ')} is in the log: the durations of the others stand in for
            theirs.
          </li>
        )}
        <li>
          Policies that go by a header or a cookie cannot be replayed: the log does not keep those of every
          request.
        </li>
      </ul>
    </>
  );
}

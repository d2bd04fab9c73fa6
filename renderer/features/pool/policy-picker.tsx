import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown, GitCompareArrows, Shuffle } from 'lucide-react';
import { useMemo } from 'react';
import { POLICIES, POLICY_WORDS, type PolicyName } from '../../../shared/config/policies.ts';
import menu from '../../components/menu.module.css';
import { failureWords } from '../../stores/config-actions.ts';
import { useApp } from '../../stores/use-app.ts';
import { policyParameter } from '../../stores/written-pool.ts';
import styles from './policy-picker.module.css';

interface Props {
  readonly pool: string;
  /** The one in force. */
  readonly policy: PolicyName;
}

/** How the pool picks a backend, with a line on what that means. */
export function PolicyPicker({ pool, policy: current }: Props) {
  const editConfig = useApp((state) => state.editConfig);
  const toast = useApp((state) => state.toast);
  const openDialog = useApp((state) => state.openDialog);
  const text = useApp((state) => state.config.text);
  // Read anew when the config changes, not with every batch.
  const parameter = useMemo(() => policyParameter(text, pool), [text, pool]);
  const lineOf = (policy: PolicyName) => {
    const { line } = POLICY_WORDS[policy];
    if (policy !== current) return line;
    if (policy === 'sticky-cookie') return `${line} Choose it again to name the cookie.`;
    return asks(policy) && parameter !== '' ? `By ${parameter}. Choose it again to go by another.` : line;
  };
  const choose = async (policy: PolicyName) => {
    if (asks(policy) || (policy === 'sticky-cookie' && policy === current)) {
      openDialog(policy);
      return;
    }
    const result = await editConfig({ kind: 'set-policy', pool, policy });
    if (!result.ok) toast({ tone: 'bad', words: failureWords(result.error) });
  };
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.trigger} title={lineOf(current)}>
        <Shuffle size={14} aria-hidden="true" />
        {POLICY_WORDS[current].title}
        <ChevronDown size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={6}>
          <Menu.Popup className={menu.popup}>
            <Menu.RadioGroup value={current} onValueChange={(policy: PolicyName) => void choose(policy)}>
              {POLICIES.map((policy) => (
                <Menu.RadioItem
                  key={policy}
                  value={policy}
                  className={`${menu.item} ${styles.item}`}
                  closeOnClick
                >
                  <span className={styles.check}>
                    <Menu.RadioItemIndicator>
                      <Check size={14} aria-hidden="true" />
                    </Menu.RadioItemIndicator>
                  </span>
                  <span>
                    {POLICY_WORDS[policy].title}
                    <span className={styles.line}>{lineOf(policy)}</span>
                  </span>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <div className={menu.separator} />
            <Menu.Item className={menu.item} onClick={() => openDialog('policy-lab')}>
              <span className={styles.check}>
                <GitCompareArrows size={14} aria-hidden="true" />
              </span>
              Compare with another policy…
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Whether it can do nothing before it is told what to go by. */
function asks(policy: PolicyName): policy is 'header-hash' | 'cookie-hash' {
  return policy === 'header-hash' || policy === 'cookie-hash';
}

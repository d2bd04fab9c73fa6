import { Menu } from '@base-ui/react/menu';
import { ChevronDown, Copy, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { type CurlRequest, curlCommand } from '../../../shared/text/curl.ts';
import { hasSecrets } from '../../../shared/text/sensitive-headers.ts';
import type { ExchangeView } from '../../../shared/view/exchange-record.ts';
import { isHeadUnread } from '../../../shared/view/refusal.ts';
import { Button } from '../../components/button.tsx';
import menu from '../../components/menu.module.css';
import { useApp } from '../../stores/use-app.ts';
import styles from './request-actions.module.css';

const UNREAD = 'It was refused before all of it was read';

interface Props {
  readonly detail: ExchangeView;
  /** Whether what is copied has credentials and cookies in it, as what is shown has. */
  readonly isRevealed: boolean;
  /** Told of the new request. */
  onSent(id: number): void;
}

/** What can be done with a request once more. */
export function RequestActions({ detail, isRevealed, onSent }: Props) {
  const sendAgain = useApp((state) => state.sendAgain);
  const copy = useApp((state) => state.copy);
  const listener = useApp((state) => state.snapshot?.listeners.find(({ name }) => name === detail.listener));
  const [isSending, setSending] = useState(false);
  const send = async (backend: string | null) => {
    setSending(true);
    const id = await sendAgain(detail.id, backend);
    setSending(false);
    if (id !== null) onSent(id);
  };
  const { heads, bodies, method, target, bytesIn } = detail;
  // What is known of it may not be all of it.
  const isUnread = isHeadUnread(detail.refusal);
  const sent = bodies?.request.isWhole ? bodies.request.bytes : null;
  const copyAsCurl = () => {
    if (!heads) return;
    const request: CurlRequest = {
      url: listener?.url ?? '',
      certificatePath: listener?.tls?.isSelfSigned ? listener.tls.certificatePath : undefined,
      method,
      target,
      head: heads.request,
      body: sent && bytesIn > 0 ? latin1(sent) : null,
    };
    copy(
      curlCommand(request, isRevealed),
      curlWords(heads.request, { isRevealed, lacksBody: bytesIn > 0 && !sent }),
    );
  };
  return (
    <div className={styles.actions}>
      <span className={styles.split}>
        <Button
          aria-busy={isSending}
          disabled={isSending || isUnread}
          title={isUnread ? UNREAD : undefined}
          onClick={() => void send(null)}
        >
          <RotateCw size={13} aria-hidden="true" />
          Send again
        </Button>
        {listener?.isRehearsal && detail.pool !== null && (
          <BackendChoice
            pool={detail.pool}
            isDisabled={isSending || isUnread}
            onChoose={(backend) => void send(backend)}
          />
        )}
      </span>
      <Button
        disabled={!heads || !listener || isUnread}
        title={isUnread ? UNREAD : heads ? undefined : 'Its headers are not known'}
        onClick={copyAsCurl}
      >
        <Copy size={13} aria-hidden="true" />
        Copy as cURL
      </Button>
    </div>
  );
}

interface ChoiceProps {
  readonly pool: string;
  readonly isDisabled: boolean;
  onChoose(backend: string): void;
}

function BackendChoice({ pool, isDisabled, onChoose }: ChoiceProps) {
  const backends = useApp((state) => state.snapshot?.pools.find(({ name }) => name === pool)?.backends) ?? [];
  return (
    <Menu.Root>
      <Menu.Trigger
        className={styles.more}
        aria-label="Send again to a backend of your choice"
        disabled={isDisabled}
      >
        <ChevronDown size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            {backends.map(({ name }) => (
              <Menu.Item key={name} className={menu.item} onClick={() => onChoose(name)}>
                Send to {name}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** One character a byte. */
function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

/** What was copied, and what is not in it. */
function curlWords(
  head: string,
  { isRevealed, lacksBody }: { isRevealed: boolean; lacksBody: boolean },
): string {
  const lacks = [
    ...(!isRevealed && hasSecrets(head) ? ['its credentials'] : []),
    ...(lacksBody ? ['its body, which was not captured whole,'] : []),
  ];
  return lacks.length === 0 ? 'cURL command' : `cURL command without ${lacks.join(' and ')}`;
}

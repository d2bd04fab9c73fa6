import { isReachableFromNetwork, parseListenAddress } from '../../../../shared/config/listen-address.ts';
import { Button } from '../../../components/button.tsx';
import { useApp } from '../../../stores/use-app.ts';
import { clearAt, removeFrom, setAt } from './draft-edits.ts';
import { ChoiceField, InputField, SwitchField } from './fields.tsx';
import styles from './form.module.css';
import { useForm } from './form-context.ts';
import { errorAt, type FormPart, numberOrText, textOf } from './read-draft.ts';
import { SectionHead } from './section-head.tsx';

interface Props {
  readonly listener: FormPart;
  readonly position: number;
  readonly isFull: boolean;
  /** The pools it may lead to. */
  readonly pools: readonly string[];
}

/** Where clients connect. */
export function ListenerSection({ listener, position, isFull, pools }: Props) {
  const { issues, edit } = useForm();
  const show = useApp((state) => state.show);
  const { path, written, name } = listener;
  const at = (key: string) => [...path, key];
  const addressKey = isFull ? 'address' : 'port';
  const address = written[addressKey];
  const of = isFull ? `listener ${name}` : 'the listener';
  const routes = Array.isArray(written['routes']) ? written['routes'].length : 0;
  return (
    <section className={styles.section} aria-label={isFull ? `Listener ${name}` : 'Listener'}>
      <SectionHead
        title="Listener"
        name={isFull ? name : ''}
        path={isFull ? path : at('port')}
        {...(isFull ? { onRemove: () => edit(removeFrom(['listeners'], position)) } : {})}
      />
      <div className={styles.row}>
        <InputField
          label="Address"
          of={of}
          isMono
          value={textOf(address)}
          placeholder={isFull ? '' : ':8080'}
          isOptional={!isFull}
          hint={isOpenToNetwork(address) ? 'Other machines can reach it' : undefined}
          error={errorAt(issues, at(addressKey))}
          onChange={(value) => edit(value === null ? clearAt(at(addressKey)) : setAt(at(addressKey), value))}
        />
        {isFull && (
          <InputField
            label="Name"
            of={of}
            isOptional
            value={textOf(written['name'])}
            placeholder="its address"
            error={errorAt(issues, at('name'))}
            onChange={(value) => edit(value === null ? clearAt(at('name')) : setAt(at('name'), value))}
          />
        )}
      </div>
      {isFull && (
        <ChoiceField
          label="Leads to pool"
          of={of}
          value={textOf(written['defaultPool'])}
          options={pools.map((pool) => ({ value: pool, label: pool }))}
          error={errorAt(issues, at('defaultPool'))}
          onChange={(pool) => edit(setAt(at('defaultPool'), pool))}
        />
      )}
      <SwitchField
        label="Name the backend on answers"
        line="In an X-Forwarded-Server header"
        of={of}
        isOn={written['exposeBackend'] !== false}
        error={errorAt(issues, at('exposeBackend'))}
        onChange={(isOn) => edit(setAt(at('exposeBackend'), isOn))}
      />
      {isFull && (
        <InputField
          label="Allowed hosts"
          of={of}
          isMono
          isOptional
          value={listText(written['allowedHosts'])}
          placeholder="localhost, IP addresses, hosts of routes"
          hint="Also taken where a pool replaces the Host header"
          error={errorAt(issues, at('allowedHosts'))}
          onChange={(value) =>
            edit(value === null ? clearAt(at('allowedHosts')) : setAt(at('allowedHosts'), listOf(value)))
          }
        />
      )}
      {isFull && (
        <Button look="quiet" className={styles.more ?? ''} onClick={() => show('routes')}>
          {routes === 0 ? 'Routes…' : routes === 1 ? '1 route…' : `${routes} routes…`}
        </Button>
      )}
    </section>
  );
}

/** A list as it is typed: its members, with commas between them. */
function listText(written: unknown): string {
  return Array.isArray(written) ? written.join(', ') : textOf(written);
}

function listOf(typed: string): string[] {
  return typed.split(',').map((member) => member.trim());
}

function isOpenToNetwork(address: unknown): boolean {
  if (typeof address !== 'string' && typeof address !== 'number') return false;
  const parsed = parseListenAddress(numberOrText(String(address)));
  return parsed.ok && isReachableFromNetwork(parsed.value.host);
}

import { Braces, Plus, Trash2 } from 'lucide-react';
import { parseOrigin } from '../../../../shared/config/origin.ts';
import type { Path } from '../../../../shared/config/text-edits.ts';
import { Button } from '../../../components/button.tsx';
import { fieldsOf } from '../../../stores/written-pool.ts';
import { addServer, removeFrom, setServer } from './draft-edits.ts';
import { InputField, SwitchField } from './fields.tsx';
import styles from './form.module.css';
import { useForm } from './form-context.ts';
import { errorAt, errorExactlyAt, type FormPart, numberOrText, textOf } from './read-draft.ts';

/** The servers of a pool in the order of the list, which is the order round robin takes them in. */
export function ServerList({ pool, of }: { readonly pool: FormPart; readonly of: string }) {
  const { issues, edit } = useForm();
  const path = [...pool.path, 'servers'];
  const servers = pool.written['servers'];
  const error = errorExactlyAt(issues, path);
  const isList = Array.isArray(servers);
  return (
    <div className={styles.group}>
      <h3 className={styles.subtitle}>Servers</h3>
      {isList && servers.length > 0 && (
        <ul className={styles.servers} aria-label={`Servers of ${of}`}>
          {servers.map((written: unknown, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: its place in the list is what a server is known by
            <Server key={index} servers={path} index={index} written={written} />
          ))}
        </ul>
      )}
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      {(isList || servers === undefined) && (
        <Button look="quiet" className={styles.more ?? ''} onClick={() => edit(addServer(pool.path))}>
          <Plus size={14} aria-hidden="true" />
          Add a server
        </Button>
      )}
    </div>
  );
}

interface ServerProps {
  readonly servers: Path;
  readonly index: number;
  readonly written: unknown;
}

function Server({ servers, index, written }: ServerProps) {
  const { issues, edit, jumpTo } = useForm();
  const path = [...servers, index];
  const fields = typeof written === 'string' ? { url: written } : fieldsOf(written);
  const of = `server ${index + 1}`;
  const isCommand = fields['command'] !== undefined;
  const mainKey = isCommand ? 'command' : 'url';
  const set = (key: string, value: unknown) => edit(setServer(servers, index, key, value));
  const mainError = errorAt(issues, [...path, mainKey]) ?? errorExactlyAt(issues, path);
  return (
    <li className={styles.server} aria-label={of}>
      <div className={styles.row}>
        <InputField
          label={isCommand ? 'Command' : 'URL'}
          of={of}
          isMono
          value={textOf(fields[mainKey])}
          error={mainError}
          onChange={(value) => set(mainKey, value ?? '')}
        />
        <span className={styles.serverActions}>
          <Button
            look="icon"
            title="Show in the JSON"
            aria-label={`Show ${of} in the JSON`}
            onClick={() => jumpTo(path)}
          >
            <Braces size={14} aria-hidden="true" />
          </Button>
          <Button
            look="icon"
            title="Remove"
            aria-label={`Remove ${of}`}
            onClick={() => edit(removeFrom(servers, index))}
          >
            <Trash2 size={14} aria-hidden="true" />
          </Button>
        </span>
      </div>
      <div className={styles.row}>
        <InputField
          label="Name"
          of={of}
          isOptional
          value={textOf(fields['name'])}
          placeholder={isCommand ? 'instance' : shortUrl(fields['url'])}
          error={errorAt(issues, [...path, 'name'])}
          onChange={(value) => set('name', value ?? undefined)}
        />
        <InputField
          label="Weight"
          of={of}
          width="narrow"
          isOptional
          value={textOf(fields['weight'])}
          placeholder="1"
          error={errorAt(issues, [...path, 'weight'])}
          onChange={(value) => set('weight', value === null ? undefined : numberOrText(value))}
        />
        <SwitchField
          label="Backup"
          of={of}
          isOn={fields['backup'] === true}
          error={errorAt(issues, [...path, 'backup'])}
          onChange={(isOn) => set('backup', isOn ? true : undefined)}
        />
      </div>
    </li>
  );
}

function shortUrl(url: unknown): string {
  const origin = typeof url === 'string' ? parseOrigin(url) : null;
  return origin?.ok ? origin.value.authority + origin.value.basePath : 'its address';
}

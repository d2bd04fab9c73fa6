import { type FormEvent, useState } from 'react';
import type { ConfigEdit } from '../../../shared/config/config-edit.ts';
import type { RouteKey } from '../../../shared/config/route-match.ts';
import type { RouteSettings } from '../../../shared/config/route-schema.ts';
import type { ListenerSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './route-dialog.module.css';
import { fieldsOf, inputOf, isSameKey, type RouteFields } from './route-form.ts';
import { headerProblems, NO_PROBLEMS, routeProblems } from './route-problems.ts';
import { RouteTarget } from './route-target.tsx';
import { keyWords } from './route-words.ts';

const KINDS = [
  { value: 'pool', label: 'Send to a pool' },
  { value: 'redirect', label: 'Redirect' },
  { value: 'respond', label: 'Fixed answer' },
] as const;

interface Props {
  readonly listener: ListenerSnapshot;
  /** Null for a new one. */
  readonly edited: RouteSettings | null;
  onClose(): void;
}

/** Adds a route, or changes one. What is typed is checked by the config's own schema. */
export function RouteDialog({ listener, edited, onClose }: Props) {
  const firstPool = useApp((state) => state.snapshot?.pools.find((one) => one.name !== listener.defaultPool));
  const editConfig = useApp((state) => state.editConfig);
  const [fields, setFields] = useState(() => fieldsOf(edited, firstPool?.name ?? listener.defaultPool));
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const change = (change: Partial<RouteFields>) => setFields({ ...fields, ...change });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const route = inputOf(fields);
    const hasTwin = listener.routes.some(
      ({ settings }) => isSameKey(settings, route) && !(edited && isSameKey(settings, edited)),
    );
    const headers = fields.kind === 'pool' ? headerProblems(fields.headers) : {};
    if (hasTwin || Object.keys(headers).length > 0) {
      const words = `There is a route for ${keyWords(route)} already; change that one, or this host or path.`;
      setProblems({ fields: hasTwin ? { path: words } : {}, headers, rest: null });
      return;
    }
    const result = await editConfig(editOf(listener.name, edited, route));
    if (result.ok) onClose();
    else setProblems(routeProblems(result.error, fields.headers));
  };
  return (
    <Modal
      title={edited ? `Edit the route ${keyWords(edited)}` : 'Add a route'}
      lead={`Requests to ${listener.url.replace('http://', '')} for this host and path.`}
      onClose={onClose}
    >
      <form className={form.form} onSubmit={(event) => void save(event)}>
        <div className={form.row}>
          <TextField
            label="Host"
            isMono
            autoFocus
            value={fields.host}
            onChange={(host) => change({ host })}
            error={problems.fields.host ?? null}
            placeholder="any host"
            hint="*.shop.localhost for all below it"
          />
          <TextField
            label="Path"
            isMono
            value={fields.path}
            onChange={(path) => change({ path })}
            error={problems.fields.path ?? null}
            hint="This one and all below it"
          />
        </div>
        <div className={styles.kind}>
          <Segmented
            label="What it does"
            value={fields.kind}
            options={KINDS}
            onChange={(kind) => change({ kind })}
          />
        </div>
        <div className={styles.target}>
          <RouteTarget fields={fields} problems={problems} change={change} />
        </div>
        {problems.rest !== null && (
          <p className={styles.problem} role="alert">
            {problems.rest}
          </p>
        )}
        <div className={form.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="accent" type="submit">
            {edited ? 'Save' : 'Add route'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function editOf(
  listener: string,
  edited: RouteSettings | null,
  route: ReturnType<typeof inputOf>,
): ConfigEdit {
  if (!edited) return { kind: 'add-route', listener, route };
  const { host, path } = edited;
  const key: RouteKey = host === undefined ? { path } : { host, path };
  return { kind: 'update-route', listener, key, route };
}

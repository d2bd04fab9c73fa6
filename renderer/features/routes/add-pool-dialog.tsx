import { useRef, useState } from 'react';
import type { ConfigFailure } from '../../../shared/config/config-document.ts';
import type { FoundCheck } from '../../../shared/view/found-check.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useDialogEdit } from '../../components/use-dialog-edit.ts';
import { addPoolEdit } from '../../stores/discovery-actions.ts';
import { foundWords } from '../../stores/found-checks.ts';
import { useApp } from '../../stores/use-app.ts';
import { FIRST_URL, urlsIn } from '../discovery/typed-urls.ts';
import { CheckProgressLine } from '../health/check-progress.tsx';
import { useCheckSearch } from '../health/use-check-search.ts';

/** A group of backends more, for routes and listeners to lead to. */
export function AddPoolDialog() {
  const show = useApp((state) => state.show);
  const toast = useApp((state) => state.toast);
  const isOnRoutes = useApp((state) => state.screen === 'routes');
  const [name, setName] = useState('');
  const [urls, setUrls] = useState(FIRST_URL);
  const pool = name.trim();
  const search = useCheckSearch();
  const found = useRef<readonly FoundCheck[]>([]);
  const { failure, save, close } = useDialogEdit(
    async () => {
      found.current = (await search.find(urlsIn(urls), null)) ?? [];
      return addPoolEdit(pool, found.current);
    },
    () => {
      const checks = foundWords(found.current);
      if (isOnRoutes || checks !== '')
        toast({ tone: 'plain', words: `Added the pool ${pool}. ${checks}`.trim() });
      // A user who was at the routes wants to lead one there next.
      if (!isOnRoutes) show('pool', pool);
    },
  );
  const problems = problemsOf(failure);
  return (
    <Modal
      title="Add a pool"
      lead="A group of backends that can stand in for each other. A route or a listener leads to it."
      onClose={close}
    >
      <form className={form.form} onSubmit={save}>
        <TextField
          label="Name"
          autoFocus
          value={name}
          onChange={setName}
          error={problems.name}
          placeholder="orders"
        />
        <TextArea
          label="Backends"
          rows={3}
          value={urls}
          onChange={setUrls}
          error={problems.servers}
          hint="One URL on each line"
        />
        {search.isSearching && <CheckProgressLine skipLabel="Add them as they are" onSkip={search.skip} />}
        <div className={form.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button look="accent" type="submit" disabled={search.isSearching}>
            Add pool
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** What is about the backends, and the rest, which is about the name. */
function problemsOf(failure: ConfigFailure | null): { name: string | null; servers: string | null } {
  if (failure === null) return { name: null, servers: null };
  if (failure.code !== 'invalid') return { name: failure.message, servers: null };
  const words = (isServers: boolean) => {
    const issue = failure.issues.find((one) => one.keys.includes('servers') === isServers);
    return issue?.message.replace(`${issue.path}: `, '') ?? null;
  };
  return { name: words(false), servers: words(true) };
}

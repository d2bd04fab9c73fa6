import { Radar } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ConfigEdit } from '../../../shared/config/config-edit.ts';
import { parseOrigin } from '../../../shared/config/origin.ts';
import type { FoundCheck } from '../../../shared/view/found-check.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useDialogEdit } from '../../components/use-dialog-edit.ts';
import { isNoteworthy, serverOf } from '../../stores/found-checks.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { CheckProgressLine } from '../health/check-progress.tsx';
import { useCheckSearch } from '../health/use-check-search.ts';
import { splitIssues } from './split-issues.ts';

const SERVES = [
  { value: 'always', label: 'with the others' },
  { value: 'backup', label: 'only when no other can' },
] as const;

/** Adds a backend, or changes one. What is typed is checked by the config's own schema. */
export function BackendDialog({ backend: editedName }: { readonly backend: string | null }) {
  const pool = useApp(selectPool);
  const openDialog = useApp((state) => state.openDialog);
  const config = useApp((state) => state.config);
  const restoreConfig = useApp((state) => state.restoreConfig);
  const toast = useApp((state) => state.toast);
  // As it was when the dialog opened: one that goes meanwhile is not added anew, but said to be gone.
  const [edited] = useState(() => pool?.backends.find((one) => one.name === editedName));
  const defaultName = edited?.url.replace(/^https?:\/\//, '');
  const [url, setUrl] = useState(edited?.url ?? 'http://localhost:');
  const [name, setName] = useState(edited && edited.name !== defaultName ? edited.name : '');
  const [weight, setWeight] = useState(String(edited?.weight ?? ''));
  const [most, setMost] = useState(String(edited?.maxConnections ?? ''));
  const [isBackup, setBackup] = useState(edited?.isBackup ?? false);
  const search = useCheckSearch();
  const found = useRef<FoundCheck | null>(null);
  const before = useRef('');
  const { failure, save, close } = useDialogEdit(
    async () => {
      if (!pool) return null;
      before.current = config.text;
      found.current = null;
      if (!edited && parseOrigin(url.trim()).ok)
        found.current = (await search.find([url.trim()], pool.name))?.[0] ?? null;
      return editOf(pool.name);
    },
    (saved) => {
      const check = found.current;
      if (!saved || !check || !isNoteworthy(check)) return;
      const undo = () => void restoreConfig(before.current, saved.revision);
      toast({ tone: 'plain', words: `Added a backend to ${pool?.name}. ${check.words}`, undo });
    },
  );
  if (!pool) return null;
  // What the file or the engine says against it is no matter of the URL.
  const isOfFields = failure?.code === 'invalid';
  const errors = splitIssues(failure, ['name', 'weight', 'maxConnections', 'backup']);
  function editOf(inPool: string): ConfigEdit {
    const isPlain = weight.trim() === '' || (!edited && weight.trim() === '1');
    const server = {
      ...(found.current ? serverOf(found.current) : { url: url.trim() }),
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(isPlain || (edited?.weight === 1 && weight === '1') ? {} : { weight: numberOr(weight.trim()) }),
      ...(most.trim() === '' ? {} : { maxConnections: numberOr(most.trim()) }),
      ...(isBackup ? { backup: true as const } : {}),
    };
    return edited
      ? { kind: 'update-server', pool: inPool, backend: edited.name, server }
      : { kind: 'add-server', pool: inPool, server };
  }
  return (
    <Modal
      title={edited ? `Edit ${edited.name}` : 'Add a backend'}
      lead={`In pool ${pool.name}.`}
      onClose={close}
    >
      <form className={form.form} onSubmit={save}>
        <TextField
          label="URL"
          isMono
          autoFocus
          value={url}
          onChange={setUrl}
          error={isOfFields ? errors.rest : null}
          hint="http:// or https://, a base path if there is one"
        />
        <div className={form.row}>
          <TextField
            label="Name"
            value={name}
            onChange={setName}
            error={errors.fields.name}
            placeholder={defaultName}
            hint="Optional"
          />
          <TextField
            label="Weight"
            value={weight}
            onChange={setWeight}
            error={errors.fields.weight}
            placeholder="1"
            inputMode="numeric"
            hint="1 to 1000"
          />
        </div>
        <div className={form.row}>
          <TextField
            label="Most requests at a time"
            value={most}
            onChange={setMost}
            error={errors.fields.maxConnections}
            placeholder="no limit"
            inputMode="numeric"
            hint="Others go elsewhere, or wait"
          />
          <SelectField
            label="Serves"
            value={isBackup ? 'backup' : 'always'}
            options={SERVES}
            error={errors.fields.backup}
            onChange={(value) => setBackup(value === 'backup')}
          />
        </div>
        {failure && !isOfFields && (
          <p role="alert" className={form.refused}>
            {errors.rest}
          </p>
        )}
        {search.isSearching && <CheckProgressLine skipLabel="Add it as it is" onSkip={search.skip} />}
        <div className={form.actions}>
          {!edited && (
            <Button look="quiet" className={form.aside} onClick={() => openDialog('find-servers')}>
              <Radar size={14} aria-hidden="true" />
              Find running servers…
            </Button>
          )}
          <Button onClick={close}>Cancel</Button>
          <Button look="accent" type="submit" disabled={search.isSearching}>
            {edited ? 'Save' : 'Add backend'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** What is no number is left as it is typed, for the schema to complain of. */
function numberOr(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

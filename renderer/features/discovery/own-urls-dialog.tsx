import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { useSingle } from '../../components/use-single.ts';
import { useApp } from '../../stores/use-app.ts';
import { CheckProgressLine } from '../health/check-progress.tsx';
import { useCheckSearch } from '../health/use-check-search.ts';
import { FIRST_URL, urlsIn } from './typed-urls.ts';

/** The user's own servers by their URLs, in place of the demo. */
export function OwnUrlsDialog() {
  const add = useApp((state) => state.addServers);
  const close = useApp((state) => state.closeDialog);
  const [text, setText] = useState(FIRST_URL);
  const [problem, setProblem] = useState<string | null>(null);
  const search = useCheckSearch();
  const save = useSingle(async () => {
    const found = await search.find(urlsIn(text), null);
    if (found === null) return;
    const failure = await add(found, { kind: 'own' });
    // Which entry of which list it is says less here than the line itself.
    setProblem(failure?.replaceAll(/servers\[\d+\]: /g, '') ?? null);
    if (failure === null) close();
  });
  return (
    <Modal
      title="Use your own services"
      lead="They take the place of the demo, behind the same address. More can be set later."
      onClose={close}
    >
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextArea
          label="URLs"
          rows={4}
          value={text}
          onChange={setText}
          error={problem}
          hint="One on each line: http:// or https://"
        />
        {search.isSearching && <CheckProgressLine skipLabel="Use them as they are" onSkip={search.skip} />}
        <div className={form.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button look="accent" type="submit" disabled={search.isSearching}>
            Use them
          </Button>
        </div>
      </form>
    </Modal>
  );
}

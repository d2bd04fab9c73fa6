import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { useApp } from '../../stores/use-app.ts';

/** The user's own servers by their URLs, in place of the demo. */
export function OwnUrlsDialog() {
  const add = useApp((state) => state.addServers);
  const close = useApp((state) => state.closeDialog);
  const [text, setText] = useState('http://localhost:');
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const urls = text.split(/[\s,]+/).filter((url) => url !== '');
    const failure = await add(urls, { kind: 'own' });
    // Which entry of which list it is says less here than the line itself.
    setProblem(failure?.replaceAll(/servers\[\d+\]: /g, '') ?? null);
    if (failure === null) close();
  };
  return (
    <Modal
      title="Use your own services"
      lead="They take the place of the demo, behind the same address. More can be set later."
      onClose={close}
    >
      <form className={form.form} onSubmit={(event) => void save(event)}>
        <TextArea
          label="URLs"
          rows={4}
          value={text}
          onChange={setText}
          error={problem}
          hint="One on each line: http:// or https://"
        />
        <div className={form.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button look="accent" type="submit">
            Use them
          </Button>
        </div>
      </form>
    </Modal>
  );
}

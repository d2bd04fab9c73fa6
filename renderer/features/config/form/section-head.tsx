import { Braces, Trash2 } from 'lucide-react';
import type { Path } from '../../../../shared/config/text-edits.ts';
import { Button } from '../../../components/button.tsx';
import styles from './form.module.css';
import { useForm } from './form-context.ts';

interface Props {
  readonly title: string;
  /** Which one; '' where there is only one. */
  readonly name: string;
  readonly path: Path;
  onRemove?(): void;
}

/** What a part of the form is about, the way to its JSON, and the way out. */
export function SectionHead({ title, name, path, onRemove }: Props) {
  const { jumpTo } = useForm();
  const words = `${title.toLowerCase()}${name === '' ? '' : ` ${name}`}`;
  return (
    <header className={styles.head}>
      <h2 className={styles.title} title={name}>
        {title} {name !== '' && <span className={styles.name}>{name}</span>}
      </h2>
      <Button
        look="icon"
        title="Show in the JSON"
        aria-label={`Show ${words} in the JSON`}
        onClick={() => jumpTo(path)}
      >
        <Braces size={14} aria-hidden="true" />
      </Button>
      {onRemove && (
        <Button look="icon" title="Remove" aria-label={`Remove ${words}`} onClick={onRemove}>
          <Trash2 size={14} aria-hidden="true" />
        </Button>
      )}
    </header>
  );
}

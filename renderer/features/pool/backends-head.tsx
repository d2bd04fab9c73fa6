import { ArrowDown, ArrowUp } from 'lucide-react';
import { Checkbox } from '../../components/checkbox.tsx';
import styles from './backends-table.module.css';
import { nextSort, type Sort, type SortColumn } from './sort-backends.ts';

interface Column {
  readonly column: SortColumn;
  readonly words: string;
  readonly title: string;
  readonly isNumber?: true;
}

const COLUMNS: readonly Column[] = [
  { column: 'rotation', words: 'On', title: 'Off first' },
  { column: 'name', words: 'Backend', title: 'By name' },
  { column: 'health', words: 'Health', title: 'Down first' },
  { column: 'uptime', words: 'Last 60 probes', title: 'Most failed first' },
  { column: 'weight', words: 'Weight', title: 'Heaviest first', isNumber: true },
  { column: 'inFlight', words: 'In flight', title: 'Most first', isNumber: true },
  { column: 'requests', words: 'Requests', title: 'Most first', isNumber: true },
  { column: 'rate', words: 'Req/s', title: 'Most first', isNumber: true },
  { column: 'errors', words: 'Errors', title: 'Most first', isNumber: true },
  { column: 'p95', words: 'p95', title: 'Slowest first', isNumber: true },
];

interface Props {
  readonly sort: Sort | null;
  readonly selected: number;
  readonly all: number;
  onSort(sort: Sort | null): void;
  onSelectAll(isOn: boolean): void;
}

/** The heading of each column sorts by it: one way, the other way, and back to the order of the config. */
export function BackendsHead({ sort, selected, all, onSort, onSelectAll }: Props) {
  return (
    <thead>
      <tr>
        <th scope="col" className={styles.check}>
          <Checkbox
            label="Select every backend"
            isOn={selected > 0 && selected === all}
            isPartly={selected > 0 && selected < all}
            onChange={(isOn) => onSelectAll(isOn)}
          />
        </th>
        {COLUMNS.map(({ column, words, title, isNumber }) => (
          <th
            key={column}
            scope="col"
            data-column={column}
            className={isNumber ? styles.number : undefined}
            aria-label={words}
            aria-sort={sort?.column === column ? sort.direction : 'none'}
          >
            <button
              type="button"
              className={styles.sort}
              title={title}
              aria-label={`Sort by ${words}`}
              onClick={() => onSort(nextSort(sort, column))}
            >
              {words}
              {sort?.column === column &&
                (sort.direction === 'ascending' ? (
                  <ArrowUp size={11} aria-hidden="true" />
                ) : (
                  <ArrowDown size={11} aria-hidden="true" />
                ))}
            </button>
          </th>
        ))}
        <th scope="col" data-column="more">
          <span className={styles.hidden}>More</span>
        </th>
      </tr>
    </thead>
  );
}

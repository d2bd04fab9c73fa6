import type { LineName } from './chart-data.ts';
import { DASHES } from './chart-options.ts';

/** A piece of a line as the chart draws it. */
export function LineKey({ line }: { readonly line: LineName }) {
  const isErrors = line === 'errors';
  return (
    <svg width="16" height="8" viewBox="0 0 16 8" aria-hidden="true" style={{ flex: 'none' }}>
      <path
        d="M0 4H16"
        fill="none"
        stroke={isErrors ? 'var(--bad)' : 'var(--ink-1)'}
        strokeWidth={isErrors ? 2 : 1.4}
        strokeDasharray={DASHES[line].join(' ')}
      />
      {isErrors && <circle cx="8" cy="4" r="2.5" fill="var(--bad)" />}
    </svg>
  );
}

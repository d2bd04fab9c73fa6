import type { Tone } from '../stores/words.ts';

/**
 * A shape for each standing, so that colour is never the only sign: disc, half a disc for busy, diamond for down, hollow
 * diamond for tried anyway, ring, dashed ring, and a triangle for what is simulated.
 */
export function StandingMark({ tone }: { readonly tone: Tone | 'some' }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" style={{ flex: 'none' }}>
      {tone === 'ok' && <circle cx="5" cy="5" r="4" fill="var(--ok)" />}
      {tone === 'some' && <circle cx="5" cy="5" r="4" fill="var(--warn)" />}
      {tone === 'busy' && (
        <>
          <circle cx="5" cy="5" r="3.5" fill="none" stroke="var(--warn)" strokeWidth="1.4" />
          <path d="M5 1.2a3.8 3.8 0 0 0 0 7.6Z" fill="var(--warn)" />
        </>
      )}
      {tone === 'tried' && (
        <rect
          x="2.1"
          y="2.1"
          width="5.8"
          height="5.8"
          fill="none"
          stroke="var(--warn)"
          strokeWidth="1.5"
          transform="rotate(45 5 5)"
        />
      )}
      {tone === 'bad' && (
        <rect x="1.6" y="1.6" width="6.8" height="6.8" fill="var(--bad)" transform="rotate(45 5 5)" />
      )}
      {tone === 'off' && <circle cx="5" cy="5" r="3.5" fill="none" stroke="var(--ink-3)" strokeWidth="1.4" />}
      {tone === 'simulated' && <path d="M5 1 9.4 9H.6Z" fill="var(--simulated)" />}
      {tone === 'unknown' && (
        <circle
          cx="5"
          cy="5"
          r="3.5"
          fill="none"
          stroke="var(--ink-3)"
          strokeWidth="1.4"
          strokeDasharray="2 2"
        />
      )}
    </svg>
  );
}

/** One track that becomes three. */
export function Mark() {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 18 18"
      fill="none"
      stroke="var(--accent)"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      <circle cx="9" cy="3.4" r="2" />
      <circle cx="3.4" cy="14.2" r="2" />
      <circle cx="9" cy="14.2" r="2" />
      <circle cx="14.6" cy="14.2" r="2" />
      <path d="M9 5.4v6.8M9 8.6H5.4a2 2 0 0 0-2 2v1.6M9 8.6h3.6a2 2 0 0 1 2 2v1.6" />
    </svg>
  );
}

declare module 'har-schema' {
  /** Draft 6, by name; `har` is the root, and refers to the others. */
  const schemas: Readonly<Record<string, object>>;
  export default schemas;
}

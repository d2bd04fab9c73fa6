import { useApp } from '../../stores/use-app.ts';

/** Whether a backend is an instance of a command: what the config says of it, it says of its command. */
export function useIsInstance(pool: string, backend: string): boolean {
  return useApp(({ processes }) =>
    processes.instances.some((one) => one.pool === pool && one.name === backend),
  );
}

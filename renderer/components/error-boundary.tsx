import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './error-boundary.module.css';

interface Props {
  readonly children: ReactNode;
  onReload(): void;
}

/** A mistake in drawing leaves the balancer as it is; the window says so, and can be drawn anew. */
export class ErrorBoundary extends Component<Props, { readonly message: string | null }> {
  override state: { readonly message: string | null } = { message: null };

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return (
      <main className={styles.page}>
        <h1 className={styles.title}>The window could not be drawn</h1>
        <p>The balancer goes on: requests are served as before.</p>
        <p className="mono">{message}</p>
        <Button look="accent" onClick={this.props.onReload}>
          Draw it anew
        </Button>
      </main>
    );
  }
}

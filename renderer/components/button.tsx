import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './button.module.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One accent button a screen. */
  readonly look?: 'plain' | 'accent' | 'quiet' | 'icon';
  readonly children: ReactNode;
}

export function Button({ look = 'plain', children, className, ...rest }: Props) {
  return (
    <button type="button" {...rest} className={`${styles.button} ${styles[look]} ${className ?? ''}`}>
      {children}
    </button>
  );
}

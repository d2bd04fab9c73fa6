import type { MenuItemConstructorOptions } from 'electron';
import type { Action } from '../../shared/actions/action.ts';
import type { AppCommand } from '../../shared/calls/app-command.ts';

export const SEPARATOR = { type: 'separator' } as const;

/** Picks actions for a menu by their ids; one that ends in a slash stands for all that begin with it. */
export interface MenuItems {
  named(...ids: readonly string[]): MenuItemConstructorOptions[];
  /** Of which one is ticked. */
  choice(...ids: readonly string[]): MenuItemConstructorOptions[];
}

export function menuItems(actions: readonly Action[], perform: (command: AppCommand) => void): MenuItems {
  const pick = (ids: readonly string[]) =>
    ids.flatMap((wanted) =>
      actions.filter(({ id }) => (wanted.endsWith('/') ? id.startsWith(wanted) : id === wanted)),
    );
  return {
    named: (...ids) => pick(ids).map((action) => actionItem(action, perform)),
    choice: (...ids) =>
      pick(ids).map((action) => ({
        ...actionItem(action, perform),
        type: 'radio',
        checked: action.isOn ?? false,
        enabled: true,
      })),
  };
}

/** One line of a menu. */
export function actionItem(
  action: Action,
  perform: (command: AppCommand) => void,
): MenuItemConstructorOptions {
  const { id, name, accelerator, isAvailable, command } = action;
  return {
    id,
    label: menuLabel(name),
    // The page hears it first: an editor with the focus may want the key. macOS knows no such choice, and asks the menu.
    ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
    enabled: isAvailable,
    click: () => perform(command),
  };
}

/** An ampersand would underline the letter after it. */
export function menuLabel(text: string): string {
  return text.replaceAll('&', '&&');
}

import { fileURLToPath } from 'node:url';
import type { ElectronApplication } from 'playwright';

export const HUMAN = fileURLToPath(new URL('human.cjs', import.meta.url));

/** A dialog of the system that main has shown. */
export interface ShownDialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

interface HumanInMain {
  readonly press: string[];
  readonly shown: ShownDialog[];
}

/** From here on, presses this button in the next dialog that has it. */
export async function willPress(app: ElectronApplication, label: string): Promise<void> {
  await app.evaluate((_electron, press) => {
    const { switchyardHuman } = globalThis as unknown as { switchyardHuman: HumanInMain };
    switchyardHuman.press.push(press);
  }, label);
}

/** All dialogs so far. */
export function shownDialogs(app: ElectronApplication): Promise<readonly ShownDialog[]> {
  return app.evaluate(() => {
    const { switchyardHuman } = globalThis as unknown as { switchyardHuman: HumanInMain };
    return switchyardHuman.shown;
  });
}

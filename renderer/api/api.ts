import type { SwitchyardApi } from '../../shared/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly switchyard: SwitchyardApi;
  }
}

export type { SwitchyardApi };

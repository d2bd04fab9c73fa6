import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly switchyard: SwitchyardApi;
  }
}

/** The only place that reaches for the bridge; everything else is given it, by way of the store. */
export function connect(): SwitchyardApi {
  return window.switchyard;
}

import { DIALOG_SCENES } from './dialog-scenes.ts';
import { POOL_SCENES } from './pool-scenes.ts';
import { SCREEN_SCENES } from './screen-scenes.ts';
import type { Scene } from './stage.ts';

/** Each screen and state there is a picture of. */
export const SCENES: readonly Scene[] = [...POOL_SCENES, ...SCREEN_SCENES, ...DIALOG_SCENES];

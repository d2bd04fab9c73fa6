import type {
  Menu as MenuType,
  NativeImage,
  nativeImage as NativeImageType,
  Tray as TrayType,
} from 'electron';
import type { Action, ActionContext } from '../../shared/actions/action.ts';
import { drawTrayIcon, type TrayHealth, type TrayInk } from './tray-icon.ts';
import { type TrayActions, trayHealth, trayTemplate, trayTitle } from './tray-template.ts';

export interface TrayParts extends TrayActions {
  readonly Tray: typeof TrayType;
  readonly Menu: typeof MenuType;
  readonly nativeImage: typeof NativeImageType;
  /** `darwin`, `win32`, `linux`. */
  readonly platform: string;
}

/** Black alone: macOS paints the shape as its menu bar needs it. */
const TEMPLATE: TrayInk = { mark: [0, 0, 0], bad: [0, 0, 0] };
/** Seen on a light panel and on a dark one. */
const COLOURED: TrayInk = { mark: [76, 124, 245], bad: [232, 72, 86] };

/** What each system asks for at a scale of 1. */
const SIZES_PX: Readonly<Record<string, number>> = { darwin: 18, win32: 16, linux: 22 };
const SCALES = [1, 1.25, 1.5, 2, 3] as const;

/** The icon by the clock: the health of all pools, and the quick switches. */
export class AppTray {
  readonly #parts: TrayParts;
  #tray: TrayType | null = null;
  #health: TrayHealth | null = null;
  #drawn = '';

  constructor(parts: TrayParts) {
    this.#parts = parts;
  }

  /** Drawn again only where it would say something else. */
  show(context: ActionContext, actions: readonly Action[]): void {
    const tray = this.#made(trayHealth(context));
    if (!tray) return;
    const { Menu } = this.#parts;
    const template = trayTemplate(context, actions, this.#parts);
    const drawn = JSON.stringify(template);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    tray.setToolTip(trayTitle(context));
    tray.setContextMenu(Menu.buildFromTemplate(template));
  }

  stop(): void {
    this.#tray?.destroy();
    this.#tray = null;
  }

  #made(health: TrayHealth): TrayType | null {
    if (health === this.#health) return this.#tray;
    this.#health = health;
    const image = this.#icon(health);
    if (this.#tray) this.#tray.setImage(image);
    else this.#tray = this.#create(image);
    return this.#tray;
  }

  /** Where there is no place for one, the app does without. */
  #create(image: NativeImage): TrayType | null {
    const { Tray, platform, showWindow } = this.#parts;
    try {
      const tray = new Tray(image);
      // On macOS a click opens the menu.
      if (platform !== 'darwin') tray.on('click', showWindow);
      return tray;
    } catch (error) {
      console.error('There is no tray here:', error);
      return null;
    }
  }

  #icon(health: TrayHealth): NativeImage {
    const { nativeImage, platform } = this.#parts;
    const size = SIZES_PX[platform] ?? 22;
    const image = nativeImage.createEmpty();
    for (const scaleFactor of SCALES) {
      const px = Math.round(size * scaleFactor);
      const buffer = drawTrayIcon(health, px, platform === 'darwin' ? TEMPLATE : COLOURED);
      image.addRepresentation({ scaleFactor, width: px, height: px, buffer });
    }
    image.setTemplateImage(platform === 'darwin');
    return image;
  }
}

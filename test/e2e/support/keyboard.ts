import type { Locator, Page } from 'playwright';

/** More stops than any screen has: whoever has not arrived by then goes in circles, or is trapped. */
const MOST_STOPS = 150;

/** Goes to it as a person without a mouse does, from wherever the focus is. @returns how many stops it took */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<number> {
  const { keyboard } = target.page();
  await target.waitFor();
  for (let stops = 0; stops <= MOST_STOPS; stops++) {
    if (await hasFocus(target)) return stops;
    await keyboard.press(key);
  }
  throw new Error(
    `${MOST_STOPS} times ${key} do not lead to ${target}; the focus is at ${await focused(target.page())}`,
  );
}

/** Whether it is what keys go to now. The editor has a shadow tree with a focus of its own. */
export function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => {
    const root = element.getRootNode();
    return (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === element;
  });
}

/** What has the focus, in words for a message. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const words = element?.getAttribute('aria-label') ?? element?.textContent?.trim().slice(0, 60) ?? '';
    return `<${element?.tagName.toLowerCase() ?? 'nothing'}> ${words}`;
  });
}

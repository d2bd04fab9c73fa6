import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOfAxe } from './support/axe.ts';
import { SCENES } from './visual/all-scenes.ts';
import { compareWithBaseline, differenceOf } from './visual/picture.ts';
import { type OpenStage, openStage } from './visual/stage.ts';

const MOST_LOOKS = 4;
const AGAIN_AFTER_MS = 500;

let stage: OpenStage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const take = () => stage.page.screenshot({ animations: 'disabled', caret: 'hide' });

describe.each(SCENES)('$name', (scene) => {
  beforeAll(() => stage.show(scene));

  // Letters are drawn otherwise on other systems.
  it.runIf(process.platform === 'linux')('looks as it did', async () => {
    const complaints: string[] = [];
    for (const theme of ['light', 'dark'] as const) {
      await stage.setTheme(theme);
      const name = `${scene.name}-${theme}`;
      let complaint = compareWithBaseline(name, await take());
      // Something may still be on its way; what stays otherwise is otherwise.
      for (let again = 0; complaint !== null && again < MOST_LOOKS; again++) {
        await stage.page.waitForTimeout(AGAIN_AFTER_MS);
        complaint = compareWithBaseline(name, await take());
      }
      if (complaint !== null) complaints.push(complaint);
    }
    expect(complaints).toEqual([]);
  });

  it('gives axe nothing to find', async () => {
    await stage.setTheme('light');
    expect(await complaintsOfAxe(stage.page)).toEqual([]);
    // What else a rule could find does not depend on the theme.
    await stage.setTheme('dark');
    expect(await complaintsOfAxe(stage.page, ['color-contrast'])).toEqual([]);
  });
});

describe('the comparison', () => {
  it('sees a button that has moved by four pixels, and takes no offence at how letters are drawn', async () => {
    const { page } = stage;
    const [scene] = SCENES.filter(({ name }) => name === 'pool-empty');
    if (!scene) throw new Error('There is no scene of an empty pool.');
    await stage.show(scene);
    const before = PNG.sync.read(await take());
    expect(differenceOf(before, PNG.sync.read(await take()))).toBeNull();
    const button = page.getByRole('button', { name: 'Add backend' });
    await button.evaluate((element) => {
      element.style.transform = 'translateX(4px)';
    });
    expect(differenceOf(before, PNG.sync.read(await take()))).not.toBeNull();
    expect(differenceOf(before, noisy(before))).toBeNull();
  });
});

/** As another rasteriser would draw it: edges, and only those, a shade lighter or darker. */
function noisy(picture: PNG): PNG {
  const copy = new PNG({ width: picture.width, height: picture.height });
  picture.data.copy(copy.data);
  for (let at = 4; at < copy.data.length; at += 4)
    for (const channel of [0, 1, 2]) {
      const here = picture.data[at + channel] ?? 0;
      const left = picture.data[at + channel - 4] ?? 0;
      copy.data[at + channel] = Math.round(here + (left - here) * 0.15);
    }
  return copy;
}

import { describe, expect, it } from 'vitest';
import { isOwnPage } from '../../../../electron/desktop/ipc/sender.ts';

const ORIGIN = 'app://switchyard';
const page = (url: string) => {
  const mainFrame = { url };
  return { contents: { mainFrame }, mainFrame };
};

describe('the sender of a call', () => {
  it('is our page in the main frame of our window', () => {
    const { contents, mainFrame } = page(`${ORIGIN}/index.html`);
    expect(isOwnPage({ sender: contents, senderFrame: mainFrame }, contents, ORIGIN)).toBe(true);
  });

  it.each([
    'https://example.com/',
    'app://switchyard.example.com/index.html',
    'app://other/index.html',
    'file:///index.html',
    'about:blank',
  ])('is not %s in our window', (url) => {
    const { contents, mainFrame } = page(url);
    expect(isOwnPage({ sender: contents, senderFrame: mainFrame }, contents, ORIGIN)).toBe(false);
  });

  it('is not another frame, even with our page in it', () => {
    const { contents } = page(`${ORIGIN}/index.html`);
    const frame = { url: `${ORIGIN}/index.html` };
    expect(isOwnPage({ sender: contents, senderFrame: frame }, contents, ORIGIN)).toBe(false);
  });

  it('is not another window, a frame that is gone, or anything while no window is open', () => {
    const own = page(`${ORIGIN}/index.html`);
    const other = page(`${ORIGIN}/index.html`);
    const event = { sender: other.contents, senderFrame: other.mainFrame };
    expect(isOwnPage(event, own.contents, ORIGIN)).toBe(false);
    expect(isOwnPage({ sender: own.contents, senderFrame: null }, own.contents, ORIGIN)).toBe(false);
    expect(isOwnPage(event, null, ORIGIN)).toBe(false);
  });
});

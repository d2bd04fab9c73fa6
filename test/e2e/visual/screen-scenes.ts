import {
  CONFIG_TEXT,
  exchangeOf,
  five,
  listener,
  logOf,
  ROUTES,
  refusedExchange,
  refusedLines,
  stateOf,
} from './fixtures.ts';
import type { Scene, Stage } from './stage.ts';

const SMALL = { width: 900, height: 600 };
const LOG = logOf(60);
const WITH_REFUSED = [...LOG.slice(0, 40), ...refusedLines(61)];
/** The last of them is the one that is opened. */
const tried = LOG.findLast(({ tries }) => tries === 2);
const exchange = { ok: true as const, value: exchangeOf(tried as NonNullable<typeof tried>) };

const show =
  (screen: string) =>
  async ({ push, page }: Stage) => {
    await push('onCommand', { kind: 'show', screen });
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  };
const requestLines = ({ page }: Stage) =>
  page.getByRole('list', { name: 'Requests, newest last' }).getByRole('button');
const toRequests = async (stage: Stage) => {
  await show('requests')(stage);
  await requestLines(stage).nth(3).waitFor();
};
const toConfig = async (stage: Stage) => {
  await show('config')(stage);
  await stage.page.getByRole('textbox', { name: 'Config as JSON' }).waitFor();
  await stage.page.getByRole('textbox', { name: 'URL of server 2' }).waitFor();
  await stage.page.getByText('Valid', { exact: true }).waitFor();
};
const rename = async ({ page }: Stage) => {
  await page.getByRole('textbox', { name: 'Name of server 1' }).fill('uno');
  await page.getByText('not applied yet').waitFor();
  await page.getByRole('heading', { level: 1 }).click();
};
const document = (change = {}) => ({ ...stateOf(null).config, ...change });
const openDetail = async (stage: Stage) => {
  await toRequests(stage);
  // The newest of them is in sight from the start.
  await stage.page
    .getByRole('button', { name: /2 tries/ })
    .last()
    .click();
  await stage.page.getByRole('tab', { name: 'Request', exact: true }).waitFor();
};

/** The other screens. */
export const SCREEN_SCENES: readonly Scene[] = [
  { name: 'requests-empty', state: stateOf(five()), go: show('requests') },
  { name: 'requests', state: stateOf(five()), answers: { showLog: LOG }, go: toRequests },
  { name: 'requests-small', state: stateOf(five()), answers: { showLog: LOG }, size: SMALL, go: toRequests },
  { name: 'request-detail', state: stateOf(five()), answers: { showLog: LOG, exchange }, go: openDetail },
  {
    name: 'request-headers',
    state: stateOf(five()),
    answers: { showLog: LOG, exchange },
    go: async (stage) => {
      await openDetail(stage);
      await stage.page.getByRole('tab', { name: 'Request', exact: true }).click();
    },
  },
  {
    name: 'request-refused',
    state: stateOf(five()),
    answers: {
      showLog: WITH_REFUSED,
      exchange: { ok: true, value: refusedExchange(WITH_REFUSED.at(-1) as NonNullable<typeof tried>) },
    },
    go: async (stage) => {
      await toRequests(stage);
      await stage.page
        .getByRole('button', { name: /answered 431/ })
        .last()
        .click();
      await stage.page.getByText(/limits\.head/).waitFor();
    },
  },
  {
    name: 'requests-none-match',
    state: stateOf(five()),
    answers: { showLog: LOG },
    go: async (stage) => {
      await toRequests(stage);
      await stage.page.getByRole('searchbox').fill('/nowhere');
    },
  },
  {
    name: 'routes',
    state: stateOf(five({ listeners: [listener({ routes: ROUTES })] })),
    go: show('routes'),
  },
  { name: 'routes-none', state: stateOf(five()), go: show('routes') },
  { name: 'config', state: stateOf(five()), go: toConfig },
  { name: 'config-small', state: stateOf(five()), go: toConfig, size: SMALL },
  {
    name: 'config-edited-elsewhere',
    state: stateOf(five()),
    go: async (stage) => {
      await toConfig(stage);
      await rename(stage);
      await stage.push(
        'onConfigChanged',
        document({ revision: 2, text: CONFIG_TEXT.replace('"2s"', '"9s"') }),
      );
      await stage.page.getByText('changed elsewhere').waitFor();
    },
  },
  {
    name: 'config-not-saved',
    state: stateOf(five()),
    answers: {
      reviewConfig: { ok: true, value: { changes: ['users-1 is called uno'], effects: [] } },
      applyConfig: {
        ok: false,
        error: {
          code: 'not-saved',
          message:
            '/home/ada/shop/switchyard.json may not be written by you; check its permissions. Nothing was changed.',
        },
      },
    },
    go: async (stage) => {
      await toConfig(stage);
      await rename(stage);
      await stage.page.getByRole('button', { name: 'Review changes' }).click();
      await stage.page.getByRole('button', { name: 'Apply' }).click();
      await stage.page.getByRole('dialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'settings',
    state: stateOf(five()),
    answers: {
      settings: {
        settings: {
          keepInTray: true,
          configAtLaunch: '/home/ada/shop/switchyard.json',
          updateChannel: 'latest',
          isControlOn: true,
          controlAddress: '127.0.0.1:9900',
        },
        launchAtLogin: { isOn: false, unavailable: null },
        updates: { unavailable: 'The package manager updates Switchyard.' },
        control: { kind: 'on', url: 'http://127.0.0.1:9900' },
      },
    },
    go: show('settings'),
  },
];

import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright';

/** A menu is drawn over the page and outside its landmarks, as menus are; whatever else is outside of them is wrong. */
const RULES = [{ id: 'region', selector: 'body :not([role=menu], [role=menu] *)' }];

/**
 * What axe complains of on the page as it is now, a line for each; empty when there is nothing.
 *
 * @param only these rules; all of them when left out
 */
export async function complaintsOfAxe(page: Page, only?: readonly string[]): Promise<readonly string[]> {
  // Half a megabyte: the stage has it in each page from the start.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(only ? { runOnly: only } : {}) };
  const ask = `axe.configure({ rules: ${JSON.stringify(RULES)} }), axe.run(document, ${JSON.stringify(options)})`;
  const { violations } = await page.evaluate<AxeResults>(ask);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, html, failureSummary }) =>
        `${id} (${help}) at ${target.join(' ')}, ${html.slice(0, 200)}: ${failureSummary ?? ''}`,
    ),
  );
}

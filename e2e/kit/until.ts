import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/**
 * Waits until an expression of the page is true. Playwright's own way asks the page to make code of a text, which the service's policy
 * forbids, as it should.
 *
 * @throws Error with the expression after `ms`
 */
export async function until(page: Page, expression: string, ms = 30_000): Promise<void> {
  const giveUpAt = Date.now() + ms;
  while (!(await page.evaluate(expression))) {
    if (Date.now() > giveUpAt) throw new Error(`After ${ms} ms it is not so: ${expression}`);
    await sleep(100);
  }
}

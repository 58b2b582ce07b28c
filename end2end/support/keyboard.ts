import type { Locator, Page } from '@playwright/test';

/** Goes on with the Tab key until this has the focus. */
export async function tabTo(page: Page, control: Locator) {
  for (let stop = 1; stop <= 60; stop++) {
    if (await control.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('sixty stops of the Tab key did not lead there');
}

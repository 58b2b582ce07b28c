import { expect, type Locator, type Page } from '@playwright/test';

const MOST_STOPS = 60;

/** Goes on with the Tab key until this has the focus, and sees to it that people see it there. */
export async function tabTo(page: Page, control: Locator) {
  for (let stop = 1; stop <= MOST_STOPS; stop++) {
    if (await control.evaluate((one) => one === document.activeElement)) return expectFocusSeen(control);
    await page.keyboard.press('Tab');
  }
  throw new Error(`${MOST_STOPS} stops of the Tab key did not lead to ${control}`);
}

/** A line around what has the focus. A link of the navigation draws it around itself and its number (nav.css). */
async function expectFocusSeen(control: Locator) {
  const isSeen = () =>
    control.evaluate((one) => {
      const looks = ['', '::before'].map((part) => getComputedStyle(one, part));
      return looks.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) > 0);
    });
  await expect.poll(isSeen, `the focus is seen on ${control}`).toBe(true);
}

/** Goes there and presses it. */
export async function press(page: Page, control: Locator, key: 'Enter' | 'Space' = 'Enter') {
  await tabTo(page, control);
  await page.keyboard.press(key);
}

/** Goes there and types, over whatever stands in it. */
export async function typeInto(page: Page, control: Locator, text: string) {
  await tabTo(page, control);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** Goes there and turns to the next choice until it is this one. */
export async function turnTo(page: Page, select: Locator, value: string) {
  await tabTo(page, select);
  const choices = await select.locator('option').count();
  for (let turn = 1; turn < choices && (await select.inputValue()) !== value; turn++) await page.keyboard.press('ArrowDown');
  await expect(select).toHaveValue(value);
}

import type { Page } from '@playwright/test';
import { axe, expectNoSidewaysScroll } from '../support/look.ts';
import { ANNA } from '../support/people.ts';
import { Sender, addMany } from '../support/sender.ts';
import { enter, hydrated, usersPath } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';

const bar = (page: Page) => page.getByRole('region', { name: 'Selection' });
const wholePage = (page: Page) => page.getByRole('checkbox', { name: 'Select everybody on this page' });
const boxes = (page: Page) => page.getByRole('row').getByRole('checkbox', { name: /^Select (?!everybody)/ });

/** What the form would send. */
const sent = (page: Page) =>
  bar(page).evaluate((part) => {
    const form = new FormData(part.closest('form')!);
    return { ids: form.getAll('ids[]').map(String), all: form.get('all') };
  });

test('what is ticked spans pages, and is sent from wherever one is', { tag: '@both' }, async ({ freshBalie, visit }) => {
  const server = await freshBalie();
  await addMany(await Sender.of(server, ANNA), 20);
  const page = await visit({ server });
  await enter(page, ANNA, usersPath());
  await expect(bar(page)).toBeHidden();
  await boxes(page).nth(1).check();
  const [first] = (await sent(page)).ids;
  await expect(bar(page)).toContainText('1 selected');
  for (const step of ['Next', 'Previous', 'Next']) {
    await page.getByRole('link', { name: step }).click();
    await expect(page).toHaveURL(step === 'Next' ? /page=2/ : /users(\?)?$/);
    await expect(bar(page)).toContainText('1 selected');
    expect((await sent(page)).ids).toEqual([first]);
  }
  await boxes(page).nth(0).check();
  await expect(page.getByRole('status').filter({ hasText: '2 selected' })).toHaveCount(1);
  expect((await sent(page)).ids).toHaveLength(2);
  await wholePage(page).check();
  await bar(page).getByRole('button', { name: /^Select all \d+$/ }).click();
  expect((await sent(page)).all).toBe('on');
  await expect(bar(page).getByRole('button', { name: 'Select none' })).toBeFocused();
  await page.getByRole('link', { name: 'Previous' }).click();
  await expect(boxes(page)).toHaveCount(50);
  await expect(boxes(page).first()).toBeChecked();
  await boxes(page).first().uncheck();
  await expect(bar(page)).toContainText('49 selected');
  expect((await sent(page)).all).toBeNull();

  // Another filter is another list.
  await page.getByRole('main').getByRole('searchbox').fill('anna');
  await page.getByRole('main').getByRole('searchbox').press('Enter');
  await expect(page).toHaveURL(/search=anna/);
  await expect(bar(page)).toBeHidden();
});

test('with Shift a press reaches from the row that was pressed last', { tag: '@once' }, async ({ page }) => {
  await enter(page, ANNA, usersPath());
  await boxes(page).nth(2).click();
  await boxes(page).nth(6).click({ modifiers: ['Shift'] });
  await expect(bar(page)).toContainText('5 selected');
  await expect(boxes(page).nth(4)).toBeChecked();
  await expect(wholePage(page)).toHaveJSProperty('indeterminate', true);
  await bar(page).getByRole('button', { name: 'Select none' }).click();
  await expect(bar(page)).toBeHidden();
  await expect(boxes(page).nth(4)).not.toBeChecked();
  await expect(wholePage(page)).toBeFocused();
});

test('what was ticked before WebAssembly arrives is not lost', { tag: '@once' }, async ({ page }) => {
  await enter(page, ANNA);
  let arrive = () => {};
  const held = new Promise<void>((later) => (arrive = later));
  await page.route('**/*.wasm', (route) => held.then(() => route.continue()));
  await page.goto(usersPath());
  await boxes(page).nth(3).check();
  await expect(bar(page)).toBeVisible();
  arrive();
  await hydrated(page);
  await expect(bar(page)).toContainText('1 selected');
  await expect(boxes(page).nth(3)).toBeChecked();
});

test('the bar never hides what has the focus', { tag: '@once' }, async ({ page }) => {
  await enter(page, ANNA, usersPath());
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 700 });
    await boxes(page).first().focus();
    await boxes(page).first().check();
    const top = await bar(page).evaluate((part) => part.getBoundingClientRect().top);
    for (let stop = 0; stop < 24; stop++) {
      await page.keyboard.press('Tab');
      const { bottom, within } = await page.evaluate(() => {
        const focused = document.activeElement!;
        return { bottom: focused.getBoundingClientRect().bottom, within: !!focused.closest('.action-bar') };
      });
      if (!within) expect(bottom, `stop ${stop} at ${width}`).toBeLessThanOrEqual(top);
    }
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the buttons are there, and a box for all that was found; the one that ticks the page is not', { tag: '@once' }, async ({ page }) => {
    await enter(page, ANNA, usersPath());
    await expect(bar(page)).toBeVisible();
    await expect(wholePage(page)).toHaveCount(0);
    await bar(page).getByRole('checkbox', { name: /^All \d+ found$/ }).check();
    expect((await sent(page)).all).toBe('on');
    await boxes(page).nth(1).check();
    await bar(page).getByRole('button', { name: 'Select none' }).click();
    await expect(boxes(page).nth(1)).not.toBeChecked();
  });
});

test.describe('the look', { tag: '@look' }, () => {
  test('axe finds nothing: selected rows', async ({ page }) => {
    await enter(page, ANNA, usersPath());
    await boxes(page).nth(1).check();
    await axe(page);
  });

  test('no sideways scroll from phone to wide screen: selected rows', async ({ page }) => {
    await enter(page, ANNA, usersPath());
    await boxes(page).nth(1).check();
    for (const width of [320, 360, 768, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(page);
    }
  });
});

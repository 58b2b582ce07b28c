import type { Page } from '@playwright/test';
import { axe, expectNoSidewaysScroll } from '../support/look.ts';
import { ANNA, BRAM, CARLA, STAFF } from '../support/people.ts';
import { DESK, at, enter, heading, signIn, usersPath } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';

const dialog = (page: Page) => page.getByRole('dialog');
const box = (page: Page) => dialog(page).getByRole('combobox');
const options = (page: Page) => dialog(page).getByRole('option');
const chosen = (page: Page) => dialog(page).getByRole('option', { selected: true });
const opener = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Search', exact: true });

async function openPalette(page: Page, text = '') {
  await page.keyboard.press('Control+k');
  await expect(box(page)).toBeFocused();
  if (text) await box(page).fill(text);
}

test('a page is found and opened by the keyboard alone', { tag: '@once' }, async ({ page }) => {
  await enter(page, ANNA, '/company/10001');
  await openPalette(page, 'user');
  await expect(chosen(page)).toContainText('Users');
  await expect(dialog(page).getByRole('status')).toHaveText(/^\d+ results$/);
  await page.keyboard.press('Enter');
  await at(page, usersPath());
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole('main')).toBeFocused();
});

test('a person is found while typing, whatever the case, and opened', { tag: '@both' }, async ({ page }) => {
  await enter(page, ANNA, '/company/10001');
  await openPalette(page, 'CARLA@');
  await expect(dialog(page).getByRole('group', { name: 'People' }).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await at(page, /\/users\/[0-9a-f-]{36}$/);
  await expect(heading(page)).toContainText('Carla');
});

test('the arrows go round, and the field says which one is chosen', { tag: '@once' }, async ({ page }) => {
  await enter(page, ANNA, '/company/10001');
  await openPalette(page);
  const first = await chosen(page).getAttribute('id');
  await expect(box(page)).toHaveAttribute('aria-activedescendant', first!);
  await page.keyboard.press('ArrowDown');
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant', first!);
  const seen = new Set<string | null>();
  for (let place = await options(page).count(); place > 0; place--) {
    const id = await chosen(page).getAttribute('id');
    expect(seen).not.toContain(id);
    seen.add(id);
    await page.keyboard.press('ArrowDown');
    await expect(box(page)).not.toHaveAttribute('aria-activedescendant', id!);
  }
  await page.keyboard.press('ArrowUp');
  await expect(box(page)).toHaveAttribute('aria-activedescendant', first!);
  await page.keyboard.press('ArrowUp');
  await expect(options(page).last()).toHaveAttribute('aria-selected', 'true');
  await expect(options(page).last()).toBeInViewport();
  await expect(chosen(page)).toHaveCount(1);
});

test('staff find a company by its name and by its domain', { tag: '@once' }, async ({ page }) => {
  await enter(page, STAFF, '/provider/products');
  await openPalette(page, 'noordzee.ex');
  const company = dialog(page).getByRole('group', { name: 'Companies' }).getByRole('option');
  await expect(company).toHaveCount(1);
  await expect(company).toContainText('Noordzee Energie');
  await page.keyboard.press('Enter');
  await at(page, '/provider/companies/10003');
});

test('Escape, the cross and Ctrl K close it, and the focus returns', { tag: '@once' }, async ({ page }) => {
  await enter(page, ANNA, usersPath());
  const search = page.getByRole('main').getByRole('searchbox');
  const ways = [
    () => page.keyboard.press('Escape'),
    () => dialog(page).getByRole('button', { name: 'Close' }).click(),
    () => page.keyboard.press('Control+k'),
    () => page.mouse.click(5, 400),
  ];
  for (const close of ways) {
    await search.focus();
    await openPalette(page, 'home');
    await close();
    await expect(dialog(page)).toBeHidden();
    await expect(search).toBeFocused();
  }
  await opener(page).click();
  await expect(box(page)).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(opener(page)).toBeFocused();
});

test('the answer to what was typed last counts, however late the one before comes', { tag: '@once' }, async ({ page }) => {
  await enter(page, ANNA, '/company/10001');
  let held = 0;
  await page.route('**/api/list_users', async (route) => {
    const isFirst = (route.request().postData() ?? '').includes('carla');
    const answer = await route.fetch();
    if (isFirst) await new Promise((later) => setTimeout(later, 1500));
    if (isFirst) held++;
    await route.fulfill({ response: answer });
  });
  const asked = page.waitForRequest(/list_users/);
  await openPalette(page, 'carla');
  await asked;
  await box(page).fill('bram');
  const people = dialog(page).getByRole('group', { name: 'People' });
  await expect(people.getByRole('option')).toContainText('Bram');
  await expect.poll(() => held).toBe(1);
  await expect(people.getByRole('option')).toHaveCount(1);
  await expect(people.getByRole('option')).toContainText('Bram');
});

test('somebody who is no administrator finds no people, and the server is not asked', { tag: '@once' }, async ({ page }) => {
  await enter(page, CARLA, '/company/10001');
  const asked: string[] = [];
  page.on('request', (request) => void (request.url().includes('list_users') && asked.push(request.url())));
  await openPalette(page);
  await expect(options(page).filter({ hasText: 'Home' })).toHaveCount(1);
  await expect(options(page).filter({ hasText: /^(Users|General|History|Add user|Companies)/ })).toHaveCount(0);
  await box(page).fill('anna');
  await expect(dialog(page).getByRole('status')).toContainText('Nothing found');
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant');
  await page.waitForTimeout(600);
  expect(asked).toEqual([]);
});

test('staff find the provider\'s pages', { tag: '@once' }, async ({ page }) => {
  await enter(page, STAFF, '/profile');
  await openPalette(page, 'provider');
  await expect(options(page).first()).toContainText('Companies');
  await page.keyboard.press('Enter');
  await at(page, DESK);
});

test('actions: the language, and signing out', { tag: '@once' }, async ({ page }) => {
  await signIn(page, BRAM);
  await openPalette(page, 'dutch');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  await at(page, '/company/10001');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Zoeken', exact: true })).toBeVisible();
  await openPalette(page, 'afmelden');
  await page.keyboard.press('Enter');
  await at(page, '/login');
});

test('without JavaScript there is no button', { tag: '@once' }, async ({ visit }) => {
  const page = await visit({ javaScriptEnabled: false });
  await enter(page, ANNA, '/company/10001');
  await expect(page.getByRole('banner')).toBeVisible();
  await expect(opener(page)).toHaveCount(0);
});

test.describe('the look', { tag: '@look' }, () => {
  test('axe finds nothing: palette', async ({ page }) => {
    await enter(page, ANNA, '/company/10001');
    await openPalette(page, 'a');
    await expect(dialog(page).getByRole('group', { name: 'People' })).toBeVisible();
    await axe(page);
    await box(page).fill('nobody is called this');
    await axe(page);
  });

  test('no sideways scroll from phone to wide screen: palette', async ({ page }) => {
    await enter(page, ANNA, '/company/10001');
    await openPalette(page, 'an');
    for (const width of [320, 768, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(page);
      await expect(box(page)).toBeInViewport({ ratio: 1 });
    }
  });
});

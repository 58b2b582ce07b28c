import type { Page } from '@playwright/test';
import { ANNA, BRAM, CARLA } from '../support/people.ts';
import { expectRefused } from '../support/refusals.ts';
import { axe, expectNoSidewaysScroll, lightness, photograph } from '../support/look.ts';
import {
  SIGN_OUT, accountMenu, at, choose, enter, field, fillUser, go, openUser, signIn, signOutButton, submit, usersPath,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript, type Invited } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

withAndWithoutScript((script) => {
  for (const who of ['signed out', 'signed in']) {
    const path = who === 'signed out' ? '/login' : usersPath();
    const open = (page: Page) => (who === 'signed out' ? go(page, path) : enter(page, BRAM, path));

    test(`${who}: the language is switched on the spot, and remembered`, async ({ page }) => {
      await open(page);
      const html = page.locator('html');
      await expect(html).toHaveAttribute('lang', 'en');
      const english = await page.title();
      await choose(page, 'language', 'nl');
      await expect(html).toHaveAttribute('lang', 'nl');
      await at(page, path);
      await page.reload();
      await expect(html).toHaveAttribute('lang', 'nl');
      await expect(page).not.toHaveTitle(english);
      await at(page, path);
      await choose(page, 'language', 'en');
      await expect(html).toHaveAttribute('lang', 'en');
      await expect(page).toHaveTitle(english);
    });

    test(`${who}: the theme is switched on the spot, and remembered`, async ({ page }) => {
      await open(page);
      for (const theme of ['dark', 'light'] as const) {
        const fits = (light: number) => (theme === 'dark' ? light < 0.3 : light > 0.7);
        await choose(page, 'theme', theme);
        await expect.poll(async () => fits(await lightness(page))).toBe(true);
        await at(page, path);
        await page.reload();
        await at(page, path);
        expect(fits(await lightness(page))).toBe(true);
      }
    });
  }

  test('the switches bear names; those of the languages are their own', async ({ page }) => {
    await go(page, '/login');
    const banner = page.getByRole('banner');
    for (const [name, language] of [['Nederlands', 'nl'], ['English', 'en']]) {
      const control = banner.getByRole('button', { name, exact: true, includeHidden: true });
      await expect(control).toHaveAttribute('lang', language);
    }
  });

  test('without a choice, the browser\'s language and the system\'s theme hold', async ({ visit }) => {
    const dutch = await visit({ locale: 'nl-NL', colorScheme: 'dark' });
    await go(dutch, '/login');
    await expect(dutch.locator('html')).toHaveAttribute('lang', 'nl');
    expect(await lightness(dutch)).toBeLessThan(0.3);
    const german = await visit({ locale: 'de-DE', colorScheme: 'light' });
    await go(german, '/login');
    await expect(german.locator('html')).toHaveAttribute('lang', /^(nl|en)$/);
    expect(await lightness(german)).toBeGreaterThan(0.7);
  });

  test('the skip link is first, and leads past the navigation', async ({ page }) => {
    for (const path of ['/login', usersPath()]) {
      if (path !== '/login') await enter(page, ANNA, path);
      else await go(page, path);
      await page.keyboard.press('Tab');
      const skip = page.locator('a:focus');
      await expect(skip).toBeInViewport();
      const target = (await skip.getAttribute('href'))!;
      expect(target).toMatch(/#[\w-]+$/);
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/#[\w-]+$/);
      await page.keyboard.press('Tab');
      await expect(page.getByRole('main').locator(':focus'), 'the next stop is in the main part').toHaveCount(1);
    }
  });

  test('the account menu by keyboard: open, reach, sign out', async ({ page }) => {
    await signIn(page, CARLA);
    const opener = accountMenu(page, /carla/i);
    await opener.focus();
    await expect(signOutButton(page)).toBeHidden();
    await page.keyboard.press('Enter');
    await expect(signOutButton(page)).toBeVisible();
    await expect(page.getByRole('banner').getByRole('link', { name: 'My profile' })).toBeVisible();
    if (script) {
      await page.keyboard.press('Escape');
      await expect(signOutButton(page)).toBeHidden();
      await expect(opener).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(signOutButton(page)).toBeVisible();
    }
    const focused = page.getByRole('banner').locator('button:focus').filter({ hasText: SIGN_OUT });
    for (let stop = 1; stop <= 10 && (await focused.count()) === 0; stop++) await page.keyboard.press('Tab');
    await expect(focused).toHaveCount(1);
    await page.keyboard.press('Enter');
    await at(page, '/login');
  });

  test('where one is, is marked, and each page has its own title and one heading', async ({ page }) => {
    const titles = new Set<string>();
    for (const path of ['/company/10001', '/company/10001/general', usersPath(), `${usersPath()}/new`]) {
      await enter(page, ANNA, path);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expect(page.getByRole('navigation').locator('[aria-current]').first()).toBeVisible();
      titles.add(await page.title());
    }
    expect(titles.size).toBe(4);
  });

  test('G1: General shows the company', async ({ page }) => {
    await enter(page, ANNA, '/company/10001/general');
    const main = page.getByRole('main');
    for (const text of ['Van Dijk Bruggenbouw', '10001', 'vandijk.example']) await expect(main).toContainText(text);
    await expect(main.getByText('Allowed domains')).toBeVisible();
    await expect(main.getByText('Allow self-registration')).toBeVisible();
  });
});

type Place = { name: string; open: (page: Page, newcomer: () => Promise<Invited>) => Promise<unknown> };
const PLACES: Place[] = [
  { name: 'sign in', open: (page) => go(page, '/login') },
  { name: 'complete registration', open: async (page, newcomer) => go(page, (await newcomer()).link) },
  { name: 'a made-up link', open: (page) => go(page, `/register/complete/${'A'.repeat(43)}`) },
  { name: 'Home', open: (page) => enter(page, ANNA, '/company/10001') },
  { name: 'Home of a user', open: (page) => enter(page, CARLA, '/company/10001') },
  { name: 'General', open: (page) => enter(page, ANNA, '/company/10001/general') },
  { name: 'Users', open: (page) => enter(page, ANNA, usersPath()) },
  { name: 'Add user', open: (page) => enter(page, ANNA, `${usersPath()}/new`) },
  { name: 'a user', open: async (page) => enter(page, ANNA).then(() => openUser(page, CARLA)) },
  { name: 'not found', open: (page) => enter(page, ANNA, '/company/10001/nothing-here') },
];

test.describe('the look', { tag: '@look' }, () => {
  for (const { name, open } of PLACES) {
    for (const language of ['en', 'nl'] as const) {
      test(`axe finds nothing: ${name}, ${language}`, async ({ page, invite, context, baseURL, problems }) => {
        problems.allow(REFUSAL);
        await context.addCookies([{ name: 'language', value: language, url: baseURL }]);
        await open(page, invite);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await axe(page);
      });
    }

    test(`no sideways scroll from phone to wide screen: ${name}`, async ({ page, invite, problems }) => {
      problems.allow(REFUSAL);
      await open(page, invite);
      for (const width of [320, 360, 768, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoSidewaysScroll(page);
        await photograph(page, `${name}-${width}`);
      }
    });
  }

  test('axe finds nothing: open menu', async ({ page }) => {
    await enter(page, ANNA, '/company/10001');
    await accountMenu(page, /anna/i).click();
    await expect(signOutButton(page)).toBeVisible();
    await axe(page);
  });

  test('axe finds nothing: refused at sign-in', async ({ page, problems }) => {
    problems.allow(REFUSAL);
    await go(page, '/login');
    await field(page, 'username').fill('nobody@vandijk.example');
    await submit(page, 'password');
    await expectRefused(page);
    await axe(page);
  });

  test('axe finds nothing: refused at Add user', async ({ page, problems }) => {
    problems.allow(REFUSAL);
    await enter(page, ANNA, `${usersPath()}/new`);
    await fillUser(page, { username: 'no address', name: '' });
    await expectRefused(page, 'username');
    await expectRefused(page, 'name');
    await axe(page);
  });

  test('axe finds nothing: half a password', async ({ page, invite }) => {
    await go(page, (await invite()).link);
    await field(page, 'new_password').pressSequentially('Kort-7');
    await axe(page);
  });
});

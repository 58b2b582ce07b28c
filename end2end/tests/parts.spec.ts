// The client comes in parts: a part may come late, or not at all.
import type { Page } from '@playwright/test';
import { ANNA } from '../support/people.ts';
import { at, enter, hydrated, usersPath } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';

const USERS = /\/pkg\/balie-inside_users\./;
const HOME = '/company/10001';

/** Goes to the users, whose part does not come until it is released. */
async function goWhileHeld(page: Page) {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(USERS, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('link', { name: 'To the users' }).click();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'true');
  return release;
}

test('a page is announced on the one before until its part is there', { tag: '@once' }, async ({ page }) => {
  await enter(page, ANNA, HOME);
  const release = await goWhileHeld(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Home');
  release();
  await at(page, usersPath());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Users');
  await expect(page.getByRole('main')).not.toHaveAttribute('aria-busy', 'true');
});

test('who goes elsewhere while a part is awaited is not led back', { tag: '@once' }, async ({ page }) => {
  await enter(page, ANNA, HOME);
  const release = await goWhileHeld(page);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My company' }).click();
  await at(page, `${HOME}/general`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('General');
  const came = page.waitForResponse(USERS);
  release();
  await came;
  await page.waitForTimeout(500);
  await at(page, `${HOME}/general`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('General');
});

test('where a part is gone, the page is loaded with the client of today', { tag: '@once' }, async ({ page, problems }) => {
  problems.allow(/404|inside_users/);
  await enter(page, ANNA, HOME);
  let asked = 0;
  await page.route(USERS, (route) => (asked++ === 0 ? route.fulfill({ status: 404, body: 'gone' }) : route.continue()));
  const loaded = page.waitForEvent('load');
  await page.getByRole('link', { name: 'To the users' }).click();
  await loaded;
  await hydrated(page);
  await at(page, usersPath());
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible();
});

test('a network that stumbles is asked again', { tag: '@once' }, async ({ page, problems }) => {
  problems.allow(/net::|Failed to load/);
  let asked = 0;
  await enter(page, ANNA, HOME);
  await page.route(USERS, (route) => (asked++ === 0 ? route.abort() : route.continue()));
  await page.getByRole('link', { name: 'To the users' }).click();
  await at(page, usersPath());
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible();
  expect(asked).toBe(2);
});

test('without its part a page stays as the server sent it, and works', { tag: '@once' }, async ({ page, problems }) => {
  problems.allow(/404|inside_users/);
  await enter(page, ANNA, HOME);
  await page.route(USERS, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.goto(usersPath());
  await page.getByRole('searchbox', { name: 'Search users' }).fill('bram');
  await page.getByRole('button', { name: 'Search', exact: true }).last().click();
  await expect(page).toHaveURL(/search=bram/);
  await expect(page.getByRole('row').filter({ hasText: 'Bram Janssen' })).toBeVisible();
});

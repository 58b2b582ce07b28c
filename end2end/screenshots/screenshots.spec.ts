import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { ANNA, CARLA } from '../support/people.ts';
import { enter, field, go, hydrated, openUser, usersPath } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';

const DOCS = resolve(import.meta.dirname, '../../docs');
/** A page of pictures should open at once. */
const MOST_BYTES = 80_000;

const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, colorScheme: 'light', locale: 'en-GB' };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'nl-NL' };

test('users', async ({ visit }) => {
  const page = await visit(desk);
  await enter(page, ANNA, usersPath());
  await save(page, 'users');
});

test('users on a phone', async ({ visit }) => {
  const page = await visit(phone);
  await enter(page, ANNA, usersPath());
  await save(page, 'users-phone');
});

test('one person', async ({ visit }) => {
  const page = await visit(desk);
  await enter(page, ANNA);
  await openUser(page, CARLA);
  await save(page, 'person');
});

test('search from everywhere', async ({ visit }) => {
  const page = await visit(desk);
  await enter(page, ANNA, '/company/10001');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('an');
  await expect(page.getByRole('option').nth(3)).toBeVisible();
  await save(page, 'search');
});

test('complete registration', async ({ visit, invite }) => {
  const { link } = await invite(undefined, { username: 'fleur@vandijk.example', name: 'Fleur Dekker' });
  const page = await visit({ ...desk, viewport: { width: 1280, height: 900 } });
  await go(page, link);
  await field(page, 'new_password').pressSequentially('Gele-Trein');
  await save(page, 'complete-registration');
});

/** As WebP, which Chromium writes itself: a third of a PNG's bytes. Without a focus ring and a blinking caret. */
async function save(page: Page, name: string) {
  await hydrated(page);
  await page.evaluate(() => document.fonts.ready);
  const browser = await page.context().newCDPSession(page);
  const { data } = await browser.send('Page.captureScreenshot', { format: 'webp', quality: 88 });
  const path = `${DOCS}/${name}.webp`;
  await writeFile(path, Buffer.from(data, 'base64'));
  expect(statSync(path).size, `${path} is small`).toBeLessThan(MOST_BYTES);
}

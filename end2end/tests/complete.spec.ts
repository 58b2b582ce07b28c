import type { Page } from '@playwright/test';
import { ANNA, NEW_PASSWORD } from '../support/people.ts';
import { expectRefused, summary } from '../support/refusals.ts';
import {
  HOME, accountMenu, at, complete, enter, field, fillPassword, go, heading, openUser, row, searchUsers, signIn, submit,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const DAY = 24 * 60 * 60;
const requirements = (page: Page) => page.getByRole('list', { name: 'Password requirements' });
const saysUsed = (page: Page) => heading(page).or(summary(page)).filter({ hasText: /used/i }).first();
const items = (page: Page, met: boolean) => requirements(page).locator(`li[data-state="${met ? 'met' : 'unmet'}"]`);

withAndWithoutScript(() => {
  test('the page has the names that people and manuals know', { tag: '@once' }, async ({ page, invite }) => {
    const { link } = await invite();
    await go(page, link);
    await expect(page.getByLabel('New password', { exact: true })).toHaveAttribute('name', 'new_password');
    await expect(page.getByLabel('Repeat password', { exact: true })).toHaveAttribute('name', 'repeat_password');
    await expect(field(page, 'new_password')).toHaveAttribute('autocomplete', 'new-password');
    await expect(page.getByRole('button', { name: 'Complete registration', exact: true })).toBeVisible();
    expect(await requirements(page).getByRole('listitem').count()).toBeGreaterThanOrEqual(3);
  });

  test('A2: bad passwords are refused, and the link still works', async ({ page, invite, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    const tag = person.username.split('@')[0];
    const bad = {
      'too short': 'Kort-Eend-7',
      'too long': 'Gele-Trein-Wolken-58'.repeat(7),
      'her name': 'Gele-Dekker-Wolken-58',
      'her address': `Gele-${tag}-Wolken-58`,
      'commonly used': 'passwordpassword',
      'easily guessed': 'abcabcabcabcabc',
      'one character': 'aaaaaaaaaaaaaaaaaaaa',
    };
    await go(page, person.link);
    for (const [why, password] of Object.entries(bad)) {
      await test.step(why, async () => {
        await fillPassword(page, password);
        await expectRefused(page, 'new_password');
        await expect(field(page, 'new_password')).toHaveValue('');
        await expect(field(page, 'repeat_password')).toHaveValue('');
        await go(page, person.link);
      });
    }
    await fillPassword(page, NEW_PASSWORD, `${NEW_PASSWORD}x`);
    await expectRefused(page, 'repeat_password');
    await complete(page, person.link);
  });

  test('A2: any characters will do, and the new password signs in', async ({ page, invite, visit }) => {
    const password = 'naïef ☂ regen  "op" <dak> 🦆';
    const person = await invite();
    await complete(page, person.link, password);
    const elsewhere = await visit();
    await signIn(elsewhere, person.username, password);
    await expect(accountMenu(elsewhere, person.name)).toBeVisible();
  });

  test('A6: a used link says so, and leads on', async ({ page, invite, visit, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    await complete(page, person.link);
    const stranger = await visit();
    await go(stranger, person.link);
    await expect(heading(stranger)).toHaveText(/used/i);
    await expect(field(stranger, 'new_password')).toHaveCount(0);
    await expect(stranger.getByRole('main')).not.toContainText(person.username);
    await stranger.getByRole('main').getByRole('link', { name: /sign in/i }).click();
    await at(stranger, '/login');
    await go(page, person.link);
    await expect(heading(page)).toHaveText(/used/i);
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  });

  test('A6: the form of a link that was used meanwhile changes nothing', async ({ page, invite, visit, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    await go(page, person.link);
    const quicker = await visit();
    await complete(quicker, person.link);
    await fillPassword(page, 'Natte-Sneeuw-Ladder-31');
    await expect(saysUsed(page)).toBeVisible();
    await expect(page).not.toHaveURL((url) => HOME.test(url.pathname));
    const elsewhere = await visit();
    await signIn(elsewhere, person.username, NEW_PASSWORD);
  });

  test('A6, U2: an expired link says so, and sends a new one', async ({ freshBalie, invite, visit, problems }) => {
    problems.allow(REFUSAL);
    const server = await freshBalie();
    const person = await invite(server);
    await server.clock.advance(32 * DAY);
    server.sessions.clear();
    const administrator = await visit({ server });
    await enter(administrator, ANNA);
    await searchUsers(administrator, person.username);
    await expect(row(administrator, person.username)).toContainText('Registration expired');

    const page = await visit({ server });
    await go(page, person.link);
    await expect(heading(page)).toHaveText(/expired/i);
    await expect(field(page, 'new_password')).toHaveCount(0);
    await page.getByRole('button', { name: 'Send a new link' }).click();
    const { link } = await server.mail.waitFor({ to: person.username, count: 2 });
    expect(link).not.toBe(person.link);
    await complete(page, link);
  });

  test('U2: Resend email kills the old link; the new one works', async ({ page, invite, visit, mail, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    await enter(page, ANNA);
    await openUser(page, person.username);
    await page.getByRole('button', { name: 'Resend email' }).click();
    const { link } = await mail.waitFor({ to: person.username, count: 2 });
    expect(link).not.toBe(person.link);

    const newcomer = await visit();
    await go(newcomer, person.link);
    await expect(heading(newcomer)).toHaveText(/withdrawn|replaced/i);
    await expect(field(newcomer, 'new_password')).toHaveCount(0);
    await complete(newcomer, link);
  });

  test('A6: somebody else who is signed in signs out and goes on', async ({ page, invite }) => {
    const person = await invite();
    await signIn(page, ANNA);
    await go(page, person.link);
    await expect(field(page, 'new_password')).toHaveCount(0);
    await page.getByRole('button', { name: 'Sign out and continue' }).click();
    await expect(field(page, 'new_password')).toBeVisible();
    await at(page, new URL(person.link).pathname);
    await fillPassword(page, NEW_PASSWORD);
    await at(page, HOME);
    await expect(accountMenu(page, person.name)).toBeVisible();
  });

  test('a made-up link is not found, and tells nothing', async ({ page, problems }) => {
    problems.allow(REFUSAL);
    for (const token of ['x', 'A'.repeat(5000), '..%2f..%2fetc', '%00', '%ff', `'; DROP TABLE account;--`]) {
      const answer = await page.request.get(`/register/complete/${token}`);
      expect([400, 404, 414], token.slice(0, 50)).toContain(answer.status());
      expect(await answer.text()).not.toContain('new_password');
    }
    expect((await go(page, `/register/complete/${'A'.repeat(43)}`))?.status()).toBe(404);
    await expect(field(page, 'new_password')).toHaveCount(0);
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  });

  test('A5: neither the token nor a password is in the log', async ({ page, invite, balie }) => {
    const person = await invite();
    await complete(page, person.link);
    expect(balie.log()).not.toContain(person.token);
    expect(balie.log()).not.toContain(NEW_PASSWORD);
  });
});

test('A2: the list of requirements follows the typing', { tag: '@once' }, async ({ page, invite }) => {
  const person = await invite();
  await go(page, person.link);
  const total = await requirements(page).getByRole('listitem').count();
  const type = async (password: string) => {
    await field(page, 'new_password').fill('');
    await field(page, 'new_password').pressSequentially(password);
  };
  await expect(items(page, true)).not.toHaveCount(total);

  await type('Kort-7');
  await expect(items(page, false)).not.toHaveCount(0);
  const whenShort = await requirements(page).ariaSnapshot();

  await type(NEW_PASSWORD);
  await expect(items(page, true)).toHaveCount(total);
  expect(await requirements(page).ariaSnapshot(), 'the marks can be heard, too').not.toBe(whenShort);

  for (const bad of ['Gele-Dekker-Wolken-58', 'passwordpassword', 'aaaaaaaaaaaaaaaaaaaa']) {
    await type(bad);
    await expect(items(page, false), bad).not.toHaveCount(0);
    await type(NEW_PASSWORD);
    await expect(items(page, true)).toHaveCount(total);
  }
  await field(page, 'repeat_password').fill(NEW_PASSWORD);
  await submit(page, 'new_password');
  await at(page, HOME);
});

test('two people who press the button of one link at once: one account, one winner', { tag: '@both' }, async ({ invite, visit, problems }) => {
  problems.allow(REFUSAL);
  const person = await invite();
  const pages = [await visit(), await visit()];
  const passwords = ['Gele-Trein-Wolken-58', 'Natte-Sneeuw-Ladder-31'];
  for (const page of pages) await go(page, person.link);
  await Promise.all(pages.map((page, nth) => fillPassword(page, passwords[nth])));
  const decided = (page: Page) => saysUsed(page).or(accountMenu(page, person.name)).first();
  for (const page of pages) await expect(decided(page)).toBeVisible();
  const inside = pages.filter((page) => HOME.test(new URL(page.url()).pathname));
  expect(inside).toHaveLength(1);
  await signIn(await visit(), person.username, passwords[pages.indexOf(inside[0])]);
});

import type { Page } from '@playwright/test';
import { ANNA, NEW_PASSWORD } from '../support/people.ts';
import { HOME, accountMenu, at, complete, field, fillPassword, fillSignIn, go, heading, signIn, submit } from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const OTHER_PASSWORD = 'Natte-Sneeuw-Ladder-31';

async function askForLink(page: Page, username: string) {
  await go(page, '/forgot-password');
  await field(page, 'username').fill(username);
  await submit(page, 'username');
  await expect(heading(page)).toHaveText('Look in your mail');
}

const sendANewLink = (page: Page) => page.getByRole('main').getByRole('link', { name: 'Send a new link' });

withAndWithoutScript(() => {
  test('A4, A6: a link sets the password once; then it says that it was used', { tag: '@both' }, async ({ page, visit, invite, mail, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    await complete(await visit(), person.link);
    await askForLink(page, person.username);
    const { link } = await mail.waitFor({ to: person.username, subject: /password/i });
    await go(page, link);
    await expect(page.getByRole('main')).toContainText(person.username);
    await fillPassword(page, OTHER_PASSWORD);
    await at(page, '/login');
    await fillSignIn(page, person.username, OTHER_PASSWORD);
    await at(page, HOME);

    const stranger = await visit();
    await go(stranger, link);
    await expect(heading(stranger)).toHaveText(/used/i);
    await expect(stranger.getByRole('main')).not.toContainText(person.username);
    await sendANewLink(stranger).click();
    await at(stranger, '/forgot-password');
  });

  test('A6: somebody else who is signed in signs out and goes on; the person herself just goes on', async ({
    page, visit, invite, mail,
  }) => {
    const person = await invite();
    const own = await visit();
    await complete(own, person.link);
    await askForLink(own, person.username);
    const { link } = await mail.waitFor({ to: person.username, subject: /password/i });
    await go(own, link);
    await expect(field(own, 'new_password')).toBeVisible();

    await signIn(page, ANNA);
    await go(page, link);
    await expect(field(page, 'new_password')).toHaveCount(0);
    await expect(page.getByRole('main')).toContainText(/Anna/);
    await page.getByRole('button', { name: 'Sign out and continue' }).click();
    await expect(field(page, 'new_password')).toBeVisible();
    await at(page, new URL(link).pathname);
    await fillPassword(page, OTHER_PASSWORD);
    await at(page, '/login');
    await signIn(page, person.username, OTHER_PASSWORD);
    await expect(accountMenu(page, person.name)).toBeVisible();
  });

  test('A6: an expired and a replaced link say so, and lead to a new one', async ({ freshBalie, invite, visit, problems }) => {
    problems.allow(REFUSAL);
    const server = await freshBalie();
    const person = await invite(server);
    await complete(await visit({ server }), person.link);
    const page = await visit({ server });
    await askForLink(page, person.username);
    const first = await server.mail.waitFor({ to: person.username, subject: /password/i });
    await askForLink(page, person.username);
    const second = await server.mail.waitFor({ to: person.username, subject: /password/i, count: 2 });
    await go(page, first.link);
    await expect(heading(page)).toHaveText(/replaced/i);
    await expect(sendANewLink(page)).toHaveAttribute('href', '/forgot-password');

    await server.clock.advance(61 * 60);
    await go(page, second.link);
    await expect(heading(page)).toHaveText(/expired/i);
    await expect(field(page, 'new_password')).toHaveCount(0);
    await sendANewLink(page).click();
    await at(page, '/forgot-password');
    await askForLink(page, person.username);
    const third = await server.mail.waitFor({ to: person.username, subject: /password/i, count: 3 });
    await go(page, third.link);
    await fillPassword(page, OTHER_PASSWORD);
    await at(page, '/login');
  });

  test('A6: the form of a link that was used meanwhile changes nothing', async ({ page, visit, invite, mail, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    await complete(await visit(), person.link);
    await askForLink(page, person.username);
    const { link } = await mail.waitFor({ to: person.username, subject: /password/i });
    await go(page, link);
    const quicker = await visit();
    await go(quicker, link);
    await fillPassword(quicker, OTHER_PASSWORD);
    await at(quicker, '/login');
    await fillPassword(page, 'Hoge-Brug-Lantaarn-77');
    await expect(heading(page)).toHaveText(/used/i);
    await signIn(quicker, person.username, OTHER_PASSWORD);
  });

  test('where a sign-out leads is a page of ours, whatever is sent', { tag: '@once' }, async ({ page, baseURL }) => {
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '/\r\nSet-Cookie: a=b', '/é']) {
      const answer = await page.request.post('/api/sign_out_and_continue', {
        form: { next }, headers: { Origin: baseURL!, Accept: 'text/html' }, maxRedirects: 0,
      });
      expect(answer.headers().location, JSON.stringify(next)).toBe('/');
    }
    const inside = await page.request.post('/api/sign_in', {
      form: { username: ANNA, password: 'Kade-Zeven-Meeuw-42', next: '/é' }, headers: { Origin: baseURL!, Accept: 'text/html' }, maxRedirects: 0,
    });
    expect([inside.status(), inside.headers().location]).toEqual([303, '/']);
  });
});

test('the password of a reset can be the one of before only after another', async ({ page, visit, invite, mail, problems }) => {
  problems.allow(REFUSAL);
  const person = await invite();
  await complete(await visit(), person.link);
  await askForLink(page, person.username);
  const { link } = await mail.waitFor({ to: person.username, subject: /password/i });
  await go(page, link);
  await fillPassword(page, NEW_PASSWORD);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Use another password');
});

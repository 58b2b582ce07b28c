import type { Page } from '@playwright/test';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { ANNA, NEW_PASSWORD } from '../support/people.ts';
import { expectRefused } from '../support/refusals.ts';
import {
  HOME, accountMenu, at, complete, enter, field, fillPassword, fillSignIn, go, heading, signIn, submit,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const OTHER_PASSWORD = 'Natte-Sneeuw-Ladder-31';

async function askForLink(page: Page, username: string) {
  await go(page, '/forgot-password');
  await field(page, 'username').fill(username);
  await submit(page, 'username');
  await expect(heading(page)).toHaveText(/^(Look in your mail|Kijk in uw mail)$/);
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

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('asking, setting, and every state of the link', async ({ freshBalie, invite, visit, problems }) => {
      problems.allow(REFUSAL);
      const english = /^(Forgot password|Send link|Back to sign in|Set password|Send a new link|Sign in|Sign out and continue|(Show|Hide) password)$/;
      const allDutch = async (of: Page, title: string) => {
        await expect(of.locator('html')).toHaveAttribute('lang', 'nl');
        await expect(heading(of)).toHaveText(title);
        await expect(of.getByRole('button', { name: english })).toHaveCount(0);
        await expect(of.getByRole('link', { name: english })).toHaveCount(0);
        await expect(of.getByLabel(/^(Username|New password|Repeat password)$/)).toHaveCount(0);
        await expect(of.getByRole('main')).not.toContainText(/There is a problem|Password requirements|This link|the password|your password/i);
      };
      const server = await freshBalie();
      const reader = () => visit({ server, locale: 'nl-NL' });
      const person = await invite(server);
      await complete(await reader(), person.link);
      const page = await reader();
      await go(page, '/forgot-password');
      await allDutch(page, 'Wachtwoord vergeten');
      await submit(page, 'username');
      await expectRefused(page, 'username');
      await allDutch(page, 'Wachtwoord vergeten');
      const letter = { to: person.username, subject: /^Stel een nieuw wachtwoord in$/ };
      await askForLink(page, person.username);
      await allDutch(page, 'Kijk in uw mail');
      const first = await server.mail.waitFor(letter);
      await askForLink(page, person.username);
      const second = await server.mail.waitFor({ ...letter, count: 2 });
      await go(page, first.link);
      await allDutch(page, 'Deze link is vervangen door een nieuwere');

      await go(page, second.link);
      await allDutch(page, 'Wachtwoord instellen');
      await fillPassword(page, OTHER_PASSWORD, 'anders');
      await expectRefused(page, 'repeat_password');
      await allDutch(page, 'Wachtwoord instellen');
      const inside = await reader();
      await enter(inside, ANNA);
      await go(inside, second.link);
      await allDutch(inside, 'U bent al ingelogd');
      await fillPassword(page, OTHER_PASSWORD);
      await at(page, '/login');
      await expect(page.getByRole('main')).toContainText('Uw wachtwoord is ingesteld.');
      await go(page, second.link);
      await allDutch(page, 'Deze link is al gebruikt');

      await askForLink(page, person.username);
      const third = await server.mail.waitFor({ ...letter, count: 3 });
      await server.clock.advance(61 * 60);
      await go(page, third.link);
      await allDutch(page, 'Deze link is verlopen');
      await go(page, `/reset-password/${'A'.repeat(43)}`);
      await allDutch(page, 'Deze link bestaat niet');
    });
  });
});

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: forgotten passwords, ${language}`, async ({ freshBalie, invite, visit, problems }) => {
      test.slow();
      problems.allow(REFUSAL);
      const server = await freshBalie();
      const reader = async () => {
        const page = await visit({ server });
        await page.context().addCookies([{ name: 'language', value: language, url: server.url }]);
        return page;
      };
      const look = async (page: Page, name: string) => {
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await axe(page);
        for (const width of [320, 360, 768, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
          await photograph(page, `reset ${name} ${language} ${width}`);
        }
      };
      const open = async (page: Page, name: string, path: string) => {
        await go(page, path);
        await look(page, name);
      };
      const person = await invite(server);
      await complete(await visit({ server }), person.link);
      const letter = { to: person.username, subject: /password|wachtwoord/i };
      const page = await reader();
      await open(page, 'asking', '/forgot-password');
      await submit(page, 'username');
      await expectRefused(page, 'username');
      await look(page, 'nothing filled in');
      await askForLink(page, person.username);
      await look(page, 'asked');
      const first = await server.mail.waitFor(letter);
      await askForLink(page, person.username);
      const second = await server.mail.waitFor({ ...letter, count: 2 });
      await open(page, 'replaced', first.link);

      await open(page, 'fresh', second.link);
      await field(page, 'new_password').pressSequentially('Natte');
      await look(page, 'half a password');
      await submit(page, 'new_password');
      await expectRefused(page, 'new_password');
      await look(page, 'refused');
      const inside = await reader();
      await enter(inside, ANNA);
      await open(inside, 'somebody else', second.link);
      await fillPassword(page, OTHER_PASSWORD);
      await at(page, '/login');
      await look(page, 'set');
      await open(page, 'used', second.link);

      await askForLink(page, person.username);
      const third = await server.mail.waitFor({ ...letter, count: 3 });
      await server.clock.advance(61 * 60);
      await open(page, 'expired', third.link);
      await open(page, 'unknown', `/reset-password/${'A'.repeat(43)}`);
    });
  }
});

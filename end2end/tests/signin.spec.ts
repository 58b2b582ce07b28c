import type { Page } from '@playwright/test';
import { ANNA, CARLA, DIRK, NEW_PASSWORD, PASSWORD, WRONG_PASSWORD, mark } from '../support/people.ts';
import { expectRefused, summary } from '../support/refusals.ts';
import {
  HOME, at, complete, enter, field, fillSignIn, go, hydrated, openUser, row, searchUsers, sessionCookies, signIn, signOut, usersPath,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

async function refusalFor(page: Page, username: string, password: string): Promise<string> {
  await go(page, '/login');
  await fillSignIn(page, username, password);
  await expectRefused(page);
  await expect(field(page, 'username')).toHaveValue(username);
  await expect(field(page, 'password')).toHaveValue('');
  return (await summary(page).innerText()).trim();
}

async function lock(page: Page, username: string) {
  for (let attempt = 1; attempt <= 5; attempt++) await refusalFor(page, username, WRONG_PASSWORD);
}

withAndWithoutScript(() => {
  test('A1: the page has the names that people and manuals know', { tag: '@once' }, async ({ page }) => {
    await go(page, '/login');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByLabel('Username', { exact: true })).toHaveAttribute('name', 'username');
    await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('name', 'password');
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Forgot password' })).toHaveAttribute('href', /^\/forgot-password/);
    await expect(page.getByRole('link', { name: 'Register', exact: true })).toHaveAttribute('href', '/register/apply');
  });

  test('A1: a wrong password and an unknown username get one answer, then the right password gets in', { tag: '@both' }, async ({ page, problems }) => {
    problems.allow(REFUSAL);
    const wrong = await refusalFor(page, CARLA, WRONG_PASSWORD);
    const unknown = await refusalFor(page, `${mark()}@vandijk.example`, WRONG_PASSWORD);
    const notAnAddress = await refusalFor(page, `nobody ${'x'.repeat(300)}`, WRONG_PASSWORD);
    expect(wrong).toContain('Forgot password');
    expect(unknown).toBe(wrong);
    expect(notAnAddress).toBe(wrong);
    await field(page, 'username').fill(CARLA);
    await field(page, 'password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await at(page, '/company/10001');
  });

  test('A1: a username in capitals is the same username', async ({ page }) => {
    await signIn(page, CARLA.toUpperCase());
  });

  test('A3: five wrong passwords lock, with the same answer; the administrator sees it; 30 minutes later it is over', { tag: '@both' }, async ({
    freshBalie, visit, problems,
  }) => {
    problems.allow(REFUSAL);
    const server = await freshBalie();
    const guesser = await visit({ server });
    const unknown = await refusalFor(guesser, `${mark()}@vandijk.example`, WRONG_PASSWORD);
    await lock(guesser, CARLA);
    expect(await refusalFor(guesser, CARLA, PASSWORD), 'locked').toBe(unknown);

    const administrator = await visit({ server });
    await enter(administrator, ANNA);
    await searchUsers(administrator, CARLA);
    await expect(row(administrator, CARLA)).toContainText('Locked');

    await server.clock.advance(31 * 60);
    await signIn(guesser, CARLA);
  });

  test('A3: an administrator unlocks', async ({ freshBalie, visit, problems }) => {
    problems.allow(REFUSAL);
    const server = await freshBalie();
    const guesser = await visit({ server });
    await lock(guesser, CARLA);
    const administrator = await visit({ server });
    await enter(administrator, ANNA);
    await openUser(administrator, CARLA);
    await administrator.getByRole('button', { name: 'Unlock' }).click();
    await expect(administrator.getByRole('button', { name: 'Unlock' })).toHaveCount(0);
    await signIn(guesser, CARLA);
  });

  test('a protected page asks to sign in and then comes back, query and all', async ({ page }) => {
    const wanted = `${usersPath()}/new?from=test`;
    await go(page, wanted);
    await at(page, '/login');
    await fillSignIn(page, ANNA, PASSWORD);
    await at(page, `${usersPath()}/new`);
    expect(page.url()).toContain('from=test');
  });

  test('sign-in does not lead away', { tag: '@once' }, async ({ page, baseURL }) => {
    test.slow();
    const away: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(`${baseURL}/`) && !request.url().startsWith('data:')) away.push(request.url());
    });
    for (const next of [
      'https://evil.example', '//evil.example', '/\\evil.example', '\\\\evil.example', '/%09/evil.example', '/\t/evil.example',
      'https:evil.example', 'javascript:alert(1)', '/login/../..//evil.example',
    ]) {
      await test.step(JSON.stringify(next), async () => {
        // An open page would ask on, without its session.
        await page.goto('about:blank');
        await page.context().clearCookies();
        await go(page, `/login?next=${encodeURIComponent(next)}`);
        await fillSignIn(page, ANNA, PASSWORD);
        await expect(page).not.toHaveURL((url) => url.pathname === '/login');
        await hydrated(page);
        expect(new URL(page.url()).origin).toBe(baseURL);
        expect(away).toEqual([]);
      });
    }
  });

  test('A7: signing out ends that session and no other', async ({ page, visit, request, baseURL }) => {
    await signIn(page, ANNA);
    const elsewhere = await visit();
    await signIn(elsewhere, ANNA);
    const cookies = await sessionCookies(page);
    await signOut(page);
    await go(page, '/company/10001/users');
    await at(page, '/login');

    const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await request.get('/company/10001', { headers: { Cookie }, maxRedirects: 0 });
    expect([302, 303, 307]).toContain(answer.status());
    const to = new URL(answer.headers().location, baseURL);
    expect([to.origin, to.pathname]).toEqual([baseURL, '/login']);

    await go(elsewhere, '/company/10001');
    await at(elsewhere, '/company/10001');
  });

  test('/ leads to the company; each company asks who comes', async ({ page, problems }) => {
    problems.allow(REFUSAL);
    await enter(page, DIRK, '/');
    await at(page, '/company/10002');
    expect((await go(page, '/company/10001'))?.status()).toBe(404);
  });
});

test('A1: a blocked person gets the answer of an unknown one', async ({ page, visit, problems }) => {
  problems.allow(REFUSAL);
  await enter(page, ANNA, usersPath());
  const status = page.getByRole('main').getByRole('combobox', { name: 'Status' });
  await status.selectOption({ label: 'Blocked' });
  await page.getByRole('main').getByRole('searchbox').press('Enter');
  const blocked = page.getByRole('main').getByRole('row').filter({ hasText: 'Blocked' }).filter({ hasText: '@' });
  const address = (await blocked.first().innerText()).match(/[\w.+-]+@vandijk\.example/)![0];

  const guesser = await visit();
  const unknown = await refusalFor(guesser, `${mark()}@vandijk.example`, PASSWORD);
  expect(await refusalFor(guesser, address, PASSWORD)).toBe(unknown);
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('wrong password, right password, out again', async ({ page, invite, problems }) => {
      problems.allow(REFUSAL);
      const person = await invite();
      await complete(page, person.link);
      await signOut(page);
      await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
      await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toHaveCount(0);
      await expect(page.getByRole('link', { name: /^(Forgot password|Register)$/ })).toHaveCount(0);
      const text = await refusalFor(page, person.username, WRONG_PASSWORD);
      expect(text).not.toContain('Forgot password');
      await fillSignIn(page, person.username, NEW_PASSWORD);
      await at(page, HOME);
      await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
    });
  });
});

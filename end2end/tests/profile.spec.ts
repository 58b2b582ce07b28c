import type { Page } from '@playwright/test';
import { tabTo } from '../support/keyboard.ts';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { ANNA, NEW_PASSWORD, STAFF, WRONG_PASSWORD, mark, type Person } from '../support/people.ts';
import { expectRefused } from '../support/refusals.ts';
import {
  HOME, accountMenu, at, choose, complete, enter, field, fillPassword, fillSignIn, go, heading, notice, reveal, row, searchUsers,
  sessionCookies, signIn, submit,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL, visitOf } from '../support/watch.ts';

const OTHER_PASSWORD = 'Natte-Sneeuw-Ladder-31';
const PAGES = {
  'My details': '/profile', 'Change password': '/profile/password', 'Change company': '/profile/company',
  Newsletter: '/profile/newsletter', Sessions: '/profile/sessions', 'Delete account': '/profile/delete',
};

const rows = (page: Page) => page.getByRole('main').getByRole('table').locator('tbody tr');
const thisSession = (page: Page) => rows(page).filter({ hasText: 'This session' });
const otherSessions = (page: Page) => rows(page).filter({ hasNotText: 'This session' });
const endOthers = (page: Page) => page.getByRole('button', { name: 'End all other sessions', exact: true });

async function changePassword(page: Page, current: string, fresh: string, repeat = fresh) {
  await field(page, 'current_password').fill(current);
  await fillPassword(page, fresh, repeat);
}

async function signInElsewhere(page: Page, username: string, password = NEW_PASSWORD) {
  await signIn(page, username, password);
  return page;
}

/** A page that follows what happens goes to sign-in by itself. */
async function expectSignedOut(page: Page) {
  if (!visitOf(page).script) await page.reload();
  await at(page, '/login');
}

withAndWithoutScript((script) => {
  /** Somebody of this test's own, signed in on this page. */
  const newcomer = async (page: Page, invite: () => Promise<Person & { link: string }>) => {
    const person = await invite();
    await complete(page, person.link);
    return person;
  };

  test('P1: the menu under the name leads to the profile, whose pages and fields bear the known names', { tag: '@once' }, async ({
    page,
  }) => {
    await enter(page, ANNA);
    const link = page.getByRole('banner').getByRole('link', { name: 'My profile', includeHidden: true });
    await reveal(link);
    await link.click();
    await at(page, '/profile');
    const navigation = page.getByRole('navigation', { name: 'My profile' });
    for (const [name, path] of Object.entries(PAGES)) {
      await navigation.getByRole('link', { name, exact: true }).click();
      await at(page, path);
      await expect(heading(page)).toHaveText(name);
      await expect(navigation.locator('[aria-current="page"]')).toHaveText(name);
    }
    await go(page, '/profile');
    for (const [label, name] of Object.entries({ Name: 'name', Country: 'country' })) {
      await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('name', name);
    }
    await expect(page.getByLabel(/^Telephone number/)).toHaveAttribute('name', 'phone');
    await expect(page.getByRole('combobox', { name: 'Language' })).toHaveAttribute('name', 'language');
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
    await expect(page.getByRole('main')).toContainText(ANNA);
    await expect(page.getByRole('main').getByRole('link', { name: 'Van Dijk Bruggenbouw' })).toBeVisible();
    await expect(field(page, 'username'), 'P2: not the address').toHaveCount(0);

    await go(page, '/profile/password');
    for (const label of ['Current password', 'New password', 'Repeat password']) {
      await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('name', label.toLowerCase().replace(' ', '_'));
    }
    await expect(page.getByRole('list', { name: 'Password requirements' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Change password', exact: true })).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'Forgot password' }).click();
    await at(page, '/forgot-password');
  });

  test('P2: details are saved; the name on top and the list of users follow', { tag: '@both' }, async ({ page, visit, invite }) => {
    const person = await newcomer(page, invite);
    const name = `Fleur Bakker ${mark()}`;
    await go(page, '/profile');
    await field(page, 'name').fill(`  ${name} `);
    await field(page, 'phone').fill('+31 20 123 45 67');
    await field(page, 'country').selectOption('BE');
    await submit(page, 'phone');
    await expect(notice(page)).toContainText('saved');
    await expect(accountMenu(page, name)).toBeVisible();
    await go(page, '/profile');
    await expect(field(page, 'name')).toHaveValue(name);
    await expect(field(page, 'phone')).toHaveValue('+31 20 123 45 67');
    await expect(field(page, 'country')).toHaveValue('BE');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');

    const administrator = await visit();
    await enter(administrator, ANNA);
    await searchUsers(administrator, person.username);
    await expect(row(administrator, person.username)).toContainText(name);
  });

  test('P2: refused: no name and no telephone number, each told at its field, and everything is kept', { tag: '@once' }, async ({
    page, invite, problems,
  }) => {
    problems.allow(REFUSAL);
    const person = await newcomer(page, invite);
    await go(page, '/profile');
    await field(page, 'name').fill('   ');
    await field(page, 'phone').fill('call me');
    await field(page, 'country').selectOption('BE');
    await submit(page, 'phone');
    await expectRefused(page, 'name');
    await expectRefused(page, 'phone');
    await expect(field(page, 'phone')).toHaveValue('call me');
    await expect(field(page, 'country')).toHaveValue('BE');
    await expect(notice(page)).toHaveCount(0);
    await go(page, '/profile');
    await expect(field(page, 'name')).toHaveValue(person.name);
    await expect(field(page, 'country')).toHaveValue('NL');
  });

  test('P2: another language: the page comes in it at once, mail follows, and so does another browser', async ({
    page, visit, invite, mail,
  }) => {
    const person = await newcomer(page, invite);
    await go(page, '/profile');
    await page.getByRole('combobox', { name: 'Language' }).selectOption('nl');
    await submit(page, 'phone');
    await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
    await expect(heading(page)).toHaveText('Mijn gegevens');
    await expect(notice(page)).toContainText('opgeslagen');

    const elsewhere = await visit();
    await go(elsewhere, '/forgot-password');
    await field(elsewhere, 'username').fill(person.username);
    await submit(elsewhere, 'username');
    expect((await mail.waitFor({ to: person.username, subject: /wachtwoord/i })).text).toContain('wachtwoord');

    await go(elsewhere, '/login');
    await expect(elsewhere.locator('html')).toHaveAttribute('lang', 'en');
    await fillSignIn(elsewhere, person.username, NEW_PASSWORD);
    await at(elsewhere, HOME);
    await expect(elsewhere.locator('html')).toHaveAttribute('lang', 'nl');
    await expect(heading(elsewhere)).toHaveText('Startpagina');
  });

  test('the language of the top bar is that of the mail, too, and of every browser where none was chosen', async ({
    page, visit, invite, mail,
  }) => {
    const person = await newcomer(page, invite);
    const [follows, chose] = [await visit(), await visit()];
    await go(chose, '/login');
    await choose(chose, 'language', 'en');
    for (const other of [follows, chose]) {
      await signInElsewhere(other, person.username);
      await expect(other.locator('html')).toHaveAttribute('lang', 'en');
    }
    await choose(page, 'language', 'nl');
    await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
    await go(page, '/profile');
    await expect(page.locator('select[name="language"]')).toHaveValue('nl');
    await go(follows, '/profile/sessions');
    await expect(follows.locator('html')).toHaveAttribute('lang', 'nl');
    await go(chose, '/profile/sessions');
    await expect(chose.locator('html')).toHaveAttribute('lang', 'en');

    const stranger = await visit();
    await go(stranger, '/forgot-password');
    await field(stranger, 'username').fill(person.username);
    await submit(stranger, 'username');
    await mail.waitFor({ to: person.username, subject: /wachtwoord/i });
  });

  test('P3, A7: changing the password ends the other sessions and takes back the link in the mail', { tag: '@both' }, async ({
    page, visit, invite, mail, problems,
  }) => {
    problems.allow(REFUSAL);
    const person = await newcomer(page, invite);
    const elsewhere = await signInElsewhere(await visit(), person.username);
    const stranger = await visit();
    await go(stranger, '/forgot-password');
    await field(stranger, 'username').fill(person.username);
    await submit(stranger, 'username');
    const { link } = await mail.waitFor({ to: person.username, subject: /password/i });

    await go(page, '/profile/password');
    await changePassword(page, NEW_PASSWORD, OTHER_PASSWORD);
    await expect(notice(page)).toContainText('Your password has been changed');
    await expect(notice(page)).toContainText('other sessions have ended');
    await expect(field(page, 'new_password')).toHaveCount(0);
    await go(page, '/company/10001');
    await at(page, '/company/10001');
    await expectSignedOut(elsewhere);

    await go(stranger, link);
    await expect(heading(stranger)).toHaveText(/withdrawn/i);
    await expect(stranger.getByRole('main')).toContainText('The password was changed after this mail was sent');
    await stranger.getByRole('main').getByRole('link', { name: 'Send a new link' }).click();
    await at(stranger, '/forgot-password');

    await go(stranger, '/login');
    await fillSignIn(stranger, person.username, NEW_PASSWORD);
    await expectRefused(stranger);
    await fillSignIn(stranger, person.username, OTHER_PASSWORD);
    await at(stranger, HOME);
  });

  test('P3: refused: a wrong current password, the same one, a bad one, two that differ', async ({ page, invite, problems }) => {
    problems.allow(REFUSAL);
    const person = await newcomer(page, invite);
    const bad: [string, string, string, string, string][] = [
      ['the current one is wrong', 'current_password', WRONG_PASSWORD, OTHER_PASSWORD, OTHER_PASSWORD],
      ['the current one is missing', 'current_password', '', OTHER_PASSWORD, OTHER_PASSWORD],
      ['the same again', 'new_password', NEW_PASSWORD, NEW_PASSWORD, NEW_PASSWORD],
      ['too short', 'new_password', NEW_PASSWORD, 'Kort-Eend-7', 'Kort-Eend-7'],
      ['her name', 'new_password', NEW_PASSWORD, 'Gele-Dekker-Wolken-58', 'Gele-Dekker-Wolken-58'],
      ['not repeated', 'repeat_password', NEW_PASSWORD, OTHER_PASSWORD, `${OTHER_PASSWORD}x`],
    ];
    await go(page, '/profile/password');
    for (const [why, where, current, fresh, repeat] of bad) {
      await test.step(why, async () => {
        await changePassword(page, current, fresh, repeat);
        await expectRefused(page, where);
        for (const name of ['current_password', 'new_password', 'repeat_password']) await expect(field(page, name)).toHaveValue('');
        await go(page, '/profile/password');
      });
    }
    await page.context().clearCookies();
    await signIn(page, person.username, NEW_PASSWORD);
  });

  test('A7: sessions are shown; ending one sends its browser to sign in', async ({ page, visit, invite }) => {
    const person = await newcomer(page, invite);
    await go(page, '/profile/sessions');
    await expect(page.getByRole('table', { name: 'Sessions' })).toBeVisible();
    await expect(rows(page)).toHaveCount(1);
    await expect(thisSession(page)).toContainText('Chrome');
    await expect(thisSession(page)).toContainText('127.0.0.1');
    await expect(page.getByRole('button', { name: 'End session' })).toHaveCount(0);
    await expect(endOthers(page)).toHaveCount(0);

    const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const elsewhere = await signInElsewhere(await visit({ userAgent: firefox }), person.username);
    await go(page, '/profile/sessions');
    await expect(rows(page)).toHaveCount(2);
    const other = otherSessions(page);
    await expect(other).toContainText('Firefox on Windows');
    await expect(other.getByRole('button', { name: 'End session', exact: true })).toHaveAccessibleDescription(/Firefox/);
    await other.getByRole('button', { name: 'End session', exact: true }).click();
    await expect(notice(page)).toContainText('The session has ended');
    await expect(rows(page)).toHaveCount(1);

    await expectSignedOut(elsewhere);
    await page.reload();
    await at(page, '/profile/sessions');
  });

  test('A7: all other sessions end at once, by keyboard', async ({ page, visit, invite }) => {
    const person = await newcomer(page, invite);
    const others = [await signInElsewhere(await visit(), person.username), await signInElsewhere(await visit(), person.username)];
    await go(page, '/profile/sessions');
    await expect(rows(page)).toHaveCount(3);
    const first = rows(page).nth(1).getByRole('button', { name: 'End session', exact: true });
    await tabTo(page, first);
    await page.keyboard.press('Enter');
    await expect(rows(page)).toHaveCount(2);
    if (script) await expect(notice(page), 'the row is gone, so its news has the focus').toBeFocused();
    await tabTo(page, endOthers(page));
    await page.keyboard.press('Enter');
    await expect(notice(page)).toContainText('All your other sessions have ended');
    await expect(rows(page)).toHaveCount(1);
    await expect(endOthers(page)).toHaveCount(0);
    for (const other of others) await expectSignedOut(other);
    await page.reload();
    await at(page, '/profile/sessions');
  });

  test('A7: nobody ends somebody else\'s session', async ({ page, visit, invite, baseURL }) => {
    const person = await newcomer(page, invite);
    const elsewhere = await signInElsewhere(await visit(), person.username);
    await go(page, '/profile/sessions');
    const id = await otherSessions(page).locator('input[name="id"]').getAttribute('value');
    const administrator = await visit();
    await enter(administrator, ANNA);
    await administrator.request.post('/api/end_session', { form: { id: id! }, headers: { Origin: baseURL! }, maxRedirects: 0 });
    await go(elsewhere, '/company/10001');
    await at(elsewhere, '/company/10001');
    await page.reload();
    await expect(rows(page)).toHaveCount(2);
  });

  test('the profile is nobody\'s who is not signed in', async ({ page }) => {
    for (const path of Object.values(PAGES)) {
      await go(page, path);
      await at(page, '/login');
      expect(new URL(page.url()).searchParams.get('next')).toBe(path);
    }
  });
});

test('A2: the list of requirements follows the typing of the new password', { tag: '@once' }, async ({ page, invite }) => {
  const person = await invite();
  await complete(page, person.link);
  await go(page, '/profile/password');
  const items = page.getByRole('list', { name: 'Password requirements' }).getByRole('listitem');
  const met = page.getByRole('list', { name: 'Password requirements' }).locator('li[data-state="met"]');
  await field(page, 'current_password').fill(NEW_PASSWORD);
  await field(page, 'new_password').fill(NEW_PASSWORD);
  await expect(page.locator('li[data-state="unmet"]'), 'said before it is sent').toHaveText(/Not your current password/);
  await field(page, 'new_password').fill('');
  await field(page, 'new_password').pressSequentially('Dekker-7');
  await expect(met).not.toHaveCount(await items.count());
  await field(page, 'new_password').fill('passwordpassword1');
  await expect(page.locator('li[data-state="unmet"]')).toHaveCount(1);
  await field(page, 'new_password').fill('');
  await field(page, 'new_password').pressSequentially(OTHER_PASSWORD);
  await expect(met).toHaveCount(await items.count());
});

test('staff without a company have a profile too', async ({ page }) => {
  await enter(page, STAFF, '/profile');
  await expect(page.getByRole('main')).toContainText(STAFF);
  await expect(field(page, 'country'), 'nothing is chosen for somebody who chose nothing').toHaveValue('');
});

test('A1: the language of a sign-in is no secret, so the session stays the only cookie that scripts can\'t see', { tag: '@once' }, async ({
  page,
}) => {
  await signIn(page, ANNA);
  expect(await sessionCookies(page)).toHaveLength(1);
  const language = (await page.context().cookies()).find(({ name }) => name === 'last-language');
  expect(language?.value).toBe('en');
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('details, password and sessions', async ({ page, invite, problems }) => {
      problems.allow(REFUSAL);
      const person = await invite();
      const english = /^(Save|Change password|Change company|Newsletter|End session|End all other sessions|My details|Sessions|Delete account|Forgot password|My profile)$/;
      const allDutch = async () => {
        await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
        for (const role of ['button', 'link', 'heading'] as const) await expect(page.getByRole(role, { name: english })).toHaveCount(0);
      };
      await complete(page, person.link);
      for (const path of Object.values(PAGES)) {
        await go(page, path);
        await allDutch();
      }
      await go(page, '/profile/sessions');
      await expect(rows(page)).toContainText('Deze sessie');
      await go(page, '/profile');
      await field(page, 'name').fill('');
      await submit(page, 'phone');
      await expectRefused(page, 'name');
      await go(page, '/profile/password');
      await changePassword(page, WRONG_PASSWORD, OTHER_PASSWORD);
      await expectRefused(page, 'current_password');
      await expect(page.getByRole('main')).toContainText('Dit is niet uw huidige wachtwoord');
      await changePassword(page, NEW_PASSWORD, OTHER_PASSWORD);
      await expect(notice(page)).toContainText('Uw wachtwoord is gewijzigd');
      await page.context().clearCookies();
      await signIn(page, person.username, OTHER_PASSWORD);
      await allDutch();
    });
  });
});

test.describe('the look', { tag: '@look' }, () => {
  for (const [name, path] of Object.entries(PAGES)) {
    for (const language of ['en', 'nl']) {
      test(`axe finds nothing, and nothing scrolls sideways: ${name}, ${language}`, async ({ page, visit, invite, context, baseURL }) => {
        const person = await invite();
        await context.addCookies([{ name: 'language', value: language, url: baseURL }]);
        await complete(page, person.link);
        await signInElsewhere(await visit(), person.username);
        await go(page, path);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await axe(page);
        for (const width of [320, 360, 768, 1440, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
          await photograph(page, `profile ${name} ${language} ${width}`);
        }
      });
    }
  }

  test('axe finds nothing: refused details, a refused password, an ended session', async ({ page, visit, invite, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    await complete(page, person.link);
    await signInElsewhere(await visit(), person.username);
    await go(page, '/profile');
    await field(page, 'name').fill('');
    await submit(page, 'phone');
    await expectRefused(page, 'name');
    await axe(page);
    await go(page, '/profile/password');
    await changePassword(page, WRONG_PASSWORD, OTHER_PASSWORD);
    await expectRefused(page, 'current_password');
    await axe(page);
    await go(page, '/profile/sessions');
    await otherSessions(page).getByRole('button').click();
    await expect(notice(page)).toBeVisible();
    await axe(page);
  });
});

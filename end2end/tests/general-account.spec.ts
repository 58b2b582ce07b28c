import type { Page } from '@playwright/test';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { NEW_PASSWORD, STAFF, WRONG_PASSWORD, mark, newPerson } from '../support/people.ts';
import { expectRefused, summary } from '../support/refusals.ts';
import {
  accountMenu, addUser, at, complete, deskPath, enter, field, fillPassword, fillSignIn, formWith, go, heading, notice, searchUsers,
  signIn, signOutButton, submit,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript, type Customer, type Fixtures } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const SHARED_PASSWORD = 'Natte-Sneeuw-Ladder-31';
const OTHER_PASSWORD = 'Hoge-Brug-Lantaarn-77';
const PASSWORD_PAGE = '/profile/password';

const main = (page: Page) => page.getByRole('main');
const card = (page: Page) => main(page).getByRole('region', { name: 'General account' });
const press = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true }).click();

async function create(page: Page, company: number, username: string) {
  await enter(page, STAFF, deskPath(company));
  await card(page).getByLabel('Username', { exact: true }).fill(username);
  await press(page, 'Create general account');
}

/** A company with an administrator and a general account, whose password is set. */
async function shared({ customer, visit, mail }: Pick<Fixtures, 'customer' | 'visit' | 'mail'>) {
  const administrator = newPerson();
  const company = await customer({ administrator });
  const username = mark();
  const staff = await visit();
  await create(staff, company.number, username);
  const { link } = await mail.waitFor({ to: administrator.username, subject: /general account/ });
  const quick = await visit({ javaScriptEnabled: false });
  await go(quick, link);
  await fillPassword(quick, SHARED_PASSWORD);
  await at(quick, '/login');
  const inside = await visit();
  await signIn(inside, administrator.username, NEW_PASSWORD);
  return { company, administrator, username, staff, inside };
}

/** Goes to its page as an administrator's user: it is called what the company is called. */
async function openGeneral(page: Page, { name, number }: Customer, username: string) {
  await searchUsers(page, username, number);
  await main(page).getByRole('table').getByRole('link', { name }).click();
  await at(page, /\/users\/[^/]+$/);
}

/** Its page, as an administrator finds it whom the mail to set its password has reached. */
async function withoutPassword({ customer, visit, mail }: Pick<Fixtures, 'customer' | 'visit' | 'mail'>) {
  const administrator = newPerson();
  const company = await customer({ administrator });
  const username = mark();
  await create(await visit(), company.number, username);
  const letter = { to: administrator.username, subject: /general account/ };
  await mail.waitFor(letter);
  const inside = await visit();
  await signIn(inside, administrator.username, NEW_PASSWORD);
  await openGeneral(inside, company, username);
  return { inside, letter };
}

/** The password of the general account, by an administrator under My profile. */
async function changePassword(page: Page, username: string, current: string, fresh: string) {
  await go(page, PASSWORD_PAGE);
  const user = page.getByRole('combobox', { name: 'User', exact: true });
  await user.selectOption({ label: (await user.locator('option').filter({ hasText: username }).innerText()).trim() });
  await field(page, 'current_password').fill(current);
  await fillPassword(page, fresh);
}

withAndWithoutScript((script) => {
  test('G2: staff create it, an administrator sets its password, and somebody signs in with it', { tag: '@both' }, async ({ page, visit, customer, mail }) => {
    const administrator = newPerson();
    const company = await customer({ administrator });
    const colleague = newPerson(company.domain);
    const inside = await visit();
    await signIn(inside, administrator.username, NEW_PASSWORD);
    await addUser(inside, colleague, company.number);
    const user = await visit();
    await complete(user, (await mail.waitFor({ to: colleague.username })).link);

    const username = mark();
    await create(page, company.number, ` ${username.toUpperCase()} `);
    await expect(notice(page)).toContainText('The general account has been created.');
    await expect(card(page)).toContainText(username);
    await expect(card(page)).toContainText('Not yet');
    await expect(card(page).getByRole('button', { name: 'Create general account' })).toHaveCount(0);
    const letter = await mail.waitFor({ to: administrator.username, subject: /general account/ });
    expect(letter.subject).toBe(`Set the password of the general account of ${company.name}`);
    expect(letter.text).toContain(username);
    expect(new URL(letter.link).pathname).toMatch(/^\/reset-password\//);
    expect(await mail.all(colleague.username), 'who is no administrator hears nothing of it').toHaveLength(1);

    const anybody = await visit();
    await go(anybody, letter.link);
    await expect(heading(anybody)).toHaveText('Set password');
    await expect(main(anybody)).toContainText(username);
    await fillPassword(anybody, SHARED_PASSWORD);
    await at(anybody, '/login');
    await fillSignIn(anybody, username.toUpperCase(), SHARED_PASSWORD);
    await at(anybody, `/company/${company.number}`);
    await expect(main(anybody)).toContainText(`You are a user of ${company.name}.`);
    await go(page, deskPath(company.number));
    await expect(card(page)).not.toContainText('Not yet');
  });

  test('G2: it has no My profile, in the menu or by its address', async ({ page, customer, visit, mail, problems, baseURL }) => {
    problems.allow(REFUSAL);
    const { company, username } = await shared({ customer, visit, mail });
    await signIn(page, username, SHARED_PASSWORD);
    await accountMenu(page, company.name).click();
    await expect(signOutButton(page)).toBeVisible();
    await expect(page.getByRole('banner').getByRole('link', { name: 'My profile' })).toHaveCount(0);
    await expect(main(page).locator('a[href^="/profile"]'), 'nothing leads there').toHaveCount(0);
    for (const path of ['/profile', PASSWORD_PAGE, '/profile/company', '/profile/sessions', '/profile/newsletter', '/profile/delete']) {
      expect((await go(page, path))?.status(), path).toBe(404);
      await expect(heading(page), path).toHaveText('Page not found');
    }
    for (const [deed, form] of [
      ['save_profile', { name: 'X', country: 'NL', language: 'nl' }],
      ['change_password', { current_password: SHARED_PASSWORD, new_password: OTHER_PASSWORD, repeat_password: OTHER_PASSWORD }],
      ['join_company', { company: '10001' }],
      ['leave_company', { company: '10001' }],
      ['delete_account', { password: SHARED_PASSWORD }],
    ] as const) {
      const answer = await page.request.post(`/api/${deed}`, { form, headers: { Origin: baseURL! }, maxRedirects: 0 });
      expect([403, 404], deed).toContain(answer.status());
    }
  });

  test('A4: its Forgot password goes to the administrators', { tag: '@both' }, async ({ page, customer, visit, mail }) => {
    const { company, administrator, username } = await shared({ customer, visit, mail });
    await go(page, '/forgot-password');
    await field(page, 'username').fill(username);
    await submit(page, 'username');
    const letter = await mail.waitFor({ to: administrator.username, subject: /new password/ });
    expect(letter.subject).toBe(`Set a new password for ${company.name}`);
    expect(letter.text).toContain(username);
    await go(page, letter.link);
    await fillPassword(page, OTHER_PASSWORD);
    await at(page, '/login');
    await signIn(page, username, OTHER_PASSWORD);
  });

  test('P3: an administrator changes its password; its sessions end, and the administrators are told', async ({
    page, customer, visit, mail, problems,
  }) => {
    problems.allow(REFUSAL);
    const { company, administrator, username, inside } = await shared({ customer, visit, mail });
    await signIn(page, username, SHARED_PASSWORD);
    await changePassword(inside, username, WRONG_PASSWORD, OTHER_PASSWORD);
    await expectRefused(inside, 'current_password');
    const user = inside.getByRole('combobox', { name: 'User', exact: true });
    await expect(user, 'who was meant is kept').toHaveValue(String(company.number));
    await expect(user.locator('option')).toHaveText([
      `${administrator.username} (myself)`, `${username} (general account of ${company.name})`,
    ]);
    await expect(formWith(inside, 'current_password').getByRole('link', { name: 'Forgot password' })).toBeVisible();
    await field(inside, 'current_password').fill(SHARED_PASSWORD);
    await fillPassword(inside, OTHER_PASSWORD);
    await expect(notice(inside)).toContainText('The password of the general account has been changed.');
    if (!script) await page.reload();
    await at(page, '/login');
    await fillSignIn(page, username, SHARED_PASSWORD);
    await expectRefused(page);
    await signIn(page, username, OTHER_PASSWORD);
    await mail.waitFor({ to: administrator.username, subject: /^The password of the general account of .+ has been changed$/ });
    await go(inside, '/');
    await at(inside, `/company/${company.number}`);
  });

  test('P3: whoever has no general account to look after is not asked whose password', async ({ page, invite }) => {
    const person = await invite();
    await complete(page, person.link);
    await go(page, PASSWORD_PAGE);
    await expect(field(page, 'current_password')).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'User', exact: true })).toHaveCount(0);
  });

  test('A7: blocked by staff, it is out at once; unblocked, its password works again', async ({ page, customer, visit, mail, problems }) => {
    problems.allow(REFUSAL);
    const { staff, username } = await shared({ customer, visit, mail });
    await signIn(page, username, SHARED_PASSWORD);
    await go(staff, staff.url());
    await press(staff, 'Block');
    await expect(notice(staff)).toHaveText('The general account is blocked.');
    await expect(card(staff)).toContainText('Blocked');
    if (!script) await page.reload();
    await at(page, '/login');
    await fillSignIn(page, username, SHARED_PASSWORD);
    await expectRefused(page);
    await press(staff, 'Unblock');
    await expect(notice(staff)).toHaveText('The general account is no longer blocked.');
    await signIn(page, username, SHARED_PASSWORD);
  });

  test('G2: an administrator blocks it, and changes nothing else of it', async ({ page, customer, visit, mail, problems }) => {
    problems.allow(REFUSAL);
    const { company, username, inside } = await shared({ customer, visit, mail });
    await signIn(page, username, SHARED_PASSWORD);
    await openGeneral(inside, company, username);
    await expect(main(inside)).toContainText('This is your company\'s general account');
    for (const name of ['Role', 'Name', 'Send emails to company administrator']) {
      await expect(inside.getByLabel(name, { exact: true })).toHaveCount(0);
    }
    await expect(main(inside).getByRole('button'), 'no removing, no other username, no mail').toHaveText(['Save user']);
    await expect(main(inside).getByRole('link', { name: 'Change its password' })).toHaveAttribute('href', PASSWORD_PAGE);
    await inside.getByLabel('Blocked', { exact: true }).check();
    await press(inside, 'Save user');
    await expect(notice(inside)).toHaveText('The changes have been saved.');
    if (!script) await page.reload();
    await at(page, '/login');
  });

  test('G2: until its first password is set, its page says how, and sends the mail again', async ({ customer, visit, mail, problems }) => {
    problems.allow(REFUSAL);
    const { inside, letter } = await withoutPassword({ customer, visit, mail });
    const first = await mail.waitFor(letter);
    const change = main(inside).getByRole('link', { name: 'Change its password' });
    const explained = main(inside).getByText('the link in the mail that the administrators got sets the first one');
    await expect(explained).toBeVisible();
    await expect(change, 'it would lead to a page on which this account is missing').toHaveCount(0);
    await press(inside, 'Resend email');
    await expect(notice(inside)).toHaveText('A new mail is on its way. The old link no longer works.');
    const second = await mail.waitFor({ ...letter, count: 2 });

    const anybody = await visit();
    await go(anybody, first.link);
    await expect(heading(anybody)).toHaveText(/replaced/i);
    await go(anybody, second.link);
    await fillPassword(anybody, SHARED_PASSWORD);
    await at(anybody, '/login');
    await go(inside, inside.url());
    await expect(change).toHaveAttribute('href', PASSWORD_PAGE);
    await expect(explained).toHaveCount(0);
    await expect(main(inside).getByRole('button', { name: 'Resend email' })).toHaveCount(0);
  });

  test('G2: refused: no username, an address, one that is taken', async ({ page, customer, visit, mail, problems }) => {
    problems.allow(REFUSAL);
    const { username: taken } = await shared({ customer, visit, mail });
    const company = await customer();
    await enter(page, STAFF, deskPath(company.number));
    await expect(card(page)).toContainText('this company has no administrator yet');
    for (const username of ['', 'ab', newPerson().username, 'van dijk', taken]) {
      await create(page, company.number, username);
      await expectRefused(page, 'username');
      await expect(field(page, 'username')).toHaveValue(username);
    }
    await expect(summary(page)).toContainText('There is an account with this username already.');
  });
});

test('A2: the company\'s name and its username are not in its password', { tag: '@once' }, async ({ customer, visit, mail }) => {
  const { inside, username } = await shared({ customer, visit, mail });
  const unmet = inside.getByRole('list', { name: 'Password requirements' }).locator('li[data-state="unmet"]');
  await go(inside, PASSWORD_PAGE);
  await field(inside, 'new_password').pressSequentially(`${username}-Ladder-31`);
  await expect(unmet).toHaveCount(0);
  const user = inside.getByRole('combobox', { name: 'User', exact: true });
  await user.selectOption({ index: 1 });
  await expect(unmet).toHaveText(/Without your name or address/);
  await user.selectOption({ index: 0 });
  await expect(unmet).toHaveCount(0);
});

test.describe('the look', { tag: '@look' }, () => {
  type Shared = Awaited<ReturnType<typeof shared>>;
  const places: Record<string, (shared: Shared) => Promise<Page>> = {
    'the administrator\'s page of it': async ({ inside, company, username }) => {
      await openGeneral(inside, company, username);
      return inside;
    },
    'its password': async ({ inside }) => {
      await go(inside, PASSWORD_PAGE);
      return inside;
    },
    'the company\'s page': async ({ staff }) => staff,
    Home: async ({ inside, username }) => {
      await signIn(inside, username, SHARED_PASSWORD);
      return inside;
    },
    'no profile': async ({ inside, username }) => {
      await signIn(inside, username, SHARED_PASSWORD);
      await go(inside, '/profile');
      return inside;
    },
  };
  for (const [name, open] of Object.entries(places)) {
    for (const language of ['en', 'nl']) {
      test(`axe finds nothing, and nothing scrolls sideways: general account, ${name}, ${language}`, async ({
        customer, visit, mail, baseURL, problems,
      }) => {
        problems.allow(REFUSAL);
        const page = await open(await shared({ customer, visit, mail }));
        await page.context().addCookies([{ name: 'language', value: language, url: baseURL }]);
        await page.reload();
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await axe(page);
        for (const width of [320, 360, 768, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
          await photograph(page, `general account, ${name} ${language} ${width}`);
        }
      });
    }
  }

  for (const language of ['en', 'nl']) {
    test(`axe finds nothing: general account without a password, ${language}`, async ({ customer, visit, mail, baseURL }) => {
      const { inside } = await withoutPassword({ customer, visit, mail });
      await inside.context().addCookies([{ name: 'language', value: language, url: baseURL }]);
      await inside.reload();
      await expect(main(inside)).toContainText(language === 'en' ? 'It has no password yet' : 'Het heeft nog geen wachtwoord');
      await axe(inside);
      await inside.setViewportSize({ width: 320, height: 800 });
      await expectNoSidewaysScroll(inside);
    });
  }

  test('axe finds nothing: a password that was refused, an account that was blocked', async ({ customer, visit, mail, problems }) => {
    problems.allow(REFUSAL);
    const { inside, staff, username } = await shared({ customer, visit, mail });
    await changePassword(inside, username, WRONG_PASSWORD, OTHER_PASSWORD);
    await expectRefused(inside, 'current_password');
    await axe(inside);
    await press(staff, 'Block');
    await expect(notice(staff)).toHaveText('The general account is blocked.');
    await axe(staff);
  });
});

// My profile › Delete account, and Download my data.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { accountId, askFor, decide, give } from '../support/firm.ts';
import { tabTo } from '../support/keyboard.ts';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { NEW_PASSWORD, STAFF, WRONG_PASSWORD, mark } from '../support/people.ts';
import { expectRefused } from '../support/refusals.ts';
import {
  accountMenu, apply, at, complete, enter, field, fillSignIn, go, heading, notice, ownLicences, sessionCookies, signIn, submit,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const PATH = '/profile/delete';
const FILE = '/profile/data.json';
const KEYS = [
  'format', 'about', 'account', 'memberships', 'known_as', 'contact_of', 'applications', 'access', 'requests', 'documents_opened',
  'newsletters', 'sessions', 'links', 'successions_asked', 'mail', 'mail_about_me', 'history',
];

const main = (page: Page) => page.getByRole('main');
const part = (page: Page, name: string) => main(page).getByRole('region', { name, exact: true });
const press = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true }).click();

async function deleteAccount(page: Page, password: string) {
  await field(page, 'password').fill(password);
  await press(page, 'Delete account');
}

/** Presses the button, and reads the file that comes. */
async function download(page: Page, button = 'Download my data') {
  const [coming] = await Promise.all([page.waitForEvent('download'), press(page, button)]);
  expect(coming.suggestedFilename()).toBe('balie-my-data.json');
  const text = await readFile(await coming.path(), 'utf8');
  return { text, data: JSON.parse(text) };
}

withAndWithoutScript((script) => {
  test('P6: what goes and what stays is said; after the password nobody is left, and the address is free', { tag: '@both' }, async ({
    page, visit, firm, mail, problems,
  }) => {
    problems.allow(REFUSAL);
    const office = await firm({ licences: [{}, {}] });
    const { administrators: [anna], users: [fleur], licences: [bridges, locks] } = office;
    await give(office, bridges, fleur);
    await askFor(office, fleur, locks, 'For the tender.');
    const id = await accountId(office, fleur);
    await enter(page, fleur.username, '/profile');
    await page.getByRole('navigation', { name: 'My profile' }).getByRole('link', { name: 'Delete account' }).click();
    await at(page, PATH);
    await expect(heading(page)).toHaveText('Delete account');
    for (const gone of ['name', 'password', 'sessions', 'reasons', 'newsletter', 'Mail', 'Contact details', office.name, '1 licence, 1 open request']) {
      await expect(part(page, 'What goes')).toContainText(gone);
    }
    for (const gone of ['User', bridges.name, locks.name]) await expect(part(page, 'What goes')).toContainText(gone);
    for (const kept of ['requests', 'former colleague', 'documents were opened', 'invoices']) await expect(part(page, 'What stays')).toContainText(kept);
    await expect(main(page)).toContainText('register again, as a new person');

    await deleteAccount(page, '');
    await expectRefused(page, 'password');
    await deleteAccount(page, WRONG_PASSWORD);
    await expectRefused(page, 'password');
    await expect(field(page, 'password')).toHaveValue('');
    await deleteAccount(page, NEW_PASSWORD);
    await at(page, '/login');
    await expect(notice(page)).toContainText('Your account has been deleted');
    expect(await sessionCookies(page)).toEqual([]);
    await fillSignIn(page, fleur.username, NEW_PASSWORD);
    await expectRefused(page);

    const inside = await visit();
    await enter(inside, anna.username, `/company/${office.number}/history?period=all&account=${id}`);
    for (const told of ['Former colleague', 'Deleted their account']) await expect(main(inside).getByRole('table')).toContainText(told);
    for (const personal of [fleur.name, fleur.username]) await expect(main(inside)).not.toContainText(personal);

    const again = { username: fleur.username, name: `Sanne Visser ${mark()}` };
    await apply(page, again);
    await complete(page, (await mail.waitFor({ to: again.username, subject: /Continue your registration/ })).link);
    await at(page, `/company/${office.number}`);
    await expect(accountMenu(page, again.name)).toBeVisible();
    await expect(ownLicences(page)).toHaveCount(0);
    expect(await accountId(office, again)).not.toBe(id);
  });

  test('P6, A7: other browsers are out at once, and a kept address leads to sign-in', async ({ page, visit, firm, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm();
    const { users: [fleur] } = office;
    const elsewhere = await visit();
    await signIn(elsewhere, fleur.username, NEW_PASSWORD);
    await enter(page, fleur.username, PATH);
    await deleteAccount(page, NEW_PASSWORD);
    await at(page, '/login');
    if (!script) await elsewhere.reload();
    await at(elsewhere, '/login');
    for (const path of ['/profile', FILE, `/company/${office.number}`]) {
      const { to, text } = await fleur.sender.get(path);
      expect(to, path).toMatch(/^\/login/);
      expect(text, path).not.toContain(fleur.name);
    }
    expect((await fleur.sender.try('read_deleting', {})).status).toBe(401);
  });

  test('P6, U6: the last administrator hands over first', async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm();
    const { administrators: [anna] } = office;
    await enter(page, anna.username, PATH);
    await expect(main(page)).toContainText('Make somebody else administrator first.');
    await expect(field(page, 'password')).toHaveCount(0);
    expect((await anna.sender.try('delete_account', { password: NEW_PASSWORD })).status).toBe(422);
    await main(page).getByRole('link', { name: `Hand over ${office.name}` }).click();
    await at(page, '/profile/company');
    await expect(main(page).getByRole('combobox', { name: 'Successor' })).toBeVisible();
  });

  test('P7: everything about somebody is in one file, key by key', async ({ page, firm }) => {
    const office = await firm({ licences: [{}, {}] });
    const { administrators: [anna], users: [fleur], licences: [bridges, locks] } = office;
    await give(office, bridges, fleur);
    await decide(office, anna, 'decline', await askFor(office, fleur, locks, 'For the tender.'), 'Not this year.');
    for (const path of [PATH, '/profile']) {
      await enter(page, fleur.username, path);
      await main(page).getByText('What is in the file').click();
      for (const key of KEYS) await expect(part(page, 'Download my data').getByRole('term').filter({ hasText: key }).first()).toBeVisible();
      const { text, data } = await download(page);
      expect(Object.keys(data).sort()).toEqual([...KEYS].sort());
      expect(data.account).toMatchObject({ username: fleur.username, name: fleur.name, country: 'NL' });
      expect(JSON.stringify(data.memberships)).toContain(String(office.number));
      expect(JSON.stringify(data.access)).toContain(bridges.name);
      for (const said of [locks.name, 'For the tender.', 'Not this year.']) expect(JSON.stringify(data.requests)).toContain(said);
      expect(data.sessions.length).toBeGreaterThan(0);
      expect(data.mail.length).toBeGreaterThan(0);
      for (const other of [anna.name, anna.username]) expect(text, 'R3').not.toContain(other);
    }
  });
});

test('P7: the file is one\'s own, and is not kept on the way', async ({ page, firm }) => {
  const office = await firm();
  const { administrators: [anna], users: [fleur] } = office;
  for (const { sender, username } of [anna, fleur]) {
    const { status, headers, text } = await sender.get(FILE);
    expect(status).toBe(200);
    expect(headers).toMatch(/^content-type: application\/json/m);
    expect(headers).toMatch(/^cache-control: no-store/m);
    expect(headers).toMatch(/^content-disposition: attachment; filename="balie-my-data\.json"/m);
    expect(JSON.parse(text).account.username).toBe(username);
  }
  await go(page, FILE);
  await at(page, '/login');
  expect(new URL(page.url()).searchParams.get('next'), 'to the page that has the button').toBe('/profile');
});

test('P6, P7: both by keyboard alone', async ({ page, firm }) => {
  const { users: [fleur] } = await firm();
  await enter(page, fleur.username, PATH);
  const button = main(page).getByRole('button', { name: 'Download my data', exact: true });
  await tabTo(page, button);
  await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  await tabTo(page, main(page).getByText('What is in the file'));
  await page.keyboard.press('Enter');
  await expect(main(page).getByText('documents_opened')).toBeVisible();
  await tabTo(page, field(page, 'password'));
  await page.keyboard.type(NEW_PASSWORD);
  await tabTo(page, main(page).getByRole('button', { name: 'Delete account', exact: true }));
  await page.keyboard.press('Enter');
  await at(page, '/login');
  await expect(notice(page)).toContainText('Your account has been deleted');
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('what goes, what stays, the file and the end', async ({ page, firm, problems }) => {
      problems.allow(REFUSAL);
      const english = /^(Delete account|Download my data|What goes|What stays|What is in the file|Forgot password|Hand over .*)$/;
      const { administrators: [anna], users: [fleur] } = await firm();
      for (const { username } of [anna, fleur]) {
        await enter(page, username, PATH);
        await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
        await expect(heading(page)).toHaveText('Account verwijderen');
        for (const role of ['button', 'link', 'heading'] as const) await expect(page.getByRole(role, { name: english })).toHaveCount(0);
        await expect(part(page, 'Wat blijft')).toContainText('voormalige collega');
      }
      expect(Object.keys((await download(page, 'Mijn gegevens downloaden')).data)).toHaveLength(KEYS.length);
      await field(page, 'password').fill(WRONG_PASSWORD);
      await submit(page, 'password');
      await expectRefused(page, 'password');
      await field(page, 'password').fill(NEW_PASSWORD);
      await submit(page, 'password');
      await at(page, '/login');
      await expect(notice(page)).toContainText('Uw account is verwijderd');
    });
  });
});

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: deleting, ${language}`, async ({ visit, firm, baseURL, problems }) => {
      problems.allow(REFUSAL);
      const look = async (name: string, username: string) => {
        const page = await visit();
        await page.context().addCookies([{ name: 'language', value: language, url: baseURL }]);
        await enter(page, username, PATH);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await axe(page);
        await page.locator('summary').click();
        for (const width of [320, 360, 768, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
          await photograph(page, `deleting ${name} ${language} ${width}`);
        }
        await axe(page);
        return page;
      };
      const office = await firm({ licences: [{}, {}] });
      const { administrators: [anna], users: [fleur], licences: [bridges, locks] } = office;
      await give(office, bridges, fleur);
      await askFor(office, fleur, locks);
      await look('last administrator', anna.username);
      await look('staff', STAFF);
      const page = await look('user', fleur.username);
      await field(page, 'password').fill(WRONG_PASSWORD);
      await submit(page, 'password');
      await expectRefused(page, 'password');
      await axe(page);
    });
  }
});

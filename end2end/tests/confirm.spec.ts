import type { Page } from '@playwright/test';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { ANNA, BRAM, BRUGGENBOUW, CARLA, DIRK, NEW_PASSWORD, OFFSHORE, mark, newPerson } from '../support/people.ts';
import { expectRefused, summary } from '../support/refusals.ts';
import {
  HOME, accountMenu, addUser, at, complete, enter, field, fillSignIn, go, heading, notice, openUser, removeUser, reveal, row, searchUsers, signIn,
  submit, userRows,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript, type Fixtures } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const main = (page: Page) => page.getByRole('main');
const press = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true }).click();
const chooser = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Company', exact: true });
const companyLink = (page: Page, name: string) => page.getByRole('banner').getByRole('link', { name, exact: true, includeHidden: true });
const addressCard = (page: Page) => main(page).getByRole('region', { name: 'Change username' });

async function choose(page: Page, company: string) {
  await reveal(companyLink(page, company));
  await companyLink(page, company).click();
}

async function changeAddress(page: Page, to: string) {
  await addressCard(page).getByLabel('Username', { exact: true }).fill(to);
  await press(page, 'Change username');
}

/** Somebody of Van Dijk Bruggenbouw, signed in on this page, whom Dirk of Van Dijk Offshore adds under a name of his own. */
async function asked(page: Page, { invite, visit, mail }: Pick<Fixtures, 'invite' | 'visit' | 'mail'>) {
  const person = await invite();
  await complete(page, person.link);
  const typed = `Carla of the yard ${mark()}`;
  const dirk = await visit({ javaScriptEnabled: false });
  await enter(dirk, DIRK);
  await addUser(dirk, { username: person.username, name: typed }, OFFSHORE);
  const { link } = await mail.waitFor({ to: person.username, subject: /^(Invitation to join|Uitnodiging van) / });
  return { ...person, typed, link, dirk };
}

/** A registered colleague of Anna's, signed in on their own page, and an address that is nobody's yet. */
async function somebody({ invite, visit }: Pick<Fixtures, 'invite' | 'visit'>) {
  const person = await invite();
  const own = await visit();
  await complete(own, person.link);
  return { person, own, address: newPerson().username };
}

test.describe('a second company', () => {
  withAndWithoutScript(() => {
    test('U1: who has an account is asked by mail, signs in, confirms, and has both', { tag: '@both' }, async ({ page, invite, visit, mail, request }) => {
      const { dirk, ...person } = await asked(await visit(), { invite, visit, mail });
      const letter = await mail.waitFor({ to: person.username, subject: /join/ });
      expect(letter.subject).toBe('Invitation to join Van Dijk Offshore');
      const { pathname } = new URL(person.link);
      expect(pathname).toMatch(/^\/confirm\/[\w-]{20,}$/);
      for (let scan = 1; scan <= 2; scan++) expect((await request.get(person.link)).status()).toBe(200);
      await openUser(dirk, person.username, OFFSHORE);
      await expect(heading(dirk), 'nothing of the account is shown').toHaveText(person.typed);
      await expect(main(dirk)).not.toContainText(person.name);
      await expect(main(dirk)).toContainText('Registration requested');

      await go(page, person.link);
      await expect(heading(page)).toHaveText('Join a company');
      await expect(main(page)).toContainText(person.username);
      await expect(main(page).getByRole('button')).toHaveCount(0);
      await main(page).getByRole('link', { name: 'Sign in' }).click();
      await at(page, '/login');
      await fillSignIn(page, person.username, NEW_PASSWORD);
      await at(page, pathname);
      await expect(main(page)).toContainText('An administrator of Van Dijk Offshore wants to add you.');
      await expect(main(page)).toContainText('User');
      await press(page, 'Confirm');
      await at(page, `/company/${OFFSHORE}`);
      await expect(main(page)).toContainText('You are a user of Van Dijk Offshore.');
      await expect(accountMenu(page, person.name)).toBeVisible();

      await searchUsers(dirk, person.username, OFFSHORE);
      // A licence of this company is company-wide.
      await expect(row(dirk, person.username)).toContainText('Registered');
      await expect(row(dirk, person.username)).toContainText(person.name);
    });

    test('the chooser lists both companies, and two tabs don\'t mix them', async ({ page, invite, visit, mail, context }) => {
      const person = await asked(page, { invite, visit, mail });
      await expect(chooser(page), 'there is nothing to choose').toHaveCount(0);
      await go(page, person.link);
      await press(page, 'Confirm');
      await at(page, `/company/${OFFSHORE}`);
      await chooser(page).click();
      await expect(companyLink(page, 'Van Dijk Offshore')).toHaveAttribute('aria-current', 'true');
      await expect(companyLink(page, 'Van Dijk Bruggenbouw')).not.toHaveAttribute('aria-current');
      await companyLink(page, 'Van Dijk Bruggenbouw').click();
      await at(page, `/company/${BRUGGENBOUW}`);
      await expect(main(page)).toContainText('Van Dijk Bruggenbouw');

      const tab = await context.newPage();
      await go(tab, `/company/${OFFSHORE}`);
      for (const [one, number, name] of [[page, BRUGGENBOUW, 'Van Dijk Bruggenbouw'], [tab, OFFSHORE, 'Van Dijk Offshore']] as const) {
        const home = one.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' });
        await expect(home).toHaveAttribute('href', `/company/${number}`);
        await one.reload();
        await at(one, `/company/${number}`);
        await home.click();
        await at(one, `/company/${number}`);
        await expect(main(one)).toContainText(name);
      }
      await choose(tab, 'Van Dijk Bruggenbouw');
      await at(tab, `/company/${BRUGGENBOUW}`);
      await choose(page, 'Van Dijk Offshore');
      await at(page, `/company/${OFFSHORE}`);
      await go(tab, '/');
      await at(tab, `/company/${OFFSHORE}`);
    });

    test('U1: who refuses is not added, and stays where they were', async ({ page, invite, visit, mail, problems }) => {
      problems.allow(REFUSAL);
      const { dirk, ...person } = await asked(page, { invite, visit, mail });
      await go(page, person.link);
      await press(page, 'Refuse');
      await expect(heading(page)).toHaveText('Refused');
      await go(page, '/');
      await at(page, `/company/${BRUGGENBOUW}`);
      await expect(chooser(page)).toHaveCount(0);
      await searchUsers(dirk, person.username, OFFSHORE);
      await expect(userRows(dirk)).toHaveCount(0);
      await go(page, person.link);
      await expect(heading(page)).toHaveText('This link has been used');
    });

    test('A6: somebody else who is signed in signs out and goes on', async ({ page, invite, visit, mail }) => {
      const person = await asked(await visit(), { invite, visit, mail });
      await signIn(page, BRAM);
      await go(page, person.link);
      await expect(main(page)).toContainText(person.username);
      await expect(main(page)).toContainText('Bram Janssen');
      await expect(main(page).getByRole('button', { name: 'Confirm' })).toHaveCount(0);
      await press(page, 'Sign out and continue');
      await expect(heading(page)).toHaveText('Join a company');
      await main(page).getByRole('link', { name: 'Sign in' }).click();
      await fillSignIn(page, person.username, NEW_PASSWORD);
      await press(page, 'Confirm');
      await at(page, `/company/${OFFSHORE}`);
    });

    test('A6: a link that was used or taken back says so', async ({ page, invite, visit, mail, problems }) => {
      problems.allow(REFUSAL);
      const person = await asked(page, { invite, visit, mail });
      const slower = await page.context().newPage();
      await go(slower, person.link);
      await go(page, person.link);
      await press(page, 'Confirm');
      await at(page, `/company/${OFFSHORE}`);
      await press(slower, 'Confirm');
      await expect(heading(slower).or(summary(slower)).filter({ hasText: 'This link has been used' }).first()).toBeVisible();
      const stranger = await visit();
      await go(stranger, person.link);
      await expect(heading(stranger)).toHaveText('This link has been used');
      await expect(main(stranger)).not.toContainText(person.username);
      await main(stranger).getByRole('link', { name: 'Sign in' }).click();
      await at(stranger, '/login');

      const { dirk, ...other } = await asked(stranger, { invite, visit, mail });
      await openUser(dirk, other.username, OFFSHORE);
      await removeUser(dirk, { ...other, name: other.typed });
      await go(stranger, other.link);
      await expect(heading(stranger)).toHaveText('This link has been withdrawn');
    });
  });
});

test.describe('another address', () => {
  withAndWithoutScript(() => {
    test('U5: an administrator asks, both addresses hear of it, and the new one confirms', { tag: '@both' }, async ({ page, visit, invite, mail, problems }) => {
      problems.allow(REFUSAL);
      const { person, own, address } = await somebody({ invite, visit });
      await enter(page, ANNA);
      await openUser(page, person.username);
      await changeAddress(page, ` ${address.toUpperCase()} `);
      await expect(notice(page)).toContainText('Both addresses get a mail.');
      await expect(addressCard(page)).toContainText('The new address has yet to confirm it.');
      await expect(addressCard(page)).toContainText(address);
      const told = await mail.waitFor({ to: person.username, subject: /username/ });
      expect(told.subject).toBe('Your username is going to change');
      expect(told.text).toContain(address);
      expect(told.text).not.toMatch(/\/confirm\//);
      const { subject, link } = await mail.waitFor({ to: address });
      expect(subject).toBe('Confirm this address for Van Dijk Bruggenbouw');

      const newcomer = await visit();
      await signIn(newcomer, person.username, NEW_PASSWORD);
      await newcomer.context().clearCookies();
      await go(newcomer, link);
      await expect(heading(newcomer)).toHaveText('Another username');
      await expect(main(newcomer)).toContainText(address);
      await expect(main(newcomer)).not.toContainText(person.name);
      await press(newcomer, 'Confirm');
      await expect(heading(newcomer)).toHaveText('The username has been changed');
      await main(newcomer).getByRole('link', { name: 'Sign in' }).click();
      await fillSignIn(newcomer, person.username, NEW_PASSWORD);
      await expectRefused(newcomer);
      await fillSignIn(newcomer, address, NEW_PASSWORD);
      await at(newcomer, HOME);
      await go(own, '/profile');
      await expect(main(own), 'who was signed in stays so').toContainText(address);

      await searchUsers(page, address);
      await expect(row(page, address)).toContainText(person.name);
      await searchUsers(page, person.username);
      await expect(userRows(page)).toHaveCount(0);
      await newcomer.context().clearCookies();
      await go(newcomer, link);
      await expect(heading(newcomer)).toHaveText('This link has been used');
    });

    test('U5: what was asked is taken back, and can be asked again', async ({ page, visit, invite, mail, problems }) => {
      problems.allow(REFUSAL);
      const { person, own, address } = await somebody({ invite, visit });
      await enter(page, ANNA);
      await openUser(page, person.username);
      await changeAddress(page, address);
      const first = await mail.waitFor({ to: address });
      await press(page, 'Take back');
      await expect(notice(page)).toHaveText('The change of username has been taken back.');
      await go(own, first.link);
      await expect(heading(own)).toHaveText('This link has been withdrawn');
      await expect(addressCard(page).getByLabel('Username', { exact: true })).toHaveValue(person.username);
      await changeAddress(page, address);
      const second = await mail.waitFor({ to: address, count: 2 });
      await go(own, second.link);
      await press(own, 'Confirm');
      await expect(heading(own)).toHaveText('The username has been changed');
    });

    test('U5: the new address refuses, and nothing changes', async ({ page, visit, invite, mail, problems }) => {
      problems.allow(REFUSAL);
      const { person, address } = await somebody({ invite, visit });
      await enter(page, ANNA);
      await openUser(page, person.username);
      await changeAddress(page, address);
      const { link } = await mail.waitFor({ to: address });
      const stranger = await visit();
      await go(stranger, link);
      await press(stranger, 'Refuse');
      await expect(heading(stranger)).toHaveText('Refused');
      await expect(main(stranger)).toContainText('Nothing has changed.');
      await go(stranger, link);
      await expect(heading(stranger)).toHaveText(/used|withdrawn/i);
      await openUser(page, person.username);
      await expect(addressCard(page).getByRole('button', { name: 'Change username' })).toBeVisible();
      await signIn(stranger, person.username, NEW_PASSWORD);
    });

    test('U5: who belongs to another company too confirms from the old address as well', async ({ page, visit, invite, mail, problems }) => {
      problems.allow(REFUSAL);
      const { person, own, address } = await somebody({ invite, visit });
      const dirk = await visit();
      await enter(dirk, DIRK);
      await addUser(dirk, person, OFFSHORE);
      await go(own, (await mail.waitFor({ to: person.username, subject: /join/ })).link);
      await press(own, 'Confirm');
      await at(own, `/company/${OFFSHORE}`);

      await enter(page, ANNA);
      await openUser(page, person.username);
      await changeAddress(page, address);
      await expect(addressCard(page)).toContainText('Both addresses have yet to confirm it');
      await go(own, (await mail.waitFor({ to: address })).link);
      await press(own, 'Confirm');
      await expect(heading(own)).toHaveText('Confirmed');
      await expect(main(own)).toContainText('Until then you sign in as before.');
      await go(page, page.url());
      await expect(addressCard(page)).toContainText('The address of now has yet to confirm it.');
      const old = await mail.waitFor({ to: person.username, subject: /username/ });
      expect(old.subject).toBe('Confirm the change of your username');
      await go(own, old.link);
      await expect(main(own)).toContainText('Since you belong to another company too, you decide.');
      await press(own, 'Confirm');
      await expect(heading(own)).toHaveText('The username has been changed');
      await signIn(await visit(), address, NEW_PASSWORD);
    });

    test('U5: refused: the address of now, one elsewhere, no address; who is not registered has none to change', async ({
      page, visit, invite, problems,
    }) => {
      problems.allow(REFUSAL);
      const { person } = await somebody({ invite, visit });
      await enter(page, ANNA);
      await openUser(page, person.username);
      const bad = [person.username, `${mark()}@elders.example`, 'no address', ''];
      for (const address of bad) {
        await changeAddress(page, address);
        await expectRefused(page, 'username');
        await expect(field(page, 'username')).toHaveValue(address);
        await expect(addressCard(page).getByRole('button', { name: 'Take back' })).toHaveCount(0);
      }
      await openUser(page, (await invite()).username);
      await expect(addressCard(page)).toContainText('Only whoever has registered has an address to change.');
    });
  });

  test('U5: an address that got an account meanwhile is not taken from it', async ({ page, visit, invite, mail, problems }) => {
    problems.allow(REFUSAL);
    const { person } = await somebody({ invite, visit });
    await enter(page, ANNA);
    await openUser(page, person.username);
    await changeAddress(page, CARLA);
    const { link } = await mail.waitFor({ to: CARLA, subject: /Confirm this address/ });
    const carla = await visit();
    await go(carla, link);
    await press(carla, 'Confirm');
    await expectRefused(carla);
    await expect(summary(carla)).toContainText('There is an account with this username already.');
    await press(carla, 'Refuse');
    await expect(heading(carla)).toHaveText('Refused');
  });
});

test('a made-up link is not found, and tells nothing', async ({ page, problems }) => {
  problems.allow(REFUSAL);
  for (const token of ['x', 'A'.repeat(5000), '..%2f..%2fetc', '%00', '%ff']) {
    const answer = await page.request.get(`/confirm/${token}`);
    expect([400, 404, 414], token.slice(0, 50)).toContain(answer.status());
  }
  for (const query of ['', '?notice=changed', '?notice=refused']) {
    expect((await go(page, `/confirm/${'A'.repeat(43)}${query}`))?.status(), query).toBe(404);
    await expect(heading(page), query).toHaveText('This link does not exist');
  }
});

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: confirming, ${language}`, async ({ visit, invite, mail, baseURL, problems }) => {
      problems.allow(REFUSAL);
      const look = async (page: Page, name: string, path: string) => {
        await go(page, path);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await axe(page);
        for (const width of [320, 360, 768, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
          await photograph(page, `confirm ${name} ${language} ${width}`);
        }
      };
      const reader = async () => {
        const page = await visit();
        await page.context().addCookies([{ name: 'language', value: language, url: baseURL }]);
        return page;
      };
      const [own, anna] = [await reader(), await reader()];
      const person = await asked(own, { invite, visit, mail });
      await look(await reader(), 'not signed in', person.link);
      await enter(anna, ANNA);
      await look(anna, 'somebody else', person.link);
      await look(own, 'asked', person.link);
      await main(own).getByRole('button').first().click();
      await at(own, `/company/${OFFSHORE}`);
      await own.getByRole('banner').locator('[popovertarget="company-menu"]').click();
      await axe(own);
      await look(own, 'used', person.link);

      await openUser(anna, person.username);
      const address = newPerson().username;
      await field(anna, 'username').fill(address);
      await submit(anna, 'username');
      await expect(notice(anna)).toBeVisible();
      await look(anna, 'a change that waits', new URL(anna.url()).pathname);
      await look(own, 'another address', (await mail.waitFor({ to: address })).link);
      await main(own).getByRole('button').first().click();
      await expect(main(own).getByRole('button')).toHaveCount(0);
      await axe(own);
    });
  }
});

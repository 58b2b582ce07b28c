import type { Page } from '@playwright/test';
import { ANNA, BRUGGENBOUW, CARLA, NEW_PASSWORD, OFFSHORE, STAFF, newPerson, type Person } from '../support/people.ts';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { expectChoiceRefused, expectRefused, summary } from '../support/refusals.ts';
import {
  addUser, allowSelfRegistration, at, complete, enter, field, fillPassword, fillSignIn, fillUser, go, heading, openUser, removeUser, row,
  searchUsers, signIn, submit, usersPath,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript, type Fixtures } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const PATH = '/profile/company';
const main = (page: Page) => page.getByRole('main');
const companies = (page: Page) => page.getByRole('radiogroup', { name: 'Company' });
const join = (page: Page) => page.getByRole('button', { name: 'Join company', exact: true });

/** Somebody who was removed from the only company with their domain; it lets people in. */
async function alone({ visit, customer, mail }: Pick<Fixtures, 'visit' | 'customer' | 'mail'>) {
  const administrator = newPerson();
  const company = await customer({ administrator });
  const person = newPerson(company.domain);
  const inside = await visit({ javaScriptEnabled: false });
  await signIn(inside, administrator.username, NEW_PASSWORD);
  await addUser(inside, person, company.number);
  await complete(await visit({ javaScriptEnabled: false }), (await mail.waitFor({ to: person.username })).link);
  await openUser(inside, person.username, company.number);
  await removeUser(inside, person);
  return { person, company };
}

/** Signs somebody in who has no company, and goes to where one is joined. */
async function signInAlone(page: Page, person: Person, password = NEW_PASSWORD) {
  await go(page, '/login');
  await fillSignIn(page, person.username, password);
  await at(page, '/profile');
  await page.getByRole('navigation', { name: 'My profile' }).getByRole('link', { name: 'Change company' }).click();
  await at(page, PATH);
  await expect(heading(page)).toHaveText('Change company');
}

withAndWithoutScript(() => {
  test('S6: who was removed joins a company that lets people in, and is a user there', { tag: '@both' }, async ({ page, visit, invite, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    await complete(page, person.link);
    const anna = await visit();
    await enter(anna, ANNA);
    await openUser(anna, person.username);
    await removeUser(anna, person);
    await page.reload();
    await at(page, '/login');

    await signInAlone(page, person);
    await expect(main(page)).toContainText('Your account belongs to no company at the moment.');
    await expect(page.getByRole('link', { name: 'Home', exact: true })).toHaveCount(0);
    await expect(companies(page).getByRole('radio')).toHaveCount(2);
    await join(page).click();
    await expectChoiceRefused(page, companies(page), 'Choose a company');
    await companies(page).getByRole('radio', { name: 'Van Dijk Offshore' }).check();
    await join(page).click();
    await at(page, `/company/${OFFSHORE}`);
    await expect(main(page)).toContainText('You are a user of Van Dijk Offshore.');
    await expect(page.getByRole('link', { name: 'Home', exact: true })).toBeVisible();
    await searchUsers(anna, person.username);
    await expect(row(anna, person.username)).toHaveCount(0);
    await go(page, PATH);
    await expect(main(page)).toContainText('You belong to Van Dijk Offshore.');
    await expect(join(page)).toHaveCount(0);
  });

  test('S6: the only company is chosen already; switched off meanwhile, it lets nobody in', async ({ page, visit, customer, mail, problems }) => {
    problems.allow(REFUSAL);
    const { person, company } = await alone({ visit, customer, mail });
    await signInAlone(page, person);
    await expect(companies(page).getByRole('radio', { name: company.name })).toBeChecked();
    const staff = await visit();
    await enter(staff, STAFF);
    await allowSelfRegistration(staff, company.number, false);
    await join(page).click();
    await expectRefused(page);
    await expect(summary(page)).toContainText('No company lets people with this address register by themselves.');
    await go(page, PATH);
    await expect(main(page)).toContainText('There is no company to join');
    await expect(join(page)).toHaveCount(0);
    await allowSelfRegistration(staff, company.number, true);
    await go(page, PATH);
    await join(page).click();
    await at(page, `/company/${company.number}`);
  });

  test('S6: whose password administrators may have set proves the address first', async ({ page, visit, mail, baseURL }) => {
    const person = newPerson();
    const anna = await visit({ javaScriptEnabled: false });
    await enter(anna, ANNA, `${usersPath()}/new`);
    await field(anna, 'mail_to_administrators').check();
    await fillUser(anna, person);
    const registration = await mail.waitFor({ to: ANNA, subject: new RegExp(person.name) });
    await complete(await visit({ javaScriptEnabled: false }), registration.link);
    await openUser(anna, person.username);
    await removeUser(anna, person);

    await signInAlone(page, person);
    await expect(main(page)).toContainText('Choose a new password with Forgot password first');
    await expect(join(page), 'said before anybody chooses and presses').toHaveCount(0);
    const form = { company: String(OFFSHORE) };
    const answer = await page.request.post('/api/join_company', { form, headers: { Origin: baseURL! }, maxRedirects: 0 });
    expect(answer.status()).toBe(422);
    await main(page).getByRole('link', { name: 'Forgot password' }).click();
    await at(page, '/forgot-password');

    const own = await visit();
    await go(own, '/forgot-password');
    await field(own, 'username').fill(person.username);
    await submit(own, 'username');
    await go(own, (await mail.waitFor({ to: person.username, subject: /password/ })).link);
    await fillPassword(own, 'Natte-Sneeuw-Ladder-31');
    await at(own, '/login');
    await signInAlone(own, person, 'Natte-Sneeuw-Ladder-31');
    await companies(own).getByRole('radio', { name: 'Van Dijk Offshore' }).check();
    await join(own).click();
    await at(own, `/company/${OFFSHORE}`);
  });

  test('S6: nobody joins by hand where they may not', async ({ page, visit, customer, mail, baseURL }) => {
    const { person, company } = await alone({ visit, customer, mail });
    await signInAlone(page, person);
    for (const number of [BRUGGENBOUW, 99999, 'abc', '']) {
      const form = { company: String(number) };
      const answer = await page.request.post('/api/join_company', { form, headers: { Origin: baseURL! }, maxRedirects: 0 });
      expect([404, 422], String(number)).toContain(answer.status());
    }
    const carla = await visit();
    await enter(carla, CARLA);
    const form = { company: String(company.number) };
    expect((await carla.request.post('/api/join_company', { form, headers: { Origin: baseURL! }, maxRedirects: 0 })).status()).toBe(422);
    await join(page).click();
    await at(page, `/company/${company.number}`);
  });
});

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: joining, ${language}`, async ({ page, visit, customer, mail, context, baseURL }) => {
      const { person, company } = await alone({ visit, customer, mail });
      await context.addCookies([{ name: 'language', value: language, url: baseURL }]);
      await go(page, '/login');
      await fillSignIn(page, person.username, NEW_PASSWORD);
      await at(page, '/profile');
      const staff = await visit();
      await enter(staff, STAFF);
      for (const open of [true, false]) {
        await allowSelfRegistration(staff, company.number, open);
        await go(page, PATH);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await axe(page);
        for (const width of [320, 360, 768, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
          await photograph(page, `joining ${open ? 'one' : 'none'} ${language} ${width}`);
        }
      }
    });
  }
});

import type { Page } from '@playwright/test';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { ANNA, CARLA, DIRK, NEW_PASSWORD, OFFSHORE, STAFF, mark, newPerson } from '../support/people.ts';
import { expectChoiceRefused, expectRefused, summary } from '../support/refusals.ts';
import {
  HOME, accountMenu, allowSelfRegistration, apply, at, complete, enter, field, fillApplication, fillPassword, go, heading, row,
  searchUsers, signIn, signOut,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const APPLY = '/register/apply';
const DAY = 24 * 60 * 60;
const PROVE = /Continue your registration/;

const main = (page: Page) => page.getByRole('main');
const companies = (page: Page) => page.getByRole('radiogroup', { name: 'Company' });

withAndWithoutScript(() => {
  test('S1: the way there, and the names that people and manuals know', { tag: '@once' }, async ({ page }) => {
    await go(page, '/login');
    await page.getByRole('link', { name: 'Register', exact: true }).click();
    await at(page, APPLY);
    await expect(heading(page)).toHaveText('Register');
    await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('name', 'name');
    await expect(page.getByLabel('Email address', { exact: true })).toHaveAttribute('name', 'email');
    await expect(page.getByRole('button', { name: 'Register', exact: true })).toBeVisible();
    await main(page).getByRole('link', { name: 'Sign in' }).click();
    await at(page, '/login');
  });

  test('S1, S3: name and address, a mail, a password, and one is in', { tag: '@both' }, async ({ page, visit, customer, mail, request }) => {
    const administrator = newPerson();
    const company = await customer({ administrator });
    const person = newPerson(company.domain);
    await apply(page, { ...person, username: ` ${person.username.toUpperCase()} ` });
    const { subject, link, text } = await mail.waitFor({ to: person.username });
    expect(subject).toBe('Continue your registration');
    expect(text, 'a stranger may have typed the name').not.toContain(person.name);
    expect(text, 'the address is not proven yet').not.toContain(company.name);
    for (let scan = 1; scan <= 2; scan++) expect((await request.get(link)).status()).toBe(200);

    await go(page, link);
    await expect(heading(page)).toHaveText('Complete registration');
    for (const shown of [person.name, person.username, `you are in at ${company.name}`]) await expect(main(page)).toContainText(shown);
    await expect(companies(page), 'there is only one').toHaveCount(0);
    await fillPassword(page, NEW_PASSWORD);
    await at(page, `/company/${company.number}`);
    await expect(main(page)).toContainText(`You are a user of ${company.name}.`);
    await expect(accountMenu(page, person.name)).toBeVisible();

    const colleague = await visit();
    await signIn(colleague, administrator.username, NEW_PASSWORD);
    await searchUsers(colleague, person.username, company.number);
    await expect(row(colleague, person.username)).toContainText('No active licence');
    await expect(row(colleague, person.username)).toContainText(person.name);
  });

  test('S2: where several companies fit, the person chooses one by name', { tag: '@both' }, async ({ page, visit, mail, problems }) => {
    problems.allow(REFUSAL);
    const person = newPerson();
    await apply(page, person);
    await go(page, (await mail.waitFor({ to: person.username, subject: PROVE })).link);
    await expect(companies(page).getByRole('radio')).toHaveCount(2);
    for (const name of ['Van Dijk Bruggenbouw', 'Van Dijk Offshore']) {
      await expect(companies(page).getByRole('radio', { name, exact: true })).not.toBeChecked();
    }
    await fillPassword(page, 'kort');
    await expectRefused(page, 'new_password');
    await expectChoiceRefused(page, companies(page), 'Choose a company');
    await companies(page).getByRole('radio', { name: 'Van Dijk Offshore' }).check();
    await fillPassword(page, 'kort');
    await expectRefused(page, 'new_password');
    await expect(companies(page)).not.toHaveAttribute('aria-invalid', 'true');
    await expect(companies(page).getByRole('radio', { name: 'Van Dijk Offshore' })).toBeChecked();
    await fillPassword(page, NEW_PASSWORD);
    await at(page, `/company/${OFFSHORE}`);

    const dirk = await visit();
    await enter(dirk, DIRK);
    await searchUsers(dirk, person.username, OFFSHORE);
    await expect(row(dirk, person.username)).toContainText('User');
  });

  test('S1: the screen is the same for a known, an unknown and a foreign address', async ({ page }) => {
    const seen = new Set<string>();
    for (const username of [CARLA, newPerson().username, newPerson('elders.example').username, newPerson('gmail.com').username]) {
      await apply(page, { username, name: 'Fleur Dekker' });
      seen.add(`${new URL(page.url()).search} ${await page.title()} ${await main(page).innerText()}`);
    }
    expect([...seen]).toHaveLength(1);
    expect([...seen][0]).not.toContain('@');
  });

  test('S1: who has an account learns it from the mail', async ({ page, visit, invite, mail }) => {
    const person = await invite();
    await complete(await visit(), person.link);
    await apply(page, { ...person, name: mark() });
    const letter = await mail.waitFor({ to: person.username, count: 2 });
    expect(letter.subject).toBe('You have an account already');
    expect(letter.text).toContain(person.name);
    expect(letter.text).not.toMatch(/\/register\//);
    await go(page, letter.link);
    await at(page, '/login');
    await signIn(page, person.username, NEW_PASSWORD);
  });

  test('S2: an address of which no company lets people in: the mail says what to do', { tag: '@both' }, async ({ page, visit, customer, mail }) => {
    const closed = await customer({ selfRegistration: false });
    for (const domain of [closed.domain, 'elders.example', `it.${closed.domain}`]) {
      const person = newPerson(domain);
      await apply(page, person);
      const letter = await mail.waitFor({ to: person.username });
      expect(letter.subject).toBe('You cannot register by yourself with this address');
      expect(letter.text).toContain('ask an administrator of your company to add you');
      expect(letter.text).not.toContain(closed.name);
      expect(letter.text).not.toMatch(/\/register\//);
    }
    const staff = await visit();
    await enter(staff, STAFF);
    await allowSelfRegistration(staff, closed.number, true);
    const person = newPerson(closed.domain);
    await apply(page, person);
    await complete(page, (await mail.waitFor({ to: person.username, subject: PROVE })).link);
    await at(page, `/company/${closed.number}`);
  });

  test('S5: switched off after the mail, the page says so; switched on again, the link works', { tag: '@both' }, async ({
    page, visit, customer, mail, problems,
  }) => {
    problems.allow(REFUSAL);
    const company = await customer();
    const person = newPerson(company.domain);
    await apply(page, person);
    const { link } = await mail.waitFor({ to: person.username });
    const open = await visit();
    await go(open, link);
    const staff = await visit();
    await enter(staff, STAFF);
    await allowSelfRegistration(staff, company.number, false);

    await go(page, link);
    await expect(heading(page)).toHaveText('You can\'t register by yourself any more');
    await expect(main(page)).toContainText('Ask an administrator of your company to add you.');
    await expect(main(page)).not.toContainText(company.name);
    await expect(field(page, 'new_password')).toHaveCount(0);
    await fillPassword(open, NEW_PASSWORD);
    await expect(heading(open).or(summary(open)).filter({ hasText: /by yourself any more|register by themselves/ }).first()).toBeVisible();

    await allowSelfRegistration(staff, company.number, true);
    await complete(page, link);
    await at(page, `/company/${company.number}`);
  });

  test('A6, S5: an expired link says so, and sends a new one', async ({ freshBalie, customer, visit, problems }) => {
    problems.allow(REFUSAL);
    const server = await freshBalie();
    const company = await customer({ server });
    const person = newPerson(company.domain);
    const page = await visit({ server });
    await apply(page, person);
    const first = await server.mail.waitFor({ to: person.username });
    await server.clock.advance(DAY + 60);
    await go(page, first.link);
    await expect(heading(page)).toHaveText(/expired/i);
    await expect(field(page, 'new_password')).toHaveCount(0);
    await page.getByRole('button', { name: 'Send a new link' }).click();
    await expect(heading(page)).toHaveText('A new link is on its way');
    const second = await server.mail.waitFor({ to: person.username, count: 2 });
    expect(second.link).not.toBe(first.link);
    await complete(page, second.link);
    await at(page, `/company/${company.number}`);
    await signOut(page);
    await go(page, first.link);
    await expect(field(page, 'new_password'), 'no second account').toHaveCount(0);
  });

  test('A6: a used link says so, and leads on', async ({ page, visit, customer, mail, problems }) => {
    problems.allow(REFUSAL);
    const company = await customer();
    const person = newPerson(company.domain);
    await apply(page, person);
    const { link } = await mail.waitFor({ to: person.username });
    const slower = await visit();
    await go(slower, link);
    await complete(page, link);
    await fillPassword(slower, 'Natte-Sneeuw-Ladder-31');
    await expect(heading(slower).or(summary(slower)).filter({ hasText: /used/i }).first()).toBeVisible();

    const stranger = await visit();
    await go(stranger, link);
    await expect(heading(stranger)).toHaveText(/used/i);
    await expect(main(stranger)).not.toContainText(person.username);
    await main(stranger).getByRole('link', { name: 'Sign in' }).click();
    await at(stranger, '/login');
    await signIn(stranger, person.username, NEW_PASSWORD);
  });

  test('A6: somebody else who is signed in signs out and goes on', async ({ page, customer, mail }) => {
    const company = await customer();
    const person = newPerson(company.domain);
    await signIn(page, ANNA);
    await apply(page, person);
    const { link } = await mail.waitFor({ to: person.username });
    await go(page, link);
    await expect(main(page)).toContainText('Anna de Vries');
    await page.getByRole('button', { name: 'Sign out and continue' }).click();
    await expect(field(page, 'new_password')).toBeVisible();
    await fillPassword(page, NEW_PASSWORD);
    await at(page, HOME);
    await expect(accountMenu(page, person.name)).toBeVisible();
  });

  test('S1: refused: no name, no address, two addresses, each told at its field, and what was typed is kept', { tag: '@once' }, async ({
    page, mail, problems,
  }) => {
    problems.allow(REFUSAL);
    await go(page, APPLY);
    await fillApplication(page, { name: ' ', username: '' });
    await expectRefused(page, 'name');
    await expectRefused(page, 'email');
    const tag = mark();
    for (const username of [tag, `${tag}@vandijk`, `${tag}@vandijk.example, b@vandijk.example`, `Fleur <${tag}@vandijk.example>`]) {
      await fillApplication(page, { name: 'Fleur Dekker', username });
      await expectRefused(page, 'email');
      await expect(field(page, 'email')).toHaveValue(username);
      await expect(field(page, 'name')).toHaveValue('Fleur Dekker');
    }
    expect(await mail.all(tag)).toEqual([]);
  });

  test('S1: the sixth mail to one address in an hour is not sent', async ({ page, mail }) => {
    const person = newPerson('elders.example');
    for (let time = 1; time <= 6; time++) await apply(page, person);
    await mail.waitFor({ to: person.username, count: 5 });
    await page.waitForTimeout(1500);
    expect(await mail.all(person.username)).toHaveLength(5);
  });
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('from the application to Home', async ({ page, mail, problems }) => {
      problems.allow(REFUSAL);
      const person = newPerson();
      const english = /^(Register|Sign in|Complete registration|Company|Look in your mail|Home)$/;
      const allDutch = async () => {
        await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
        for (const role of ['button', 'link', 'heading', 'radiogroup'] as const) await expect(page.getByRole(role, { name: english })).toHaveCount(0);
      };
      await go(page, APPLY);
      await allDutch();
      await fillApplication(page, { ...person, username: 'geen adres' });
      await expectRefused(page, 'email');
      await allDutch();
      await apply(page, person);
      await allDutch();
      const letter = await mail.waitFor({ to: person.username });
      expect(letter.subject).toBe('Ga verder met uw registratie');
      await go(page, letter.link);
      await allDutch();
      const group = page.getByRole('radiogroup', { name: 'Bedrijf' });
      await fillPassword(page, NEW_PASSWORD);
      await expectChoiceRefused(page, group, 'Kies een bedrijf');
      await group.getByRole('radio', { name: 'Van Dijk Bruggenbouw' }).check();
      await fillPassword(page, NEW_PASSWORD);
      await at(page, HOME);
      await allDutch();
      await expect(main(page)).toContainText('U bent gebruiker van Van Dijk Bruggenbouw.');
    });
  });
});

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: registering by oneself, ${language}`, async ({
      page, visit, customer, mail, context, baseURL, problems,
    }) => {
      problems.allow(REFUSAL);
      const company = await customer();
      const [chooser, late] = [newPerson(), newPerson(company.domain)];
      await context.addCookies([{ name: 'language', value: language, url: baseURL }]);
      const look = async (name: string) => {
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        for (const width of [320, 360, 768, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
          await photograph(page, `register ${name} ${language} ${width}`);
        }
      };
      await go(page, APPLY);
      await axe(page);
      await look('apply');
      await fillApplication(page, { name: '', username: 'nobody' });
      await expectRefused(page, 'email');
      await axe(page);
      await apply(page, chooser);
      await axe(page);
      await look('applied');
      await go(page, (await mail.waitFor({ to: chooser.username })).link);
      await axe(page);
      await look('complete');
      await fillPassword(page, 'kort');
      await expectRefused(page, 'new_password');
      await axe(page);

      await apply(page, late);
      const { link } = await mail.waitFor({ to: late.username });
      const staff = await visit();
      await enter(staff, STAFF);
      await allowSelfRegistration(staff, company.number, false);
      await go(page, link);
      await axe(page);
      await look('not open');
    });
  }
});

import type { Page } from '@playwright/test';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { ANNA, BRUGGENBOUW, CARLA, NEW_PASSWORD, STAFF, WRONG_PASSWORD, newCompany, newPerson } from '../support/people.ts';
import { expectRefused, summary } from '../support/refusals.ts';
import {
  DESK, addUser, allowSelfRegistration, appoint, at, complete, deskPath, enter, field, fillCompany, fillSignIn, go, heading,
  hydrated, notice, row, searchUsers, signIn, submit, usersPath,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript, type Customer } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const NEW = `${DESK}/new`;
const generalPath = (company: number) => `/company/${company}/general`;

const main = (page: Page) => page.getByRole('main');
const part = (page: Page, name: string) => main(page).getByRole('region', { name, exact: true });
const members = (page: Page) => part(page, 'Members').getByRole('table').locator('tbody tr');
const found = (page: Page) => page.getByRole('table', { name: 'Companies' }).locator('tbody tr');
const save = (page: Page) => submit(page, 'company_name');
const domains = (page: Page) => page.getByLabel(/^Allowed domains/);

async function searchFor(page: Page, what: 'companies' | 'members', text: string) {
  const search = main(page).getByRole('searchbox', { name: `Search ${what}` });
  await search.fill(text);
  await search.press('Enter');
  await expect(page).toHaveURL((url) => url.searchParams.get('search') === text);
  await hydrated(page);
}

async function searchCompanies(page: Page, text: string) {
  await go(page, DESK);
  await searchFor(page, 'companies', text);
}

withAndWithoutScript((script) => {
  test('O1: a company, its first administrator, a colleague: the whole journey', { tag: '@both' }, async ({ page, visit, mail }) => {
    const company = newCompany();
    const [first, colleague] = [newPerson(company.domain), newPerson(company.domain)];
    await signIn(page, STAFF);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Provider' }).click();
    await at(page, DESK);
    await expect(heading(page)).toHaveText('Companies');
    await page.getByRole('link', { name: 'Add company' }).click();
    await at(page, NEW);
    await page.getByLabel('Company name', { exact: true }).fill(company.name);
    await page.getByLabel('Chamber of Commerce number', { exact: true }).fill('2435 17.14');
    await domains(page).fill(`@${company.domain.toUpperCase()}`);
    await page.getByLabel('Allow self-registration', { exact: true }).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await at(page, /\/companies\/\d+$/);
    await expect(heading(page)).toHaveText(company.name);
    await expect(notice(page)).toHaveText('The company has been created.');
    await expect(main(page)).toContainText('This company has no administrator yet.');
    await expect(domains(page)).toHaveValue(company.domain);
    const number = Number(new URL(page.url()).pathname.split('/').pop());

    const card = part(page, 'First administrator');
    await card.getByLabel('Name', { exact: true }).fill(first.name);
    await card.getByLabel('Email address', { exact: true }).fill(first.username);
    await card.getByRole('button', { name: 'Appoint administrator', exact: true }).click();
    await expect(notice(page)).toContainText('The administrator has been appointed.');
    await expect(field(page, 'email'), 'the form is for the next one').toHaveValue('');
    await expect(members(page)).toContainText([first.name]);
    await expect(members(page)).toContainText('Registration requested');

    const administrator = await visit();
    const letter = await mail.waitFor({ to: first.username });
    expect(letter.subject).toBe(`Complete your registration at ${company.name}`);
    await complete(administrator, letter.link);
    await expect(main(administrator)).toContainText(`You are an administrator of ${company.name}.`);
    await addUser(administrator, colleague, number);
    const newcomer = await visit();
    await complete(newcomer, (await mail.waitFor({ to: colleague.username })).link);
    await at(newcomer, `/company/${number}`);
    await expect(main(newcomer)).toContainText(`You are a user of ${company.name}.`);

    await go(page, deskPath(number));
    await expect(main(page)).not.toContainText('no administrator');
    await expect(part(page, 'Administrators')).toBeVisible();
    await expect(members(page)).toHaveCount(2);
    await expect(members(page).filter({ hasText: first.username })).toContainText('Administrator');
    await expect(members(page).filter({ hasText: colleague.username })).toContainText('No active licence');
    await expect(main(page)).toContainText(`${company.domain}: 2 people`);
  });

  test('the form of a company has the names that people and manuals know', { tag: '@once' }, async ({ page }) => {
    await enter(page, STAFF, NEW);
    for (const [label, name] of Object.entries({ 'Company name': 'company_name', 'Chamber of Commerce number': 'kvk', Country: 'country' })) {
      await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('name', name);
    }
    await expect(page.getByLabel(/^Allowed domains/)).toHaveAttribute('name', 'domains');
    await expect(page.getByRole('checkbox', { name: 'Allow self-registration' })).toHaveAttribute('name', 'self_registration');
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await at(page, DESK);
  });

  const bad: [string, string, string, string][] = [
    ['no name', 'company_name', '  ', 'Enter the company\'s name'],
    ['a Chamber of Commerce number of nine digits', 'kvk', '243517140', 'A Chamber of Commerce number has eight digits'],
    ['a Chamber of Commerce number with a letter', 'kvk', '2435171O', 'A Chamber of Commerce number has eight digits'],
    ['a public mail domain', 'domains', 'Gmail.com', 'Anybody can have an address at gmail.com'],
    ['a subdomain of one', 'domains', 'mail.hotmail.com', 'Anybody can have an address at mail.hotmail.com'],
    ['one domain that is none', 'domains', 'good.example\nkraan', '“kraan” is not a domain'],
    ['an address for the contact that is none', 'contact_email', 'kraan', 'Enter one e-mail address'],
  ];
  test('O1: refused: each field that can\'t be used, told at the field, and everything is kept', { tag: '@once' }, async ({ page, problems }) => {
    test.slow();
    problems.allow(REFUSAL);
    await enter(page, STAFF);
    for (const [what, where, value, message] of bad) {
      await test.step(what, async () => {
        const company = newCompany();
        await go(page, NEW);
        await fillCompany(page, company);
        await field(page, 'contact_name').fill(`Contact of ${company.domain}`);
        await field(page, 'self_registration').check();
        await field(page, 'country').selectOption('BE');
        await field(page, where).fill(value);
        await save(page);
        await expectRefused(page, where);
        await expect(summary(page)).toContainText(message);
        await expect(field(page, where)).toHaveValue(value);
        await expect(field(page, 'contact_name')).toHaveValue(`Contact of ${company.domain}`);
        await expect(field(page, 'country')).toHaveValue('BE');
        await expect(field(page, 'self_registration')).toBeChecked();
        await searchCompanies(page, company.domain.split('.')[0]);
        await expect(found(page)).toHaveCount(0);
      });
    }
  });

  test('O1: a company is found by name, by number and by domain', async ({ page, customer }) => {
    const company = await customer();
    const tag = company.domain.split('.')[0];
    await enter(page, STAFF);
    for (const text of [`ZOON ${tag}`, String(company.number), company.domain, `@${company.domain}`]) {
      await searchCompanies(page, text);
      await expect(found(page), text).toHaveCount(1);
      await expect(found(page)).toContainText([company.name]);
      await expect(found(page)).toContainText(String(company.number));
      await expect(found(page)).toContainText(company.domain);
    }
    await found(page).getByRole('link', { name: company.name }).click();
    await at(page, deskPath(company.number));
    await main(page).getByRole('link', { name: 'Companies' }).click();
    await at(page, DESK);
    await searchFor(page, 'companies', `${tag} and nobody`);
    await expect(found(page)).toHaveCount(0);
    await expect(main(page)).toContainText('No company found');
    await page.getByRole('link', { name: 'Show all companies' }).click();
    await expect(found(page).filter({ hasText: 'Van Dijk Bruggenbouw' })).toHaveCount(1);
    for (const nonsense of ['search=%00', 'search=%25', 'page=-1', 'page=9999999999', `search=${'9'.repeat(300)}`, 'search=%27%3B--']) {
      expect((await go(page, `${DESK}?${nonsense}`))?.status(), nonsense).toBe(200);
    }
  });

  test('O1, G1: what staff change stays changed, and the company\'s administrator sees it', async ({ page, visit, customer }) => {
    const administrator = newPerson();
    const { number, domain } = await customer({ administrator });
    await enter(page, STAFF, deskPath(number));
    const now = {
      company_name: `Kraan & Dochter ${domain}`, kvk: '61204419', contact_name: 'Gerda Kraan', contact_email: `gerda@${domain}`,
      contact_phone: '+31 10 765 43 21', account_manager: 'Sophie Maas',
    };
    for (const [name, value] of Object.entries(now)) await field(page, name).fill(value);
    await field(page, 'country').selectOption('BE');
    await field(page, 'self_registration').uncheck();
    await save(page);
    await expect(notice(page)).toHaveText('The changes have been saved.');
    await expect(heading(page)).toHaveText(now.company_name);
    await go(page, deskPath(number));
    for (const [name, value] of Object.entries(now)) await expect(field(page, name)).toHaveValue(value);
    await expect(field(page, 'country')).toHaveValue('BE');
    await expect(field(page, 'self_registration')).not.toBeChecked();

    const inside = await visit();
    await signIn(inside, administrator.username, NEW_PASSWORD);
    await go(inside, generalPath(number));
    await expect(part(inside, 'Company')).toContainText(now.company_name);
    for (const text of ['61204419', 'Belgium', domain, 'Only you and the other administrators add colleagues.', 'Ask Sophie Maas.']) {
      await expect(main(inside)).toContainText(text);
    }
    await expect(field(inside, 'contact_email')).toHaveValue(now.contact_email);
    await expect(field(inside, 'company_name'), 'G1: staff\'s to change').toHaveCount(0);
  });

  test('O1: a domain with people in it goes only for who has seen how many stay', async ({ page, visit, customer, problems }) => {
    problems.allow(REFUSAL);
    const other = newCompany().domain;
    const company = await customer();
    const person = newPerson(company.domain);
    await enter(page, STAFF, deskPath(company.number));
    await appoint(page, person);
    await domains(page).fill(other);
    await field(page, 'account_manager').fill('Sophie Maas');
    await save(page);
    await expectRefused(page);
    await expect(summary(page)).toContainText('There are people with an address in a domain that would go.');
    await expect(notice(page)).toHaveCount(0);
    await expect(domains(page)).toHaveValue(other);
    await expect(field(page, 'account_manager')).toHaveValue('Sophie Maas');
    const anyway = page.getByRole('checkbox', { name: `Remove ${company.domain} all the same: one person stays` });
    await expect(anyway).not.toBeChecked();
    await summary(page).getByRole('link').click();
    await expect(anyway).toBeFocused();

    const elsewhere = await visit();
    await enter(elsewhere, STAFF, deskPath(company.number));
    await expect(domains(elsewhere), 'nothing has changed yet').toHaveValue(company.domain);

    await anyway.check();
    await save(page);
    await expect(notice(page)).toHaveText('The changes have been saved.');
    await expect(anyway).toHaveCount(0);
    await go(page, deskPath(company.number));
    await expect(domains(page)).toHaveValue(other);
    await expect(main(page)).toContainText(`${other}: nobody`);
    await expect(members(page)).toContainText([person.username]);
    await domains(page).fill('');
    await save(page);
    await expect(notice(page), 'one without people goes unasked').toHaveText('The changes have been saved.');
    await expect(main(page)).not.toContainText(other);
  });

  test('O1: an older form takes nothing away that a colleague added meanwhile', async ({ page, visit, customer }) => {
    const company = await customer();
    const other = newCompany().domain;
    await enter(page, STAFF, deskPath(company.number));
    const colleague = await visit();
    await enter(colleague, STAFF, deskPath(company.number));
    await domains(colleague).fill(`${company.domain}\n${other}`);
    await save(colleague);
    await expect(notice(colleague)).toHaveText('The changes have been saved.');
    await field(page, 'account_manager').fill('Sophie Maas');
    await save(page);
    await expect(notice(page)).toHaveText('The changes have been saved.');
    await go(page, deskPath(company.number));
    await expect(domains(page)).toHaveValue([company.domain, other].sort().join('\n'));
  });

  test('S4: whose domain is added is told how to join', async ({ page, visit, customer, mail }) => {
    const [here, there] = [await customer(), await customer()];
    const person = newPerson(here.domain);
    await enter(page, STAFF, deskPath(here.number));
    await appoint(page, person);
    const newcomer = await visit();
    await complete(newcomer, (await mail.waitFor({ to: person.username })).link);
    await go(page, deskPath(there.number));
    await domains(page).fill(`${there.domain}, ${here.domain}`);
    await save(page);
    await expect(notice(page)).toHaveText('The changes have been saved.');
    const letter = await mail.waitFor({ to: person.username, subject: /join/ });
    expect(letter.subject).toBe(`You can join ${there.name}`);
    expect(new URL(letter.link).pathname).toBe('/profile/company');
    await go(newcomer, letter.link);
    await expect(main(newcomer)).toContainText(`You belong to ${here.name}.`);
  });

  test('A3, O1: staff find a member and unlock the account', async ({ page, visit, customer, problems }) => {
    problems.allow(REFUSAL);
    const [person, other] = [newPerson(), newPerson()];
    const { number } = await customer({ administrator: person });
    const guesser = await visit();
    await go(guesser, '/login');
    for (let attempt = 1; attempt <= 5; attempt++) {
      await fillSignIn(guesser, person.username, WRONG_PASSWORD);
      await expectRefused(guesser);
    }
    await enter(page, STAFF, deskPath(number));
    await appoint(page, other);
    await expect(members(page)).toHaveCount(2);
    await searchFor(page, 'members', person.name.toUpperCase());
    await expect(members(page)).toHaveCount(1);
    await expect(members(page)).toContainText('Locked');
    const unlock = members(page).getByRole('button', { name: 'Unlock', exact: true });
    await expect(unlock).toHaveAccessibleDescription(person.name);
    await unlock.click();
    await expect(notice(page)).toHaveText('The account is unlocked.');
    if (script) await expect(notice(page), 'the button is gone, so its news has the focus').toBeFocused();
    await expect(unlock).toHaveCount(0);
    await expect(members(page).filter({ hasText: person.username })).toContainText('No active licence');
    await signIn(guesser, person.username, NEW_PASSWORD);

    await go(page, deskPath(number));
    await searchFor(page, 'members', 'nobody is called this');
    await expect(members(page)).toHaveCount(0);
    await page.getByRole('link', { name: 'Show everybody' }).click();
    await expect(members(page)).toHaveCount(2);
  });

  test('H1: from a company\'s page to what was done there, and only there', async ({ page, customer }) => {
    const { number } = await customer();
    await enter(page, STAFF);
    await allowSelfRegistration(page, number, false);
    await main(page).getByRole('link', { name: 'History' }).click();
    await at(page, '/provider/history');
    await expect(main(page)).toContainText(`Only what was done in company ${number}.`);
    const rows = page.getByRole('table', { name: 'History' }).locator('tbody tr');
    await expect(rows.first()).toContainText('self-registration off');
    await expect(rows.first()).toContainText('Sophie Maas');
    await expect(rows.filter({ hasText: 'Company created' })).toHaveCount(1);
    const own = await rows.count();
    await main(page).getByRole('button', { name: 'Show' }).click();
    await expect(page, 'the filter stays at this company').toHaveURL(/company=\d+/);
    await expect(rows).toHaveCount(own);
    await page.getByRole('link', { name: 'Show all companies' }).click();
    await expect(page).not.toHaveURL(/company=/);
    await expect.poll(() => rows.count()).toBeGreaterThan(own);
  });

  test('O1: refused: an administrator without a name, at no address, or there already', async ({ page, customer, problems }) => {
    problems.allow(REFUSAL);
    const person = newPerson('elders.example');
    const { number } = await customer();
    await enter(page, STAFF, deskPath(number));
    await field(page, 'email').fill('no address');
    await submit(page, 'email');
    await expectRefused(page, 'name');
    await expectRefused(page, 'email');
    await expect(field(page, 'email')).toHaveValue('no address');
    await appoint(page, person);
    await expect(summary(page), 'what was refused is over').toHaveCount(0);
    await expect(members(page)).toHaveCount(1);
  });

  test('G1: an administrator changes whom the provider speaks with; who is none can\'t', async ({ page, visit, customer, problems, baseURL }) => {
    problems.allow(REFUSAL);
    const [administrator, user] = [newPerson(), newPerson()];
    const company = await customer({ administrator });
    await signIn(page, administrator.username, NEW_PASSWORD);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My company' }).click();
    await at(page, generalPath(company.number));
    const contact = part(page, 'Contact');
    await contact.getByLabel(/^Contact person/).fill('Gerda Kraan');
    await contact.getByLabel(/^Email address/).fill('gerda');
    await contact.getByLabel(/^Telephone number/).fill('+31 10 765 43 21');
    await contact.getByRole('button', { name: 'Save', exact: true }).click();
    await expectRefused(page, 'contact_email');
    await expect(field(page, 'contact_name')).toHaveValue('Gerda Kraan');
    await field(page, 'contact_email').fill(`gerda@${company.domain}`);
    await submit(page, 'contact_email');
    await expect(notice(page)).toHaveText('The contact details have been saved.');
    await go(page, generalPath(company.number));
    await expect(field(page, 'contact_phone')).toHaveValue('+31 10 765 43 21');

    const staff = await visit();
    await enter(staff, STAFF, deskPath(company.number));
    await expect(field(staff, 'contact_name')).toHaveValue('Gerda Kraan');
    await expect(field(staff, 'contact_email')).toHaveValue(`gerda@${company.domain}`);

    await enter(staff, CARLA, '/');
    expect((await go(staff, generalPath(BRUGGENBOUW)))?.status()).toBe(403);
    const form = { company: String(BRUGGENBOUW), contact_name: user.name };
    const answer = await staff.request.post('/api/save_contact', { form, headers: { Origin: baseURL! }, maxRedirects: 0 });
    expect(answer.status()).toBe(403);
  });

  test('the provider\'s desk is staff\'s only', async ({ page, visit, problems, baseURL }) => {
    problems.allow(REFUSAL);
    const deeds: [string, Record<string, string>][] = [
      ['create_company', { company_name: 'X', kvk: '24351714', country: 'NL' }],
      ['save_company', { number: '10001', company_name: 'X', kvk: '24351714', country: 'NL' }],
      ['appoint_administrator', { number: '10001', name: 'X', email: 'x@vandijk.example' }],
      ['create_general_account', { number: '10001', username: 'everybody' }],
      ['block_general_account', { number: '10001', block: 'yes' }],
      ['list_companies', {}],
      ['list_members', { company: '10001' }],
      ['read_company', { company: '10001' }],
    ];
    await enter(page, ANNA);
    await expect(page.getByRole('link', { name: 'Provider' })).toHaveCount(0);
    for (const path of ['/provider', DESK, NEW, deskPath(BRUGGENBOUW)]) {
      const answer = await go(page, path);
      expect(answer?.status(), path).toBe(404);
      expect(await answer?.text(), path).not.toContain('Noordzee');
    }
    for (const [deed, form] of deeds) {
      const answer = await page.request.post(`/api/${deed}`, { form, headers: { Origin: baseURL! }, maxRedirects: 0 });
      expect(answer.status(), deed).toBe(404);
    }
    const nobody = await visit();
    await go(nobody, deskPath(BRUGGENBOUW));
    await at(nobody, '/login');
    expect(new URL(nobody.url()).searchParams.get('next')).toBe(deskPath(BRUGGENBOUW));
    await enter(nobody, STAFF);
    for (const number of ['99999', 'abc', '-1', '99999999999999999999']) {
      expect((await go(nobody, `${DESK}/${number}`))?.status(), number).toBe(404);
    }
  });
});

test('what staff type into one form survives what another does', async ({ page, customer }) => {
  const company = await customer();
  await enter(page, STAFF, deskPath(company.number));
  await field(page, 'company_name').fill('Half a na');
  await field(page, 'self_registration').uncheck();
  await appoint(page, newPerson());
  await expect(members(page)).toHaveCount(1);
  await expect(field(page, 'company_name')).toHaveValue('Half a na');
  await expect(field(page, 'self_registration')).not.toBeChecked();
});

test('G1: an administrator\'s open page follows what staff change', async ({ page, visit, customer }) => {
  const administrator = newPerson();
  const company = await customer({ administrator });
  await signIn(page, administrator.username, NEW_PASSWORD);
  await go(page, generalPath(company.number));
  await field(page, 'contact_name').fill('Half a na');
  const staff = await visit();
  await enter(staff, STAFF);
  await allowSelfRegistration(staff, company.number, false);
  await expect(main(page)).toContainText('Only you and the other administrators add colleagues.', { timeout: 5_000 });
  await expect(field(page, 'contact_name')).toHaveValue('Half a na');
});

test('U1: a company without a domain has nobody to add, and says so', async ({ page, customer, visit }) => {
  const administrator = newPerson();
  const company = await customer({ administrator });
  await enter(page, STAFF, deskPath(company.number));
  await domains(page).fill('');
  await save(page);
  await expect(notice(page)).toHaveText('The changes have been saved.');
  const inside = await visit();
  await signIn(inside, administrator.username, NEW_PASSWORD);
  await go(inside, usersPath(company.number));
  await searchUsers(inside, administrator.username, company.number);
  await expect(row(inside, administrator.username)).toBeVisible();
  await expect(inside.getByRole('link', { name: 'Add user' })).toHaveCount(0);
  await go(inside, generalPath(company.number));
  await expect(part(inside, 'Allowed domains')).toHaveCount(0);
});

const ENGLISH = /^(Companies|Add company|Save|Cancel|Appoint administrator|Create general account|Unlock|Members|Details|Search|History)$/;

async function allDutch(page: Page) {
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  for (const role of ['button', 'link', 'heading', 'columnheader', 'searchbox'] as const) {
    await expect(page.getByRole(role, { name: ENGLISH })).toHaveCount(0);
  }
}

test.describe('in Dutch', { tag: '@dutch' }, () => {
  withAndWithoutScript(() => {
    test('a company and its first administrator', async ({ page, context, baseURL, mail, problems }) => {
      problems.allow(REFUSAL);
      const company = newCompany();
      const person = newPerson(company.domain);
      await context.addCookies([{ name: 'language', value: 'nl', url: baseURL }]);
      await enter(page, STAFF);
      await allDutch(page);
      await go(page, NEW);
      await fillCompany(page, company, '1');
      await save(page);
      await expectRefused(page, 'kvk');
      await expect(summary(page)).toContainText('Een KvK-nummer heeft acht cijfers');
      await allDutch(page);
      await field(page, 'kvk').fill('24351714');
      await save(page);
      await at(page, /\/companies\/\d+$/);
      await expect(notice(page)).toHaveText('Het bedrijf is aangemaakt.');
      await allDutch(page);
      await field(page, 'name').fill(person.name);
      await field(page, 'email').fill(person.username);
      await submit(page, 'email');
      await expect(notice(page)).toContainText('De beheerder is aangewezen.');
      await allDutch(page);
      expect((await mail.waitFor({ to: person.username })).subject).toBe(`Rond uw registratie bij ${company.name} af`);
    });
  });
});

type Place = { name: string; open: (page: Page, company: Customer) => Promise<unknown> };
const PLACES: Place[] = [
  { name: 'Companies', open: (page) => go(page, DESK) },
  { name: 'Companies, none found', open: (page) => go(page, `${DESK}?search=nobody-at-all`) },
  { name: 'Add company', open: (page) => go(page, NEW) },
  { name: 'a new company', open: (page, { number }) => go(page, `${deskPath(number)}?notice=created`) },
  { name: 'a company', open: (page) => go(page, deskPath(BRUGGENBOUW)) },
];

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    for (const { name, open } of PLACES) {
      test(`axe finds nothing, and nothing scrolls sideways: ${name}, ${language}`, async ({ page, customer, context, baseURL }) => {
        const company = await customer();
        await context.addCookies([{ name: 'language', value: language, url: baseURL }]);
        await enter(page, STAFF);
        await open(page, company);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await axe(page);
        for (const width of [320, 360, 768, 1440, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
          await photograph(page, `${name} ${language} ${width}`);
        }
      });
    }

    test(`axe finds nothing: what was refused, ${language}`, async ({ page, customer, context, baseURL, problems }) => {
      problems.allow(REFUSAL);
      const company = await customer();
      await context.addCookies([{ name: 'language', value: language, url: baseURL }]);
      await enter(page, STAFF, NEW);
      await fillCompany(page, { name: '', domain: 'gmail.com' }, '1');
      await save(page);
      await expectRefused(page, 'domains');
      await axe(page);

      await go(page, deskPath(company.number));
      await field(page, 'name').fill('Fleur Dekker');
      await field(page, 'email').fill(newPerson(company.domain).username);
      await submit(page, 'email');
      await expect(notice(page)).toBeVisible();
      await field(page, 'domains').fill('');
      await save(page);
      await expectRefused(page);
      await axe(page);
      for (const width of [320, 360]) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoSidewaysScroll(page);
      }
    });
  }
});

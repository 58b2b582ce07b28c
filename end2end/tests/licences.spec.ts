import type { Page } from '@playwright/test';
import {
  accountId, addProduct, askFor, decide, decision, documentId, give, grant, set, type Firm, type Licence, type Member,
} from '../support/firm.ts';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { STAFF, newPerson } from '../support/people.ts';
import { expectRefused, summary } from '../support/refusals.ts';
import {
  accept, addUser, at, complete, concluded, deskPath, documentsPath, enter, expectNotReloaded, field, go, heading, leaveMark, licencesPath,
  notice, offer, openRequests, openUser, ownLicences, requestsPath, row, rowsOf, said, searchUsers, submit, usersPath,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript, type Fixtures } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const main = (page: Page) => page.getByRole('main');
const bar = (page: Page) => page.getByRole('region', { name: 'Selection' });
const listed = (page: Page, { name }: Licence) => rowsOf(page, 'Licences').filter({ hasText: name });
const inside = (page: Page) => rowsOf(page, 'Who has access');
const outside = (page: Page) => rowsOf(page, 'Who has no access');
const companyWide = (page: Page) => page.getByLabel('Company-wide licence', { exact: true });
const shown = (page: Page) => page.getByLabel('Show in licence selection', { exact: true });
const save = (page: Page) => page.getByRole('region', { name: 'Settings' }).getByRole('button', { name: 'Save', exact: true }).click();
const openLicence = (page: Page, { number, administrators: [anna] }: Firm, { licence }: Licence) =>
  enter(page, anna.username, licencesPath(number, licence));

/** L2, from the licence's page, to these people. */
async function giveTo(page: Page, ...people: Member[]) {
  await main(page).getByRole('link', { name: 'Give access', exact: true }).click();
  await at(page, /\/licences\/[\w-]+\/give$/);
  for (const { name } of people) await outside(page).filter({ hasText: name }).getByRole('checkbox').check();
  await bar(page).getByRole('button', { name: /^Give access/ }).click();
}

withAndWithoutScript((script) => {
  test('L1, L2: staff give a company a licence, and its administrator sees it with its seats', async ({ page, visit, firm }) => {
    const office = await firm({ licences: [] });
    const { number, staff, administrators: [anna] } = office;
    const product = await addProduct(staff);
    await enter(page, STAFF, deskPath(number));
    const card = main(page).getByRole('region', { name: 'Licences', exact: true });
    await expect(card).toContainText('No licences yet');
    await card.getByRole('link', { name: 'Add licence' }).click();
    await at(page, `${deskPath(number)}/licences/new`);
    await page.getByLabel('Product', { exact: true }).selectOption({ label: product.name });
    await page.getByLabel('Valid from', { exact: true }).fill('2020-01-01');
    await page.getByLabel('Valid until', { exact: true }).fill('2199-12-31');
    await page.getByLabel(/^Seats/).fill('12');
    await page.getByLabel('Company-wide permitted', { exact: true }).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await at(page, /\/licences\/[0-9a-f-]{36}$/);
    await expect(heading(page)).toHaveText(product.name);
    await expect(notice(page)).toHaveText('The company has the licence now.');
    await field(page, 'seats').fill('10');
    await submit(page, 'seats');
    await expect(notice(page)).toHaveText('The terms have been saved.');
    await go(page, deskPath(number));
    const granted = rowsOf(page, 'Licences').filter({ hasText: product.name });
    for (const text of ['0 of 10 seats', '1 January 2020', '31 December 2199', 'Permitted']) await expect(granted).toContainText(text);

    const administrator = await visit();
    await enter(administrator, anna.username);
    await administrator.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My company' }).click();
    await administrator.getByRole('navigation', { name: 'My company' }).getByRole('link', { name: 'Licences' }).click();
    await at(administrator, licencesPath(number));
    const own = rowsOf(administrator, 'Licences');
    for (const text of [product.name, '0 of 10 seats', '31 December 2199']) await expect(own).toContainText(text);
    await own.getByRole('link', { name: product.name }).click();
    await at(administrator, /\/licences\/[0-9a-f-]{36}$/);
    await expect(heading(administrator)).toHaveText(product.name);
    await expect(main(administrator)).toContainText('0 of 10 seats');
    await expect(companyWide(administrator)).not.toBeChecked();
    await expect(shown(administrator), 'L4: as it begins').toBeChecked();
    await expect(page.getByRole('link', { name: 'Add licence' })).toBeVisible();
  });

  test('L1: refused: no product, no day, an end before the beginning, no number, external and company-wide', { tag: '@once' }, async ({
    page, firm, problems,
  }) => {
    problems.allow(REFUSAL);
    const { number, staff, licences: [taken] } = await firm();
    const { id } = await addProduct(staff);
    await enter(page, STAFF, `${deskPath(number)}/licences/new`);
    await expect(field(page, 'product').locator('option', { hasText: taken.name }), 'it is one for each product').toHaveCount(0);
    await field(page, 'valid_from').fill('');
    await field(page, 'seats').fill('many');
    await field(page, 'company_wide_permitted').check();
    await field(page, 'external').check();
    await submit(page, 'seats');
    for (const name of ['product', 'valid_from', 'valid_until', 'seats', 'company_wide_permitted']) await expectRefused(page, name);
    await expect(field(page, 'seats')).toHaveValue('many');
    await expect(field(page, 'external')).toBeChecked();
    await field(page, 'product').selectOption(id);
    await field(page, 'external').uncheck();
    await field(page, 'valid_from').fill('2030-02-01');
    await field(page, 'valid_until').fill('2030-01-31');
    await field(page, 'seats').fill('0');
    await submit(page, 'seats');
    await expectRefused(page, 'valid_until');
    await expectRefused(page, 'seats');
    await expect(summary(page)).toContainText('Choose a last day that is not before the first');
    await expect(summary(page)).toContainText('Enter a whole number from 1 to 1000000');
    await expect(field(page, 'product')).toHaveValue(id);
  });

  test('L2: access is given to several, and taken from one; their status and the seats follow', { tag: '@both' }, async ({ page, visit, firm }) => {
    const office = await firm({ users: 3, licences: [{ seats: 3 }] });
    const { number, users: [fleur, joris, sanne], licences: [bridges] } = office;
    await openLicence(page, office, bridges);
    await expect(main(page)).toContainText('Nobody has access yet');
    await giveTo(page, fleur, joris);
    await at(page, licencesPath(number, bridges.licence));
    await expect(said(page, '2 people have access now.')).toBeVisible();
    await expect(main(page)).toContainText('2 of 3 seats');
    await expect(inside(page)).toHaveCount(2);
    await expect(inside(page).filter({ hasText: joris.name })).toContainText('Given');

    const own = await visit();
    await enter(own, joris.username, `/company/${number}`);
    await expect(ownLicences(own)).toContainText('Given by an administrator');
    await searchUsers(page, sanne.username, number);
    await expect(row(page, sanne.username)).toContainText('No active licence');
    await searchUsers(page, joris.username, number);
    await expect(row(page, joris.username)).toContainText('Registered');
    await expect(row(page, joris.username)).toContainText(bridges.name);

    await go(page, licencesPath(number, bridges.licence));
    await inside(page).filter({ hasText: joris.name }).getByRole('checkbox').check();
    await bar(page).getByRole('button', { name: 'Remove access', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Remove access of the selected people?' });
    if (script) await expect(question).toContainText('One person loses access at once, and one seat is free.');
    await question.getByRole('button', { name: 'Remove access', exact: true }).click();
    await expect(said(page, 'One person has no access of their own any more.')).toBeVisible();
    await expect(inside(page)).toHaveCount(1);
    await expect(main(page)).toContainText('1 of 3 seats');
    await go(own, `/company/${number}`);
    await expect(ownLicences(own)).toHaveCount(0);
  });

  test('U1, U5: one licence with the new user, others on the person\'s page', async ({ page, firm, mail }) => {
    const office = await firm({ users: 1, licences: [{}, {}] });
    const { number, domain, administrators: [anna], users: [fleur], licences: [bridges, tunnels] } = office;
    const person = newPerson(domain);
    await enter(page, anna.username, `${usersPath(number)}/new`);
    await page.getByLabel('Add licence', { exact: true }).selectOption({ label: bridges.name });
    await field(page, 'username').fill(person.username);
    await field(page, 'name').fill(person.name);
    await submit(page, 'username');
    await at(page, /\/users\/[0-9a-f-]{36}$/);
    await mail.waitFor({ to: person.username });
    const card = main(page).getByRole('region', { name: 'Licences', exact: true });
    const access = card.getByRole('listitem').filter({ has: page.getByRole('link') });
    await expect(access).toHaveCount(1);
    await expect(access).toContainText(bridges.name);
    await expect(access).toContainText('Given, until');

    await openUser(page, fleur.username, number);
    await card.getByLabel('Add licence', { exact: true }).selectOption({ label: tunnels.name });
    await card.getByRole('button', { name: 'Give access', exact: true }).click();
    await expect(said(page, 'The person has access now.')).toBeVisible();
    await expect(access).toContainText(tunnels.name);
    const remove = card.getByRole('button', { name: 'Remove access', exact: true });
    await expect(remove).toHaveAccessibleDescription(tunnels.name);
    await remove.click();
    await expect(said(page, 'The access has been removed.')).toBeVisible();
    await expect(card).toContainText('No access to any licence yet.');
  });

  test('L3: company-wide on, after it is said for how many: everybody is in, and open requests are granted', { tag: '@both' }, async ({
    page, visit, firm, mail,
  }) => {
    const office = await firm({ users: 3, licences: [{ seats: 1, companyWide: true }] });
    const { number, domain, administrators: [anna], users: [fleur, joris], licences: [bridges] } = office;
    await give(office, bridges, joris);
    await askFor(office, fleur, bridges);
    await openLicence(page, office, bridges);
    const effect = '3 people get access, one open request is granted. Whoever joins later has access at once.';
    await expect(main(page)).toContainText(`If you switch on Company-wide licence: ${effect}`);
    await companyWide(page).check();
    if (script) await expect(main(page)).toContainText(`When you save: ${effect}`);
    await save(page);
    await expect(said(page, 'The settings have been saved.')).toBeVisible();
    await expect(companyWide(page)).toBeChecked();
    await expect(main(page), 'L6: company-wide access takes no seat').toContainText('1 of 1 seats');
    await expect(main(page)).toContainText('everybody in the company has access');
    await expect(main(page).getByRole('link', { name: 'Give access' })).toHaveCount(0);
    await mail.waitFor({ to: fleur.username, subject: new RegExp(`^You have access to ${bridges.name}$`) });
    await go(page, requestsPath(number));
    await expect(concluded(page)).toContainText('Granted: the licence became company-wide');

    const own = await visit();
    await enter(own, fleur.username, `/company/${number}`);
    await expect(ownLicences(own)).toContainText('Company-wide');
    const later = newPerson(domain);
    await enter(page, anna.username);
    await addUser(page, later, number);
    const newcomer = await visit();
    await complete(newcomer, (await mail.waitFor({ to: later.username })).link);
    await expect(ownLicences(newcomer), 'whoever comes later has it too').toContainText(bridges.name);
    await searchUsers(page, later.username, number);
    await expect(row(page, later.username)).toContainText('Registered');
  });

  test('L3, L6: company-wide off with people inside: they keep it, and nobody new gets in until there is room', { tag: '@both' }, async ({
    page, visit, firm, problems,
  }) => {
    problems.allow(REFUSAL);
    const office = await firm({ users: 3, licences: [{ seats: 2, companyWide: true }] });
    const { number, administrators: [anna], users: [fleur, joris, sanne], licences: [bridges] } = office;
    await give(office, bridges, joris);
    await set(office, bridges, { companyWide: true });
    await openLicence(page, office, bridges);
    const effect = '3 people keep access as their own. 4 of 2 seats are then used: nobody new gets in until there is room.';
    await expect(main(page)).toContainText(`If you switch off Company-wide licence: ${effect}`);
    await companyWide(page).uncheck();
    await save(page);
    await expect(said(page, 'The settings have been saved.')).toBeVisible();
    await expect(main(page)).toContainText('4 of 2 seats');
    await expect(main(page)).toContainText('4 of 2 seats are in use, so none is free.');
    await expect(inside(page)).toHaveCount(4);
    await expect(inside(page).filter({ hasText: joris.name }), 'earlier individual access stays as it was').toContainText('Given');
    await expect(inside(page).filter({ hasText: fleur.name })).toContainText('Company-wide');
    const own = await visit();
    await enter(own, sanne.username, `/company/${number}`);
    await expect(ownLicences(own)).toContainText(bridges.name);

    const person = newPerson(office.domain);
    await enter(page, anna.username);
    await addUser(page, person, number);
    const refused = await anna.sender.try('give_access', {
      company: String(number), licence: bridges.licence, 'ids[]': await accountId(office, person),
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('NoSeat');
  });

  test('L4: what is not shown in selection nobody can ask for, by hand either', async ({ page, visit, firm }) => {
    const office = await firm();
    const { number, users: [fleur], licences: [bridges] } = office;
    await openLicence(page, office, bridges);
    await expect(main(page)).toContainText('If you switch off Show in licence selection: Nobody can request it any more.');
    await shown(page).uncheck();
    await save(page);
    await expect(said(page, 'The settings have been saved.')).toBeVisible();
    await expect(shown(page)).not.toBeChecked();
    const own = await visit();
    await enter(own, fleur.username, requestsPath(number));
    await expect(offer(own, bridges.name)).toHaveCount(0);
    await expect(main(own)).toContainText('Your company offers no licences to request at the moment.');
    const asked = await fleur.sender.try('ask_licence', { company: String(number), licence: bridges.licence });
    expect([asked.status, asked.text.includes('NotOnOffer')]).toEqual([422, true]);
    await set(office, bridges, { shown: true });
    await go(own, requestsPath(number));
    await expect(offer(own, bridges.name).getByRole('button', { name: 'Request access' })).toBeVisible();
  });

  test('L5: an external licence is never offered; it is given to who has a country, and staff report it', async ({ page, visit, firm, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm({ users: 1, licences: [] });
    const { number, name, staff, administrators: [anna], users: [fleur] } = office;
    const supplierName = `Deltares Uitgeverij ${name}`;
    await staff.send('create_supplier', { supplier_name: supplierName, email: 'reports@deltares.example' });
    const desk = await visit();
    await enter(desk, STAFF, '/provider/products/new');
    const supplier = (await field(desk, 'supplier').locator('option').filter({ hasText: name }).getAttribute('value'))!;
    const marine = await grant(office, await addProduct(staff, supplier), { external: true, seats: 5 });

    const own = await visit();
    await enter(own, fleur.username, requestsPath(number));
    await expect(offer(own, marine.name)).toHaveCount(0);
    const asked = await fleur.sender.try('ask_licence', { company: String(number), licence: marine.licence });
    expect([asked.status, asked.text.includes('NotOnOffer')]).toEqual([422, true]);

    await openLicence(page, office, marine);
    await expect(main(page)).toContainText('The product\'s supplier must know who uses it.');
    await expect(shown(page)).toBeDisabled();
    await expect(companyWide(page)).toBeDisabled();
    // Staff appointed Anna without asking for her country.
    await giveTo(page, anna, fleur);
    await expect(summary(page)).toContainText('Done for 1. It could not be done for 1:');
    await expect(summary(page)).toContainText(`${anna.name} (${anna.username}): The product's supplier must know this person's country`);
    await go(page, licencesPath(number, marine.licence));
    await expect(inside(page)).toHaveCount(1);
    await expect(inside(page)).toContainText(fleur.name);

    await go(desk, '/provider/suppliers');
    const line = rowsOf(desk, 'Suppliers').filter({ hasText: supplierName });
    await line.getByRole('link', { name: '1', exact: true }).click();
    await at(desk, '/provider/suppliers/report');
    const reported = rowsOf(desk, 'People to report');
    await expect(reported).toHaveCount(1);
    for (const text of [fleur.name, fleur.username, 'Netherlands', name, marine.name, supplierName]) await expect(reported).toContainText(text);
    const file = await desk.request.get((await main(desk).getByRole('link', { name: 'Download CSV' }).getAttribute('href'))!);
    expect(file.headers()['content-type']).toContain('text/csv');
    expect(file.headers()['content-disposition']).toMatch(/people-to-report-\d{4}-\d\d-\d\d\.csv/);
    const lines = (await file.text()).trim().split('\r\n');
    expect(lines[0]).toContain('Supplier,Product,Customer number,Company,Name,Username,Country,Since');
    expect(lines).toHaveLength(2);
    for (const text of [fleur.username, String(number), 'Netherlands']) expect(lines[1]).toContain(text);
  });

  test('L5: a general account is no person whom a supplier could know', async ({ page, firm }) => {
    const office = await firm({ users: 0, licences: [{ external: true }, { seats: 1 }] });
    const { number, staff, name, administrators: [anna], licences: [marine, bridges] } = office;
    const username = `kade-${number}`;
    await staff.send('create_general_account', { number: String(number), username });
    const form = { company: String(number), 'ids[]': await accountId(office, { username, name }) };
    const refused = await anna.sender.try('give_access', { ...form, licence: marine.licence });
    expect([refused.status, refused.text.includes('NotForGeneralAccount')]).toEqual([422, true]);
    await anna.sender.send('give_access', { ...form, licence: bridges.licence });
    await openLicence(page, office, bridges);
    await expect(main(page), 'L6: it takes a seat').toContainText('1 of 1 seats');
  });

  test('L6: where all seats are taken, accepting and giving say so with the figures', { tag: '@both' }, async ({
    page, visit, firm, problems,
  }) => {
    problems.allow(REFUSAL);
    const office = await firm({ users: 3, licences: [{ seats: 1 }] });
    const { number, administrators: [anna], users: [fleur, joris, sanne], licences: [bridges] } = office;
    await give(office, bridges, fleur);
    const own = await visit();
    await enter(own, joris.username, requestsPath(number));
    await expect(offer(own, bridges.name)).toContainText('All seats are taken.');
    const id = await askFor(office, joris, bridges);
    await enter(page, anna.username, requestsPath(number));
    const full = '1 of 1 seats are in use, so none is free. Remove somebody\'s access first, or ask the provider for more seats.';
    await expect(openRequests(page)).toContainText(full);
    await expect(openRequests(page).getByRole('button', { name: 'Accept' })).toHaveCount(0);
    const refused = await anna.sender.try('decide_requests', decision(number, 'accept', id));
    expect([refused.status, refused.text.includes('NoSeat')]).toEqual([422, true]);
    await go(page, licencesPath(number, bridges.licence));
    await expect(main(page)).toContainText(full);
    await giveTo(page, sanne);
    await expect(summary(page)).toContainText(full);
    await go(page, licencesPath(number, bridges.licence));
    await expect(inside(page)).toHaveCount(1);

    const removal = { company: String(number), licence: bridges.licence, 'ids[]': await accountId(office, fleur) };
    await anna.sender.send('remove_access', removal);
    await go(page, requestsPath(number));
    await accept(openRequests(page));
    await expect(said(page, 'The request has been accepted.')).toBeVisible();
  });

  test('L6: an expired licence gives no access, and says so everywhere', async ({ page, visit, firm }) => {
    const office = await firm({ users: 2, licences: [{}] });
    const { number, staff, administrators: [anna], users: [fleur, joris], licences: [bridges] } = office;
    await give(office, bridges, fleur);
    const id = await askFor(office, joris, bridges);
    const terms = { number: String(number), id: bridges.licence, product: bridges.id, valid_from: '2020-01-01', valid_until: '2020-12-31' };
    await staff.send('save_granted', terms);
    await enter(page, anna.username, licencesPath(number));
    await expect(listed(page, bridges)).toContainText('Expired');
    await go(page, licencesPath(number, bridges.licence));
    await expect(main(page)).toContainText('This licence has expired, so it gives no access any more.');
    await expect(main(page).getByRole('link', { name: 'Give access' })).toHaveCount(0);
    await go(page, requestsPath(number));
    await expect(openRequests(page)).toContainText('This licence has expired');
    expect((await anna.sender.try('decide_requests', decision(number, 'accept', id))).text).toContain('LicenceExpired');
    await searchUsers(page, fleur.username, number);
    await expect(row(page, fleur.username)).toContainText('No active licence');

    const own = await visit();
    await enter(own, fleur.username, `/company/${number}`);
    await expect(ownLicences(own)).toContainText('Expired');
    await go(own, documentsPath(number, await documentId(office, fleur, bridges.document)));
    await expect(main(own).getByRole('button', { name: 'Open', exact: true })).toHaveCount(0);
    await enter(own, joris.username, requestsPath(number));
    await expect(offer(own, bridges.name)).toHaveCount(0);
  });

  test('the licences are the company\'s administrators\' only', async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const [office, other] = [await firm(), await firm()];
    const { number, users: [fleur], licences: [bridges] } = office;
    const paths = [licencesPath(number), licencesPath(number, bridges.licence), `${licencesPath(number, bridges.licence)}/give`];
    await enter(page, fleur.username, `/company/${number}`);
    await expect(page.getByRole('link', { name: 'My company' })).toHaveCount(0);
    for (const path of paths) expect((await go(page, path))?.status(), path).toBe(403);
    const [stranger] = other.administrators;
    await enter(page, stranger.username, `/company/${other.number}`);
    for (const path of [...paths, licencesPath(other.number, bridges.licence), licencesPath(other.number, 'abc')]) {
      expect((await go(page, path))?.status(), path).toBe(404);
      await expect(page.locator('body')).not.toContainText(bridges.name);
    }
    const deeds: [string, Record<string, string>][] = [
      ['save_licence_settings', { id: bridges.licence }],
      ['give_access', { licence: bridges.licence, 'ids[]': await accountId(other, stranger) }],
      ['remove_access', { licence: bridges.licence, 'ids[]': await accountId(office, fleur) }],
    ];
    for (const [deed, form] of deeds) {
      expect((await fleur.sender.try(deed, { ...form, company: String(number) })).status, deed).toBe(403);
      expect((await stranger.sender.try(deed, { ...form, company: String(number) })).status, deed).toBe(404);
      expect([404, 422], deed).toContain((await stranger.sender.try(deed, { ...form, company: String(other.number) })).status);
    }
    for (const deed of ['grant_licence', 'save_granted', 'create_product', 'create_supplier', 'conclude_standard']) {
      const form = { number: String(number), id: bridges.licence, confirmed: 'yes', product: bridges.id };
      expect((await office.administrators[0].sender.try(deed, form)).status, deed).toBe(404);
    }
  });
});

test('L6: two last-seat decisions at the same instant: one wins, and the other is told', { tag: '@both' }, async ({ firm }) => {
  const office = await firm({ administrators: 2, users: 8, licences: [{ seats: 1 }, { seats: 1 }, { seats: 1 }, { seats: 1 }] });
  const { number, administrators: [anna, bram], users, licences } = office;
  for (const [nth, licence] of licences.entries()) {
    const [one, two] = [await askFor(office, users[2 * nth], licence), await askFor(office, users[2 * nth + 1], licence)];
    const answers = await Promise.all([
      anna.sender.try('decide_requests', decision(number, 'accept', one)),
      bram.sender.try('decide_requests', decision(number, 'accept', two)),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(answers.find(({ status }) => status === 422)!.text).toContain('NoSeat');
  }
});

test('an open page of a licence, and the list, follow what others do; what is ticked and not saved stays', async ({ page, visit, firm }) => {
  const office = await firm({ users: 2, licences: [{ seats: 2, companyWide: true }] });
  const { number, administrators: [anna], users: [fleur, joris], licences: [bridges] } = office;
  const list = await visit();
  await openLicence(page, office, bridges);
  await enter(list, anna.username, licencesPath(number));
  for (const open of [page, list]) await leaveMark(open);
  await companyWide(page).check();
  const soon = { timeout: 5_000 };
  const id = await askFor(office, fleur, bridges);
  await expect(listed(list, bridges)).toContainText('1 open', soon);
  await expect(main(page)).toContainText('one open request is granted', soon);
  await decide(office, anna, 'accept', id);
  await expect(inside(page)).toContainText(fleur.name, soon);
  await expect(listed(list, bridges)).toContainText('1 of 2 seats', soon);
  await give(office, bridges, joris);
  await expect(main(page)).toContainText('2 of 2 seats', soon);
  await expect(companyWide(page)).toBeChecked();
  for (const open of [page, list]) await expectNotReloaded(open);
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('the licences, one of them, giving and taking away', async ({ page, firm }) => {
      const english = new RegExp(
        '^(Licences|Licence|Seats|Valid from|Valid until|Company-wide.*|Settings|Show in licence selection|Save|Give access.*|Remove access.*|'
        + 'Who has.*|Search|Search people|Username|How|Since|Add licence|Terms)$',
      );
      const allDutch = async () => {
        await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
        for (const role of ['button', 'link', 'heading', 'columnheader', 'checkbox', 'searchbox'] as const) {
          await expect(page.getByRole(role, { name: english })).toHaveCount(0);
        }
      };
      const office = await firm({ licences: [{ seats: 3, companyWide: true }] });
      const { number, administrators: [anna], users: [fleur], licences: [bridges] } = office;
      await enter(page, anna.username, licencesPath(number));
      await allDutch();
      await go(page, licencesPath(number, bridges.licence));
      await allDutch();
      await expect(main(page)).toContainText('0 van 3 plaatsen');
      await main(page).getByRole('link', { name: 'Toegang geven', exact: true }).click();
      await at(page, /\/give$/);
      await allDutch();
      await rowsOf(page, 'Wie geen toegang heeft').filter({ hasText: fleur.name }).getByRole('checkbox').check();
      await page.getByRole('button', { name: /toegang geven$/i }).click();
      await expect(said(page, 'Eén persoon heeft nu toegang.')).toBeVisible();
      await allDutch();
      await enter(page, STAFF, `${deskPath(number)}/licences/new`);
      await allDutch();
      await go(page, `${deskPath(number)}/licences/${bridges.licence}`);
      await allDutch();
    });
  });
});

/** Licences in every setting. */
async function several(firm: Fixtures['firm']): Promise<Firm> {
  const office = await firm({
    users: 3,
    licences: [
      { seats: 2, companyWide: true }, { companyWide: true }, { external: true, seats: 5 }, { seats: 1, until: '2020-12-31' }, { from: '2190-01-01' },
    ],
  });
  const { users: [fleur, joris, sanne], licences: [bridges, forAll] } = office;
  await give(office, bridges, fleur, joris);
  await set(office, forAll, { companyWide: true });
  await askFor(office, sanne, bridges);
  return office;
}

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: licences, ${language}`, async ({ page, firm, context, baseURL }) => {
      test.slow();
      const office = await several(firm);
      const { number, administrators: [anna], licences: [bridges, forAll, marine, expired, later] } = office;
      await context.addCookies([{ name: 'language', value: language, url: baseURL }]);
      const places: [string, string, string][] = [
        ['Licences', anna.username, licencesPath(number)],
        ['a licence', anna.username, licencesPath(number, bridges.licence)],
        ['a company-wide licence', anna.username, licencesPath(number, forAll.licence)],
        ['an external licence', anna.username, licencesPath(number, marine.licence)],
        ['an expired licence', anna.username, licencesPath(number, expired.licence)],
        ['a licence to come', anna.username, licencesPath(number, later.licence)],
        ['Give access', anna.username, `${licencesPath(number, bridges.licence)}/give`],
        ['Add licence', STAFF, `${deskPath(number)}/licences/new`],
        ['the terms of a licence', STAFF, `${deskPath(number)}/licences/${bridges.licence}`],
        ['a company with licences', STAFF, deskPath(number)],
      ];
      for (const [name, who, path] of places) {
        await test.step(name, async () => {
          await enter(page, who, path);
          await expect(page.locator('html')).toHaveAttribute('lang', language);
          await axe(page);
          for (const width of [320, 360, 768, 1440, 1920]) {
            await page.setViewportSize({ width, height: 800 });
            await expectNoSidewaysScroll(page);
            await photograph(page, `${name} ${language} ${width}`);
          }
        });
      }
    });
  }

  test('axe finds nothing: a setting that is not saved, whom access is taken from, a full licence, refused terms', async ({
    page, firm, problems,
  }) => {
    test.slow();
    problems.allow(REFUSAL);
    const office = await several(firm);
    const { number, licences: [bridges], users: [fleur, , sanne] } = office;
    await openLicence(page, office, bridges);
    await companyWide(page).check();
    await axe(page);
    await inside(page).filter({ hasText: fleur.name }).getByRole('checkbox').check();
    await axe(page);
    await bar(page).getByRole('button', { name: 'Remove access', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await axe(page);
    await page.keyboard.press('Escape');
    await giveTo(page, sanne);
    await expect(summary(page)).toBeVisible();
    await axe(page);
    await enter(page, STAFF, `${deskPath(number)}/licences/new`);
    await field(page, 'valid_from').fill('');
    await submit(page, 'seats');
    await expectRefused(page, 'valid_from');
    await axe(page);
  });
});

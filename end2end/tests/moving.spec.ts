// My profile › Change company: going to another department by oneself, leaving, and handing over first.
import type { Page } from '@playwright/test';
import { accountId, addProduct, askFor, give, grant, set, type Firm, type Licence, type Member } from '../support/firm.ts';
import { tabTo } from '../support/keyboard.ts';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import type { Mailbox } from '../support/mail.ts';
import { BRUGGENBOUW, NEW_PASSWORD, STAFF, mark, newPerson, type Person } from '../support/people.ts';
import { expectChoiceRefused, expectRefused, summary } from '../support/refusals.ts';
import { Sender, addByHand } from '../support/sender.ts';
import {
  allowSelfRegistration, at, concluded, enter, expectNotReloaded, field, go, heading, leaveMark, ownLicences, requestsPath, row, said,
  searchUsers, signIn, submit, userRows, usersPath,
} from '../support/steps.ts';
import { Stream } from '../support/stream.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const PATH = '/profile/company';
const ASKED = /administrator of/;
const soon = { timeout: 5_000 };

const main = (page: Page) => page.getByRole('main');
const press = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true }).click();
const home = ({ number }: Firm) => `/company/${number}`;
const companies = (page: Page) => page.getByRole('radiogroup', { name: 'Company' });
const choice = (page: Page, { name }: Firm) => companies(page).getByRole('radio', { name });
const ends = (page: Page) => main(page).getByRole('region', { name: /^What ends at / });
const change = (page: Page) => main(page).getByRole('button', { name: 'Change company', exact: true });
const leave = (page: Page) => main(page).getByRole('button', { name: 'Leave company', exact: true });
const handing = (page: Page) => main(page).getByRole('region', { name: 'Hand over' });

/** Another company with the domain of this one, which lets people in by themselves. */
async function department({ staff, domain }: Firm, { open = true, locale }: { open?: boolean; locale?: string } = {}): Promise<Firm> {
  const name = `Kade & Dochter ${mark()}`;
  const form = { company_name: name, kvk: '24351714', country: 'NL', domains: domain, ...(open && { self_registration: 'on' }) };
  const number = Number((await staff.send('create_company', form)).match(/\/companies\/(\d+)/)![1]);
  const first = newPerson(domain);
  await staff.send('appoint_administrator', { number: String(number), name: first.name, email: first.username });
  const { link } = await staff.server.mail.waitFor({ to: first.username });
  const sender = await Sender.complete(staff.server, first.username, link, locale);
  return { name, domain, number, staff, administrators: [{ ...first, sender }], users: [], licences: [] };
}

/** What everybody there may use at once. */
async function forEverybody(firm: Firm): Promise<Licence> {
  const licence = await grant(firm, await addProduct(firm.staff), { companyWide: true });
  await set(firm, licence, { companyWide: true });
  return licence;
}

/** Somebody of another company joins this one, too. */
async function joinToo({ administrators: [{ sender }], number }: Firm, member: Member) {
  await addByHand(sender, member, number);
  const { link } = await sender.server.mail.waitFor({ to: member.username, subject: /^Invitation to join/ });
  await member.sender.send('confirm', { token: tokenOf(link) });
}

const tokenOf = (link: string) => new URL(link).pathname.split('/').pop()!;

const move = ({ sender }: Member, from: Firm, to: Firm) =>
  sender.try('change_company', { from: String(from.number), company: String(to.number) });

/** How many letters to somebody name this person in their subject. */
const lettersAbout = async (mail: Mailbox, { username }: Person, { name }: Person) =>
  (await mail.all(username)).filter(({ subject }) => subject.includes(name)).length;

/** The last administrator asks somebody to take their place. */
async function handOver(page: Page, { name, username }: Person) {
  await handing(page).getByRole('combobox', { name: 'Successor' }).selectOption({ label: `${name} (${username})` });
  await press(page, 'Hand over');
  await expect(handing(page)).toContainText(`Waiting for ${name} (${username}) to confirm, until `);
  await expect(said(page, `${name} gets a mail.`)).toBeVisible();
}

withAndWithoutScript((script) => {
  /** What a page that follows shows by itself, another shows when it is loaded again. */
  const look = async (page: Page) => {
    if (!script) await page.reload();
  };

  test('P4: what ends and what comes stand there by name; one confirmation moves, and both companies hear of it', { tag: '@both' }, async ({
    page, visit, firm, mail,
  }) => {
    const office = await firm({ licences: [{}, {}] });
    const there = await department(office);
    const [old, fresh] = [await forEverybody(office), await forEverybody(there)];
    const { administrators: [anna], users: [fleur], licences: [bridges, locks] } = office;
    const { administrators: [dirk] } = there;
    await give(office, bridges, fleur);
    await askFor(office, fleur, locks, 'For the tender.');
    await mail.waitFor({ to: anna.username, subject: new RegExp(fleur.name) });
    const before = await lettersAbout(mail, anna, fleur);

    await enter(page, fleur.username, '/profile');
    await page.getByRole('navigation', { name: 'My profile' }).getByRole('link', { name: 'Change company' }).click();
    await at(page, PATH);
    await expect(heading(page)).toHaveText('Change company');
    await expect(main(page)).toContainText(`You belong to ${office.name}.`);
    await expect(ends(page)).toContainText('This ends: 2 licences, 1 open request.');
    for (const lost of ['User', bridges.name, old.name, locks.name]) await expect(ends(page)).toContainText(lost);
    await expect(choice(page, there)).toBeChecked();
    await expect(choice(page, there)).toHaveAccessibleDescription(`Gives access to: ${fresh.name}`);
    await expect(main(page)).toContainText('You become a user there');

    await change(page).click();
    await at(page, home(there));
    await expect(said(page, `Welcome to ${there.name}`)).toBeVisible();
    await expect(main(page)).toContainText(`You are a user of ${there.name}.`);
    await expect(ownLicences(page)).toHaveCount(1);
    await expect(ownLicences(page)).toContainText(fresh.name);
    await expect.poll(() => lettersAbout(mail, anna, fleur)).toBeGreaterThan(before);
    await expect.poll(() => lettersAbout(mail, dirk, fleur)).toBe(1);

    const inside = await visit();
    await enter(inside, anna.username, requestsPath(office.number));
    await expect(concluded(inside).filter({ hasText: fleur.name }), 'R7').toContainText('Withdrawn by the system');
    await searchUsers(inside, fleur.username, office.number);
    await expect(userRows(inside)).toHaveCount(0);
    await enter(inside, dirk.username);
    await searchUsers(inside, fleur.username, there.number);
    await expect(row(inside, fleur.username)).toContainText('User');
  });

  test('A7: an open page, another browser and a kept address show nothing of the old company', { tag: '@both' }, async ({
    page, visit, firm, problems,
  }) => {
    problems.allow(REFUSAL);
    const office = await firm({ administrators: 2 });
    const there = await department(office);
    const { administrators: [anna, bram], users: [fleur] } = office;
    const { administrators: [dirk] } = there;
    const company = String(office.number);
    const id = await accountId(office, fleur);
    await enter(page, bram.username, PATH);
    const tab = await page.context().newPage();
    await go(tab, usersPath(office.number));
    await expect(row(tab, anna.username)).toBeVisible();
    const elsewhere = await visit();
    await signIn(elsewhere, bram.username, NEW_PASSWORD);
    await go(elsewhere, usersPath(office.number));
    // The session of this page, which goes on.
    const stream = await Stream.of(bram.sender.server, bram.sender.cookie);

    await expect(ends(page)).toContainText('Administrator');
    await change(page).click();
    await at(page, home(there));
    await expect(main(page)).toContainText(`You are a user of ${there.name}.`);
    await look(tab);
    await expect(heading(tab)).toHaveText('Page not found');
    await expect(main(tab)).not.toContainText(anna.username);
    await look(elsewhere);
    await at(elsewhere, '/login');

    await expect.poll(() => stream.text).toContain('yours');
    const from = stream.text.length;
    await addByHand(anna.sender, newPerson(office.domain), office.number);
    const contact = { contact_name: dirk.name, contact_email: '', contact_phone: '' };
    await dirk.sender.send('save_contact', { company: String(there.number), ...contact });
    await expect.poll(() => stream.text.slice(from)).toContain(String(there.number));
    expect(stream.text.slice(from)).not.toContain(company);
    stream.close();

    const pages = [
      '', '/general', '/users', `/users/${id}`, '/users.csv', '/licences', '/requests/licences', '/documents', '/history', '/history.csv',
    ];
    for (const path of pages) {
      const { status, text } = await bram.sender.get(`/company/${company}${path}`);
      expect(status, path).toBe(404);
      for (const known of [anna, fleur]) expect(text, path).not.toContain(known.username);
    }
    const deeds = [
      'read_home', 'read_general', 'list_users', 'read_user', 'list_licences', 'list_requests', 'list_history', 'search_documents',
      'remove_user', 'resend_registration', 'unlock_user',
    ];
    for (const deed of deeds) {
      expect((await bram.sender.try(deed, { company, id })).status, deed).toBe(404);
    }
    expect((await bram.sender.get(home(there))).status).toBe(200);
  });

  test('P4: whoever belongs to several companies leaves the one they choose', async ({ page, firm }) => {
    const office = await firm();
    const [second, third] = [await department(office), await department(office)];
    const { users: [fleur], licences: [bridges] } = office;
    await give(office, bridges, fleur);
    await joinToo(second, fleur);
    await enter(page, fleur.username, PATH);
    const which = page.getByRole('navigation', { name: 'Company to leave' }).getByRole('link');
    await expect(which).toHaveCount(2);
    await expect(which.first()).toHaveAttribute('aria-current', 'page');
    await which.filter({ hasText: office.name }).click();
    await expect(ends(page)).toContainText(bridges.name);
    await which.filter({ hasText: second.name }).click();
    await expect(page).toHaveURL((url) => url.searchParams.get('from') === String(second.number));
    await expect(ends(page)).toHaveAccessibleName(`What ends at ${second.name}`);
    await expect(ends(page)).not.toContainText(bridges.name);
    await expect(companies(page).getByRole('radio')).toHaveCount(1);
    await choice(page, third).check();
    await change(page).click();
    await at(page, home(third));
    expect((await fleur.sender.get(home(second))).status).toBe(404);
    await go(page, home(office));
    await expect(ownLicences(page), 'the other company stays as it was').toContainText(bridges.name);
    await go(page, `${PATH}?from=${second.number}`);
    await expect(main(page)).not.toContainText(`What ends at ${second.name}`);
  });

  test('U6: the last administrator hands over, the successor confirms, and the page goes on', { tag: '@both' }, async ({
    page, visit, firm, mail, problems,
  }) => {
    problems.allow(REFUSAL);
    const office = await firm({ users: 2 });
    const there = await department(office);
    const { administrators: [anna], users: [fleur, joris] } = office;
    await enter(page, anna.username, PATH);
    await expect(main(page)).toContainText('Make somebody else administrator first.');
    await expect(handing(page)).toContainText(`Then you can go to: ${there.name}.`);
    for (const way of [change(page), leave(page)]) await expect(way).toHaveCount(0);
    expect((await move(anna, office, there)).status).toBe(422);
    expect((await anna.sender.try('leave_company', { company: String(office.number) })).status).toBe(422);
    await expect(handing(page).getByRole('option')).toHaveCount(3);
    await press(page, 'Hand over');
    await expectRefused(page, 'successor');

    await handOver(page, joris);
    const first = await mail.waitFor({ to: joris.username, subject: ASKED });
    await handOver(page, fleur);
    await expect(main(page)).not.toContainText(`Waiting for ${joris.name}`);
    const own = await visit();
    await enter(own, joris.username, new URL(first.link).pathname);
    await expect(heading(own)).toHaveText('This link has been withdrawn');

    const { link } = await mail.waitFor({ to: fleur.username, subject: ASKED });
    const { pathname } = new URL(link);
    await go(own, pathname);
    await expect(main(own), 'A6').toContainText(`This link asks ${fleur.username}, and you are signed in as ${joris.name}.`);
    const successor = await visit();
    await go(successor, pathname);
    await expect(heading(successor)).toHaveText('Become administrator');
    await expect(main(successor).getByRole('button')).toHaveCount(0);
    await enter(successor, fleur.username, pathname);
    await expect(heading(successor)).toHaveText('Become administrator');
    await expect(main(successor)).toContainText(`${anna.name} asks you to be an administrator of ${office.name}`);
    if (script) await leaveMark(page);
    await press(successor, 'Confirm');
    await at(successor, home(office));
    await expect(main(successor)).toContainText(`You are an administrator of ${office.name}.`);

    await look(page);
    await expect(change(page)).toBeVisible(soon);
    await expect(leave(page)).toBeVisible();
    await expect(handing(page)).toHaveCount(0);
    if (script) {
      await expect(said(page, 'There is another administrator now.')).toBeVisible();
      await expectNotReloaded(page);
    }
    await change(page).click();
    await at(page, home(there));
    await expect(main(page)).toContainText(`You are a user of ${there.name}.`);
    await searchUsers(successor, fleur.username, office.number);
    await expect(row(successor, fleur.username)).toContainText('Administrator');
  });

  test('U6: the question is withdrawn, asked again, and refused', async ({ page, visit, firm, mail, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm();
    const { administrators: [anna], users: [fleur] } = office;
    await enter(page, anna.username, PATH);
    await handOver(page, fleur);
    const first = await mail.waitFor({ to: fleur.username, subject: ASKED });
    await press(page, 'Withdraw');
    await expect(said(page, 'The question has been withdrawn.')).toBeVisible();
    if (script) await expect(said(page, 'The question has been withdrawn.'), 'its button is gone').toBeFocused();
    await expect(handing(page)).not.toContainText('Waiting for');
    const own = await visit();
    await enter(own, fleur.username, new URL(first.link).pathname);
    await expect(heading(own)).toHaveText('This link has been withdrawn');

    await handOver(page, fleur);
    const { link } = await mail.waitFor({ to: fleur.username, subject: ASKED, count: 2 });
    await go(own, link);
    await press(own, 'Refuse');
    await expect(heading(own)).toHaveText('Refused');
    await look(page);
    await expect(handing(page)).not.toContainText('Waiting for', soon);
    if (script) await expect(said(page, 'has not become an administrator')).toBeVisible();
    await expect(handing(page).getByRole('combobox', { name: 'Successor' })).toBeVisible();
  });

  test('U6: where nobody could take the place, the page leads to Add user', async ({ page, firm }) => {
    const office = await firm({ users: 0 });
    await enter(page, office.administrators[0].username, PATH);
    await expect(handing(page)).toContainText('nobody can take your place yet');
    await handing(page).getByRole('link', { name: 'Add user' }).click();
    await at(page, `${usersPath(office.number)}/new`);
  });

  test('P4, S6: who leaves belongs to no company, and may join again', async ({ page, firm, mail }) => {
    const office = await firm();
    const { administrators: [anna], users: [fleur], licences: [bridges] } = office;
    await give(office, bridges, fleur);
    await enter(page, fleur.username, PATH);
    await leave(page).click();
    const question = page.getByRole('dialog', { name: `Leave ${office.name}?` });
    await expect(question).toContainText('This ends: 1 licence.');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toBeHidden();
    await leave(page).click();
    await question.getByRole('button', { name: `Leave ${office.name}`, exact: true }).click();
    await at(page, PATH);
    await expect(said(page, 'You have left the company.')).toBeFocused();
    await expect(main(page)).toContainText('Your account belongs to no company at the moment.');
    await expect(page.getByRole('link', { name: 'Home', exact: true })).toHaveCount(0);
    await expect.poll(() => lettersAbout(mail, anna, fleur)).toBe(1);
    expect((await fleur.sender.get(home(office))).status).toBe(404);

    await press(page, 'Join company');
    await at(page, home(office));
    await expect(main(page)).toContainText(`You are a user of ${office.name}.`);
    await expect(ownLicences(page)).toHaveCount(0);
  });

  test('P4: refused: nothing chosen, and a company that closed meanwhile', async ({ page, visit, firm, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm();
    const [there, another] = [await department(office), await department(office)];
    await enter(page, office.users[0].username, PATH);
    await expect(choice(page, there)).toHaveAccessibleDescription('Nothing at once; licences can be asked for there.');
    await change(page).click();
    await expectChoiceRefused(page, companies(page), 'Choose a company');
    await choice(page, there).check();
    const staff = await visit();
    await enter(staff, STAFF);
    for (const { number } of [there, another]) await allowSelfRegistration(staff, number, false);
    await change(page).click();
    await expectRefused(page);
    await expect(summary(page)).toContainText('No company lets people with this address register by themselves.');
    await expect(main(page)).toContainText(`no other company has exactly the domain ${office.domain}`);
    await expect(change(page)).toHaveCount(0);
    await expect(leave(page)).toBeVisible();
  });

  test('P4: whose password administrators may have set proves the address first', async ({ page, firm, mail }) => {
    const office = await firm({ users: 0 });
    const there = await department(office);
    const { administrators: [anna] } = office;
    const person = newPerson(office.domain);
    const form = { company: String(office.number), role: 'user', country: 'NL', mail_to_administrators: 'on', ...person };
    await anna.sender.send('add_user', form);
    const { link } = await mail.waitFor({ to: anna.username, subject: new RegExp(person.name) });
    const sender = await Sender.complete(anna.sender.server, person.username, link);
    await enter(page, person.username, PATH);
    await expect(ends(page)).toContainText('It went to the administrators, and comes to you again.');
    await expect(main(page)).toContainText('Choose a new password with Forgot password first');
    await expect(change(page)).toHaveCount(0);
    expect((await move({ ...person, sender }, office, there)).status).toBe(422);
    await main(page).getByRole('link', { name: 'Forgot password' }).click();
    await at(page, '/forgot-password');
  });
});

test('P4: nobody moves by hand where they may not', async ({ firm }) => {
  const office = await firm();
  const [open, closed, blocks] = [await department(office), await department(office, { open: false }), await department(office)];
  const foreign = await firm({ users: 0 });
  const { users: [fleur] } = office;
  const { administrators: [dirk] } = blocks;
  await joinToo(blocks, fleur);
  const block = { company: String(blocks.number), what: 'block', 'ids[]': await accountId(blocks, fleur) };
  await dirk.sender.send('change_chosen', block);
  // A7: whoever is blocked somewhere is out everywhere, and may come in again where they are not.
  await fleur.sender.send('sign_in', { username: fleur.username, password: NEW_PASSWORD });
  const from = String(office.number);
  for (const company of [office.number, closed.number, blocks.number, foreign.number, BRUGGENBOUW, 99999, 'abc', '']) {
    expect([404, 422], String(company)).toContain((await fleur.sender.try('change_company', { from, company: String(company) })).status);
  }
  for (const other of [closed, foreign, blocks]) {
    expect([403, 404], other.name).toContain((await move(fleur, other, open)).status);
    const company = String(other.number);
    expect([403, 404], other.name).toContain((await fleur.sender.try('leave_company', { company })).status);
    expect([403, 404], other.name).toContain((await fleur.sender.try('withdraw_succession', { company })).status);
  }
  const successor = await accountId(office, fleur);
  expect([403, 404], 'a user hands over nothing').toContain((await fleur.sender.try('hand_over', { company: from, successor })).status);
  const { administrators: [anna] } = office;
  for (const nobody of [await accountId(office, anna), await accountId(foreign, foreign.administrators[0]), 'x', '']) {
    expect((await anna.sender.try('hand_over', { company: from, successor: nobody })).status, nobody).toBe(422);
  }
  expect((await fleur.sender.get(home(office))).status).toBe(200);
  expect((await move(fleur, office, open)).status).toBe(200);
});

test('P4: both lists of users change at once, without a reload', { tag: '@both' }, async ({ page, visit, firm }) => {
  const office = await firm();
  const there = await department(office);
  const { administrators: [anna], users: [fleur] } = office;
  const other = await visit();
  await enter(page, anna.username, usersPath(office.number));
  await enter(other, there.administrators[0].username, usersPath(there.number));
  await expect(row(page, fleur.username)).toBeVisible();
  for (const open of [page, other]) await leaveMark(open);
  expect((await move(fleur, office, there)).status).toBe(200);
  await expect(row(page, fleur.username)).toHaveCount(0, soon);
  await expect(row(other, fleur.username)).toBeVisible(soon);
  for (const open of [page, other]) await expectNotReloaded(open);
});

test('U6: what is being chosen stays while the page follows', async ({ page, firm }) => {
  const office = await firm({ users: 2 });
  const { administrators: [anna], users: [fleur] } = office;
  await enter(page, anna.username, PATH);
  const successor = handing(page).getByRole('combobox', { name: 'Successor' });
  const id = await accountId(office, fleur);
  await successor.selectOption(id);
  // It changes the list of users, and nobody who could succeed.
  await addByHand(anna.sender, newPerson(office.domain), office.number);
  await page.waitForTimeout(1_000);
  await expect(successor).toHaveValue(id);
});

test('P4, U6: all of it by keyboard alone', async ({ page, visit, firm, mail }) => {
  const office = await firm();
  const [there] = [await department(office), await department(office)];
  const { administrators: [anna], users: [fleur] } = office;
  await enter(page, anna.username, PATH);
  await tabTo(page, handing(page).getByRole('combobox', { name: 'Successor' }));
  await page.keyboard.press('ArrowDown');
  await tabTo(page, handing(page).getByRole('button', { name: 'Hand over', exact: true }));
  await page.keyboard.press('Enter');
  await expect(said(page, `${fleur.name} gets a mail.`)).toBeVisible();

  const successor = await visit();
  await enter(successor, fleur.username, new URL((await mail.waitFor({ to: fleur.username, subject: ASKED })).link).pathname);
  await tabTo(successor, main(successor).getByRole('button', { name: 'Confirm', exact: true }));
  await successor.keyboard.press('Enter');
  await at(successor, home(office));

  await expect(change(page)).toBeVisible(soon);
  await tabTo(page, companies(page).getByRole('radio').first());
  await page.keyboard.press('Space');
  await expect(companies(page).getByRole('radio').first()).toBeChecked();
  while (!(await choice(page, there).isChecked())) await page.keyboard.press('ArrowDown');
  await tabTo(page, change(page));
  await page.keyboard.press('Enter');
  await at(page, home(there));

  await go(page, PATH);
  await expect(main(page)).toContainText(`You belong to ${there.name}.`);
  await tabTo(page, leave(page));
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: `Leave ${there.name}?` });
  await tabTo(page, question.getByRole('button', { name: `Leave ${there.name}`, exact: true }));
  await page.keyboard.press('Enter');
  await expect(said(page, 'You have left the company.')).toBeFocused();
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('handing over, changing and leaving', async ({ page, visit, firm, mail, locale, problems }) => {
      problems.allow(REFUSAL);
      const english = /^(Change company|Leave company|Hand over|Withdraw|Confirm|Refuse|What ends.*|Where to|Forgot password|Leave .*)$/;
      const allDutch = async (open: Page) => {
        await expect(open.locator('html')).toHaveAttribute('lang', 'nl');
        for (const role of ['button', 'link', 'heading'] as const) await expect(open.getByRole(role, { name: english })).toHaveCount(0);
      };
      const office = await firm();
      const there = await department(office, { locale });
      const { administrators: [anna], users: [fleur] } = office;
      await enter(page, anna.username, PATH);
      await allDutch(page);
      await expect(main(page)).toContainText('Maak eerst iemand anders beheerder.');
      await page.getByRole('combobox', { name: 'Opvolger' }).selectOption({ label: `${fleur.name} (${fleur.username})` });
      await submit(page, 'successor');
      await expect(main(page)).toContainText(`Wacht tot ${fleur.name} (${fleur.username}) bevestigt, tot `);
      await expect(said(page, `${fleur.name} krijgt een mail.`)).toBeVisible();
      await allDutch(page);

      const { link } = await mail.waitFor({ to: fleur.username, subject: /beheerder/ });
      const successor = await visit();
      await enter(successor, fleur.username, new URL(link).pathname);
      await expect(heading(successor)).toHaveText('Beheerder worden');
      await allDutch(successor);
      await press(successor, 'Bevestigen');
      await at(successor, home(office));

      await go(page, PATH);
      await allDutch(page);
      const choice = page.getByRole('radio', { name: there.name });
      await expect(choice).toHaveAccessibleDescription('Nog niets; u kunt daar licenties aanvragen.');
      await submit(page, 'from');
      await at(page, home(there));
      await go(page, PATH);
      await allDutch(page);
      await press(page, 'Bedrijf verlaten');
      await page.getByRole('dialog').getByRole('button', { name: `${there.name} verlaten`, exact: true }).click();
      await expect(said(page, 'U hebt het bedrijf verlaten.')).toBeVisible();
      await allDutch(page);
    });
  });
});

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: moving, ${language}`, async ({ visit, firm, mail, baseURL, problems }) => {
      test.setTimeout(180_000);
      problems.allow(REFUSAL);
      const look = async (page: Page, name: string, path: string) => {
        await go(page, path);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await axe(page);
        for (const width of [320, 360, 768, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
          await photograph(page, `moving ${name} ${language} ${width}`);
        }
      };
      const reader = async ({ username }: Person) => {
        const page = await visit();
        await page.context().addCookies([{ name: 'language', value: language, url: baseURL }]);
        await enter(page, username);
        return page;
      };
      const office = await firm({ users: 2, licences: [{}, {}] });
      const { administrators: [anna], users: [fleur], licences: [bridges, locks] } = office;
      const [last, own] = [await reader(anna), await reader(fleur)];
      await look(own, 'nowhere', PATH);
      const [there, second] = [await department(office), await department(office)];
      await forEverybody(there);
      await give(office, bridges, fleur);
      await askFor(office, fleur, locks);
      await look(own, 'choosing', PATH);
      await own.locator('[popovertarget="leave-dialog"]').first().click();
      await axe(own);
      await go(own, PATH);
      await submit(own, 'from');
      await expectRefused(own);
      await axe(own);
      await joinToo(second, fleur);
      await look(own, 'several', PATH);

      await look(last, 'handing over', PATH);
      await field(last, 'successor').selectOption({ label: `${fleur.name} (${fleur.username})` });
      await submit(last, 'successor');
      await expect(last).toHaveURL(/notice=asked/);
      await look(last, 'waiting', PATH);
      await look(own, 'asked', new URL((await mail.waitFor({ to: fleur.username, subject: ASKED })).link).pathname);
    });
  }
});

import type { Page } from '@playwright/test';
import {
  addProduct, askFor, askForDocument, decide, documentId, give, importDocuments, newDocument, set, type Document, type Firm, type Member,
} from '../support/firm.ts';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { STAFF } from '../support/people.ts';
import { expectRefused, summary } from '../support/refusals.ts';
import {
  accept, at, concluded, decline, documentsPath, enter, expectNotReloaded, field, go, heading, hydrated, leaveMark, offer, openRequests,
  requestAccess, requestStandard, requestsPath, rowsOf, said, submit,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript, type Fixtures } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const STANDARDS = '/provider/requests';

const main = (page: Page) => page.getByRole('main');
const found = (page: Page) => rowsOf(page, 'Documents');
const searchbox = (page: Page) => page.getByRole('searchbox', { name: 'Search documents' });
const openButton = (page: Page) => main(page).getByRole('button', { name: 'Open', exact: true });
const pathOf = async (firm: Firm, member: Member, document: Document) => documentsPath(firm.number, await documentId(firm, member, document));

const openDocument = async (page: Page, firm: Firm, member: Member, document: Document) =>
  enter(page, member.username, await pathOf(firm, member, document));

/** R8, by an administrator: what is chosen for a request. */
async function choose(page: Page, { number }: Document, what: string, who = '') {
  const request = openRequests(page).filter({ hasText: number }).filter({ hasText: who });
  await request.getByLabel('Choice', { exact: true }).selectOption({ label: what });
  await accept(request);
}

const bar = (page: Page) => page.getByRole('region', { name: 'Selection' });
const oneChoice = (page: Page) => bar(page).getByLabel('Choice', { exact: true });

/** R8: all that are ticked. */
async function acceptTicked(page: Page, what: string) {
  await oneChoice(page).selectOption({ label: what });
  await bar(page).getByRole('button', { name: /^Accept/ }).click();
}

withAndWithoutScript((script) => {
  /** Types, and where there is no JavaScript presses the button. */
  async function search(page: Page, text: string) {
    await searchbox(page).fill(text);
    if (!script) await main(page).getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page).toHaveURL((url) => (url.searchParams.get('search') ?? '') === text.trim());
  }

  test('R8: a document is found by its number and by words of its title', { tag: '@both' }, async ({ page, firm }) => {
    const office = await firm();
    const { users: [fleur], licences: [{ document }] } = office;
    const tag = document.title.split(' ')[2];
    await enter(page, fleur.username);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Documents', exact: true }).click();
    await at(page, documentsPath(office.number));
    await expect(heading(page)).toHaveText('Documents');
    await expect(found(page), 'without words, the first of all').not.toHaveCount(0);
    for (const text of [document.number, `nen-en ${tag}`, `NEN EN ${tag.toUpperCase()}`, tag.slice(0, 9), `design ${tag}`, `BASIS ${tag} des`]) {
      await search(page, text);
      await expect(found(page), text).toHaveCount(1);
      for (const shown of [document.number, document.title, 'English', 'Current']) await expect(found(page)).toContainText(shown);
      await expect(said(page, 'One document found.')).toBeVisible();
    }
    await search(page, `${tag} nonsense`);
    await expect(main(page)).toContainText('No document has this number, or words that begin so.');
    await main(page).getByRole('link', { name: 'Show the first documents' }).click();
    await expect(searchbox(page)).toHaveValue('');
    await expect(found(page)).not.toHaveCount(0);
    await search(page, document.number);
    await expect(found(page)).toHaveCount(1);
    await found(page).getByRole('link', { name: document.number }).click();
    await at(page, /\/documents\/\d+$/);
    await expect(heading(page)).toHaveText(document.number);
    await expect(main(page)).toContainText(document.title);
    for (const text of ['%', '_', '"', '*', '\'; DROP TABLE document;--', 'a OR b', '\\', ':*', '\u0000', 'x'.repeat(5000), '☂ é ß']) {
      const answer = await page.request.get(`${documentsPath(office.number)}?${new URLSearchParams({ search: text })}`);
      expect(answer.status(), text.slice(0, 50)).toBe(200);
    }
    for (const id of ['0', '-1', 'abc', '99999999999999999999', '999999999']) {
      const answer = await page.request.get(documentsPath(office.number, id));
      expect(answer.status(), id).toBe(404);
    }
  });

  test('R8: a document in one\'s licence is opened, and its page says through which and why', async ({ page, firm }) => {
    const office = await firm({ users: 1, licences: [{}, {}, { companyWide: true }] });
    const { administrators: [anna], users: [fleur], licences: [given, requested, forAll] } = office;
    await give(office, given, fleur);
    await decide(office, anna, 'accept', await askFor(office, fleur, requested));
    await set(office, forAll, { companyWide: true });
    const why = [
      [given, `through the licence ${given.name}: an administrator gave you access.`],
      [requested, `through the licence ${requested.name}: your request was accepted.`],
      [forAll, `through the licence ${forAll.name}, which is company-wide.`],
    ] as const;
    for (const [{ document, name }, reason] of why) {
      await openDocument(page, office, fleur, document);
      await expect(main(page)).toContainText(reason);
      await expect(main(page)).toContainText(name);
      await expect(main(page)).not.toContainText('You last opened it');
      await openButton(page).click();
      await at(page, /\/documents\/\d+\/read$/);
      await expect(heading(page)).toHaveText(document.title);
      await expect(main(page)).toContainText(`${document.number} is open to you.`);
      await main(page).getByRole('link', { name: `About ${document.number}` }).click();
      await at(page, /\/documents\/\d+$/);
      await expect(main(page)).toContainText('You last opened it');
    }
  });

  test('R8: one in a licence on offer: access is requested on its page, and then it opens', async ({ page, visit, firm }) => {
    const office = await firm();
    const { number, administrators: [anna], users: [fleur], licences: [bridges] } = office;
    await openDocument(page, office, fleur, bridges.document);
    await expect(openButton(page)).toHaveCount(0);
    await expect(main(page).getByRole('button', { name: 'Request standard' })).toHaveCount(0);
    await expect(main(page)).toContainText('It is in this licence of your company:');
    await requestAccess(page, bridges.name, 'For the tender.');
    await expect(said(page, 'Your request has been sent.')).toBeVisible();
    await expect(offer(page, bridges.name)).toContainText('You have an open request for this already.');
    const inside = await visit();
    await enter(inside, anna.username, requestsPath(number));
    await expect(openRequests(inside)).toContainText('For the tender.');
    await accept(openRequests(inside));
    await expect(said(inside, 'The request has been accepted.')).toBeVisible();
    if (!script) await page.reload();
    await openButton(page).click();
    await at(page, /\/documents\/\d+\/read$/);
  });

  test('R8: one in a hidden licence only: the standard is requested, and an administrator gives the licence', { tag: '@both' }, async ({
    page, visit, firm, mail,
  }) => {
    const office = await firm({ users: 2 });
    const { number, administrators: [anna], users: [fleur, joris], licences: [hidden] } = office;
    const { document } = hidden;
    await set(office, hidden, { shown: false });
    await openDocument(page, office, fleur, document);
    await expect(main(page).getByRole('button', { name: 'Request access' })).toHaveCount(0);
    await expect(main(page)).not.toContainText('You may open it');
    await requestStandard(page, 'We weld the railings ourselves.');
    await expect(said(page, 'Your request has been sent. You get a mail when it is decided.')).toBeVisible();
    await expect(main(page)).toContainText('You have an open request for this already.');
    await main(page).getByRole('link', { name: 'Your requests' }).click();
    await at(page, requestsPath(number, 'documents'));
    await expect(openRequests(page)).toContainText(document.number);
    await expect(openRequests(page).getByRole('button', { name: 'Withdraw' })).toBeVisible();

    const letter = await mail.waitFor({ to: anna.username, subject: new RegExp(`^${fleur.name} asks for ${document.number}`) });
    expect(letter.text).toContain('We weld the railings ourselves.');
    const inside = await visit();
    await enter(inside, anna.username, letter.link);
    await at(inside, requestsPath(number, 'documents'));
    await expect(openRequests(inside)).toContainText(document.title);
    const colleague = await visit();
    await enter(colleague, joris.username, requestsPath(number, 'documents'));
    await expect(openRequests(colleague)).toContainText('We weld the railings ourselves.');
    expect(await colleague.content()).not.toContain(fleur.username);
    await choose(inside, document, `Give ${hidden.name}`);
    await expect(said(inside, 'The request has been accepted. The person has access now.')).toBeVisible();
    await expect(concluded(inside)).toContainText('Accepted');
    await mail.waitFor({ to: fleur.username, subject: new RegExp(`^You have access to ${document.number}`) });
    await openDocument(page, office, fleur, document);
    await expect(main(page)).toContainText(`through the licence ${hidden.name}`);
    await openButton(page).click();
    await at(page, /\/documents\/\d+\/read$/);
  });

  test('R8: in no licence: an administrator chooses the collection, staff confirm, and all who asked get a mail', { tag: '@both' }, async ({
    page, visit, firm, mail,
  }) => {
    const [office, other] = [await firm({ users: 3 }), await firm()];
    const { number, staff, administrators: [anna], users: [fleur, joris, sanne], licences: [bridges] } = office;
    const { document } = await addProduct(staff);
    await askForDocument(office, joris, document);
    await askForDocument(other, other.users[0], document, 'Me too.');
    await enter(page, anna.username, requestsPath(number, 'documents'));
    await decline(openRequests(page), 'Look in the library.');
    await expect(said(page, 'The request has been declined.')).toBeVisible();
    await askForDocument(office, fleur, document, 'The client asks for it.');
    await go(page, requestsPath(number, 'documents'));
    await choose(page, document, `Ask the provider to add it to ${bridges.name}`);
    await expect(said(page, 'The provider has been asked to add the document.')).toBeVisible();
    await go(page, requestsPath(number, 'documents'));
    await expect(openRequests(page)).toContainText('Waits for the provider');
    const own = await visit();
    await enter(own, fleur.username, requestsPath(number, 'documents'));
    await expect(openRequests(own)).toContainText('Waits for the provider');

    const desk = await visit();
    await enter(desk, STAFF);
    await desk.getByRole('navigation', { name: 'Provider' }).getByRole('link', { name: 'Requests' }).click();
    await at(desk, STANDARDS);
    const standard = rowsOf(desk, 'Standards asked for').filter({ hasText: document.number });
    for (const text of [document.title, bridges.name, office.name]) await expect(standard).toContainText(text);
    await standard.getByRole('button', { name: 'Confirm', exact: true }).click();
    await expect(said(desk, 'Confirmed. Everybody who asked for the standard gets a mail.')).toBeVisible();
    await expect(standard).toHaveCount(0);

    for (const asked of [fleur, joris, other.users[0]]) {
      const { text } = await mail.waitFor({ to: asked.username, subject: new RegExp(`^${document.number}.* is available now$`) });
      expect(text).toContain(bridges.name);
    }
    expect((await mail.all(sanne.username)).filter(({ subject }) => /available/.test(subject))).toEqual([]);
    await go(page, requestsPath(number, 'documents'));
    await expect(concluded(page).filter({ hasText: fleur.name })).toContainText('Accepted');
    await openDocument(own, office, fleur, document);
    await expect(main(own)).toContainText(bridges.name);
    await expect(offer(own, bridges.name).getByRole('button', { name: 'Request access' })).toBeVisible();
  });

  test('R8: staff decline a standard with a reason', async ({ page, firm, mail, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm();
    const { number, staff, administrators: [anna], users: [fleur], licences: [bridges] } = office;
    const { document } = await addProduct(staff);
    const id = await askForDocument(office, fleur, document);
    await anna.sender.send('answer_standard', { company: String(number), id, choice: `collection:${bridges.id}` });
    await enter(page, STAFF, STANDARDS);
    const standard = rowsOf(page, 'Standards asked for').filter({ hasText: document.number });
    await decline(standard, 'It belongs to another publisher.');
    await expect(said(page, 'Declined.')).toBeVisible();
    await expect(standard).toHaveCount(0);
    const letter = await mail.waitFor({ to: fleur.username, subject: new RegExp(`^Your request for ${document.number}.* was declined$`) });
    expect(letter.text).toContain('It belongs to another publisher.');
    await openDocument(page, office, fleur, document);
    await expect(main(page)).toContainText('You can ask again in 7 days.');
    await expect(main(page).getByRole('button', { name: 'Request standard' })).toHaveCount(0);
    const undone = await anna.sender.try('undo_decision', { company: String(number), id });
    expect(undone.status, 'what staff decided is not an administrator\'s to undo').toBe(422);
  });

  test('R8: who asked for a document is told when it comes with a file, too', async ({ firm, mail }) => {
    const office = await firm();
    const { staff, users: [fleur], licences: [bridges] } = office;
    const { document } = await addProduct(staff);
    await askForDocument(office, fleur, document);
    await importDocuments(staff, bridges.id, [document]);
    await mail.waitFor({ to: fleur.username, subject: new RegExp(`^${document.number}.* is available now$`) });
  });

  test('L5, R8: one in an external licence: it is given to who has a country, and to nobody else', async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm({ administrators: 2, licences: [{ external: true }] });
    const { number, administrators: [anna, bram], users: [fleur], licences: [marine] } = office;
    for (const member of [anna, fleur]) {
      await openDocument(page, office, member, marine.document);
      await requestStandard(page, `Of ${member.name}`);
      await expect(said(page, 'Your request has been sent.')).toBeVisible();
    }
    await enter(page, bram.username, requestsPath(number, 'documents'));
    // Staff appointed Anna without asking for her country.
    const [hers, his] = [anna, fleur].map(({ name }) => openRequests(page).filter({ hasText: `Of ${name}` }));
    await expect(hers.getByRole('button', { name: 'Accept' })).toHaveCount(0);
    await expect(his.getByLabel('Choice', { exact: true }).locator('option')).toHaveText([`Give ${marine.name}`]);
    await accept(his);
    await expect(said(page, 'The request has been accepted.')).toBeVisible();
  });

  test('R8: administrators set the text on the request form', async ({ page, visit, firm, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm();
    const { number, administrators: [anna], users: [fleur], licences: [hidden] } = office;
    await set(office, hidden, { shown: false });
    await enter(page, anna.username, documentsPath(number));
    const text = page.getByLabel('Text on the request form', { exact: true });
    await text.fill('Because. '.repeat(40));
    await submit(page, 'request_text');
    await expectRefused(page, 'request_text');
    await text.fill('Name your cost centre.\n<script>alert(1)</script>');
    await submit(page, 'request_text');
    await expect(said(page, 'The text on the request form has been saved.')).toBeVisible();
    await go(page, documentsPath(number));
    await expect(text).toHaveValue('Name your cost centre.\n<script>alert(1)</script>');

    const own = await visit();
    await enter(own, fleur.username, documentsPath(number));
    await expect(own.getByLabel('Text on the request form', { exact: true })).toHaveCount(0);
    await openDocument(own, office, fleur, hidden.document);
    await main(own).getByRole('button', { name: 'Request standard', exact: true }).click();
    const form = own.getByRole('dialog');
    for (const line of ['Name your cost centre.', '<script>alert(1)</script>', 'but not who asks.']) await expect(form).toContainText(line);
    expect((await fleur.sender.try('save_request_text', { company: String(number), request_text: 'Mine' })).status).toBe(403);
  });

  test('R8: what is not the next step is refused, by hand too', async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const [office, other] = [await firm(), await firm()];
    const { number, users: [fleur], licences: [bridges] } = office;
    const id = await documentId(office, fleur, bridges.document);
    const company = String(number);
    const standard = await fleur.sender.try('ask_standard', { company, document: id });
    expect([standard.status, standard.text.includes('NotTheNextStep')]).toEqual([422, true]);
    expect((await fleur.sender.try('open_document', { company, id })).status).toBe(403);
    await enter(page, fleur.username, `/company/${number}`);
    expect((await go(page, `${documentsPath(number, id)}/read`))?.status()).toBe(403);
    await expect(main(page)).not.toContainText('is open to you');
    const [stranger] = other.users;
    for (const [deed, form] of [['ask_standard', { document: id }], ['open_document', { id }], ['read_document', { id }]] as const) {
      expect((await stranger.sender.try(deed, { ...form, company })).status, deed).toBe(404);
    }
    await enter(page, stranger.username, `/company/${other.number}`);
    expect((await go(page, documentsPath(number)))?.status()).toBe(404);
    await page.context().clearCookies();
    await go(page, documentsPath(number, id));
    await at(page, '/login');
  });

  test('R8: several are declined at once, with a reason', { tag: '@both' }, async ({ page, firm, mail }) => {
    const office = await firm({ users: 3 });
    const { number, administrators: [anna], users, licences: [hidden] } = office;
    await set(office, hidden, { shown: false });
    for (const user of users) await askForDocument(office, user, hidden.document);
    await enter(page, anna.username, requestsPath(number, 'documents'));
    await choose(page, hidden.document, `Give ${hidden.name}`, users[2].name);
    await expect(said(page, 'The request has been accepted.')).toBeVisible();
    for (const { name } of users.slice(0, 2)) await openRequests(page).filter({ hasText: name }).getByRole('checkbox').check();
    await bar(page).getByRole('button', { name: 'Decline', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Decline the selected requests?' });
    await question.getByLabel('Reason', { exact: true }).fill('Look in the library.');
    await question.getByRole('button', { name: /^Decline/ }).click();
    await expect(said(page, '2 requests have been declined.')).toBeVisible();
    for (const { username } of users.slice(0, 2)) {
      expect((await mail.waitFor({ to: username, subject: /was declined$/ })).text).toContain('Look in the library.');
    }
  });

  test('R8: several are accepted with one choice; those that it does not answer are named and stay ticked', { tag: '@both' }, async ({
    page, firm, mail, problems,
  }) => {
    problems.allow(REFUSAL);
    const office = await firm({ users: 3, licences: [{}, {}] });
    const { number, administrators: [anna], users, licences: [bridges, tunnels] } = office;
    for (const licence of [bridges, tunnels]) await set(office, licence, { shown: false });
    for (const user of users.slice(0, 2)) await askForDocument(office, user, bridges.document);
    const [, , third] = users;
    await askForDocument(office, third, tunnels.document);
    await enter(page, anna.username, requestsPath(number, 'documents'));
    const ofThird = openRequests(page).filter({ hasText: third.name });
    for (const { name } of users) await openRequests(page).filter({ hasText: name }).getByRole('checkbox').check();
    await acceptTicked(page, `Give ${bridges.name}`);
    await expect(summary(page)).toContainText('Done for 2. It could not be done for 1:');
    await expect(summary(page)).toContainText(`${third.name} (${third.username}): What you chose is no answer to this request`);
    for (const { username } of users.slice(0, 2)) await mail.waitFor({ to: username, subject: /^You have access to / });
    await expect(ofThird.getByRole('checkbox')).toBeChecked();

    await acceptTicked(page, `Ask the provider to add it to ${bridges.name}`);
    await expect(said(page, 'The provider has been asked to add the document.')).toBeVisible();
    await expect(ofThird).toContainText('Waits for the provider');
    await expect(ofThird.getByRole('checkbox')).toHaveCount(0);
  });

  test('R4: a request for a document is withdrawn', async ({ page, firm }) => {
    const office = await firm();
    const { number, users: [fleur], licences: [hidden] } = office;
    await set(office, hidden, { shown: false });
    await askForDocument(office, fleur, hidden.document);
    await enter(page, fleur.username, requestsPath(number, 'documents'));
    await openRequests(page).getByRole('button', { name: 'Withdraw', exact: true }).click();
    await expect(said(page, 'The request has been withdrawn.')).toBeVisible();
    await expect(concluded(page)).toContainText('Withdrawn');
    await openDocument(page, office, fleur, hidden.document);
    await expect(main(page).getByRole('button', { name: 'Request standard' })).toBeVisible();
  });
});

test('R8: what is found follows the typing; the field keeps the focus, and Back leads to the page before', async ({ page, firm }) => {
  const office = await firm();
  const { staff, users: [fleur], licences: [{ id }] } = office;
  const many = Array.from({ length: 12 }, newDocument)
    .map((document, nth) => ({ ...document, title: `${document.title} of ${office.domain} ${nth}` }));
  await importDocuments(staff, id, many);
  await enter(page, fleur.username, `/company/${office.number}`);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Documents', exact: true }).click();
  await at(page, documentsPath(office.number));
  await leaveMark(page);
  await searchbox(page).pressSequentially(office.domain.split('.')[0], { delay: 30 });
  await expect(found(page)).toHaveCount(12);
  await expect(said(page, '12 documents found.')).toBeVisible();
  await searchbox(page).pressSequentially(' 11');
  await expect(found(page)).toHaveCount(1);
  await expect(searchbox(page)).toBeFocused();
  await expect(searchbox(page)).toHaveValue(`${office.domain.split('.')[0]} 11`);
  await page.keyboard.press('Enter');
  await expect(found(page)).toHaveCount(1);
  await searchbox(page).fill('');
  await expect(found(page)).not.toHaveCount(1);
  await expect(page).toHaveURL((url) => url.search === '');
  await expectNotReloaded(page);
  await searchbox(page).fill(many[3].number);
  await expect(found(page)).toHaveCount(1);
  await found(page).getByRole('link').click();
  await at(page, /\/documents\/\d+$/);
  await page.goBack();
  await hydrated(page);
  await expect(searchbox(page)).toHaveValue(many[3].number);
  await expect(found(page)).toHaveCount(1);
  await page.goBack();
  await at(page, `/company/${office.number}`);
});

test('R8: an open page follows: access comes, and with it the button; when access ends, so does what is read', async ({
  page, visit, firm, problems,
}) => {
  problems.allow(REFUSAL);
  const office = await firm();
  const { number, administrators: [anna], users: [fleur], licences: [bridges] } = office;
  const soon = { timeout: 5_000 };
  const reading = await visit();
  await openDocument(page, office, fleur, bridges.document);
  await leaveMark(page);
  await expect(offer(page, bridges.name)).toBeVisible();
  const id = await askFor(office, fleur, bridges);
  await expect(offer(page, bridges.name)).toContainText('You have an open request for this already.', soon);
  await decide(office, anna, 'accept', id);
  await expect(openButton(page)).toBeVisible(soon);
  await openDocument(reading, office, fleur, bridges.document);
  await openButton(reading).click();
  await at(reading, /\/read$/);
  await expect(main(reading)).toContainText('is open to you');
  await anna.sender.send('undo_decision', { company: String(number), id });
  await expect(openButton(page)).toHaveCount(0, soon);
  await expect(main(reading)).not.toContainText('is open to you', soon);
  await expectNotReloaded(page);
});

test('R8: those that are ticked on other pages are accepted with the rest', async ({ page, firm }) => {
  test.slow();
  const office = await firm({ users: 3 });
  const { number, staff, administrators: [anna], users, licences: [bridges] } = office;
  const { id } = await addProduct(staff);
  const many = Array.from({ length: 18 }, newDocument);
  await importDocuments(staff, id, many);
  for (const user of users) for (const document of many) await askForDocument(office, user, document);
  await enter(page, anna.username, requestsPath(number, 'documents'));
  await expect(openRequests(page)).toHaveCount(50);
  await openRequests(page).first().getByRole('checkbox').check();
  await main(page).getByRole('link', { name: 'Next', exact: true }).click();
  await expect(openRequests(page)).toHaveCount(4);
  await openRequests(page).last().getByRole('checkbox').check();
  await expect(bar(page)).toContainText('2 selected');
  await expect(oneChoice(page).locator('option')).toHaveText([`Ask the provider to add it to ${bridges.name}`]);
  await bar(page).getByRole('button', { name: 'Accept 2', exact: true }).click();
  await expect(said(page, 'The provider has been asked to add what 2 requests ask for.')).toBeVisible();
  await expect(bar(page)).toBeHidden();
  await expect(openRequests(page).last()).toContainText('Waits for the provider');
  await page.getByRole('checkbox', { name: 'Select all requests on this page' }).check();
  await bar(page).getByRole('button', { name: /^Select all 5/ }).click();
  await bar(page).getByRole('button', { name: /^Accept/ }).click();
  await expect(said(page, 'The provider has been asked to add what 52 requests ask for.')).toBeVisible({ timeout: 30_000 });
});

test('R8: the one choice for several stays what was chosen, whatever others decide', async ({ page, firm }) => {
  const office = await firm({ users: 2, licences: [{}, {}] });
  const { number, administrators: [anna], users: [fleur, joris], licences } = office;
  const [first, second] = [...licences].sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const licence of licences) await set(office, licence, { shown: false });
  const gone = await askForDocument(office, fleur, first.document);
  await askForDocument(office, joris, second.document);
  await enter(page, anna.username, requestsPath(number, 'documents'));
  await openRequests(page).filter({ hasText: joris.name }).getByRole('checkbox').check();
  const options = oneChoice(page).locator('option');
  await expect(options).toHaveCount(4);
  await oneChoice(page).selectOption({ label: `Give ${second.name}` });
  await decide(office, anna, 'decline', gone);
  await expect(options).toHaveText([`Give ${second.name}`, `Ask the provider to add it to ${first.name}`]);
  await expect(oneChoice(page)).toHaveValue(`licence:${second.licence}`);
  await bar(page).getByRole('button', { name: 'Accept 1', exact: true }).click();
  await expect(said(page, 'The request has been accepted.')).toBeVisible();
});

test('R8: a reason that is being typed survives what others do', async ({ page, firm }) => {
  const office = await firm({ users: 2, licences: [{}, {}] });
  const { administrators: [anna], users: [fleur, joris], licences: [bridges, tunnels] } = office;
  await openDocument(page, office, fleur, bridges.document);
  await offer(page, bridges.name).getByRole('button', { name: 'Request access' }).click();
  const reason = page.getByRole('dialog').getByLabel('Reason', { exact: true });
  await reason.fill('Half a rea');
  const heard = page.waitForResponse(/read_document/);
  await decide(office, anna, 'accept', await askFor(office, joris, tunnels));
  await heard;
  await page.waitForTimeout(1_000);
  await expect(reason).toHaveValue('Half a rea');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('from the search to the open document', async ({ page, visit, firm }) => {
      const english = new RegExp(
        '^(Documents|Search.*|Number|Title|Language|Show the first documents|Open|Request access.*|Request standard|Send request|Cancel|Reason.*|'
        + 'Your requests|Text on the request form.*|Save|Request form|Reading|About .*|Choice|Accept|Decline)$',
      );
      const allDutch = async (of: Page) => {
        await expect(of.locator('html')).toHaveAttribute('lang', 'nl');
        for (const role of ['button', 'link', 'heading', 'columnheader', 'textbox', 'combobox', 'searchbox', 'dialog'] as const) {
          await expect(of.getByRole(role, { name: english })).toHaveCount(0);
        }
      };
      const office = await firm();
      const { number, administrators: [anna], users: [fleur], licences: [hidden] } = office;
      await set(office, hidden, { shown: false });
      await enter(page, fleur.username, `${documentsPath(number)}?search=${hidden.document.number}`);
      await expect(said(page, 'Eén document gevonden.')).toBeVisible();
      await allDutch(page);
      await openDocument(page, office, fleur, hidden.document);
      await allDutch(page);
      await main(page).getByRole('button', { name: 'Norm aanvragen', exact: true }).click();
      await allDutch(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Aanvraag versturen' }).click();
      await expect(said(page, 'Uw aanvraag is verstuurd.')).toBeVisible();
      const inside = await visit();
      await enter(inside, anna.username, documentsPath(number));
      await allDutch(inside);
      await go(inside, requestsPath(number, 'documents'));
      await allDutch(inside);
      await rowsOf(inside, 'Open aanvragen').getByRole('button', { name: 'Toekennen', exact: true }).click();
      await expect(said(inside, 'De aanvraag is toegekend.')).toBeVisible();
      await openDocument(page, office, fleur, hidden.document);
      await main(page).getByRole('button', { name: 'Openen', exact: true }).click();
      await at(page, /\/read$/);
      await allDutch(page);
    });
  });
});

/** A document in every state: open, on offer, in a hidden licence, asked for, in no licence. */
async function shelf(firm: Fixtures['firm']) {
  const office = await firm({ licences: [{}, {}, {}, {}] });
  const { staff, users: [fleur], licences: [own, onOffer, hidden, asked] } = office;
  const nowhere = await addProduct(staff);
  await give(office, own, fleur);
  for (const licence of [hidden, asked]) await set(office, licence, { shown: false });
  await askForDocument(office, fleur, asked.document);
  await office.administrators[0].sender.send('save_request_text', { company: String(office.number), request_text: 'Name your cost centre.' });
  return { office, documents: { own, onOffer, hidden, asked, nowhere } };
}

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: documents, ${language}`, async ({ visit, firm, baseURL }) => {
      test.slow();
      const { office, documents } = await shelf(firm);
      const { number, administrators: [anna], users: [fleur] } = office;
      const places: [string, Member, string][] = [
        ['Documents', fleur, documentsPath(number)],
        ['Documents of an administrator', anna, documentsPath(number)],
        ['no document found', fleur, `${documentsPath(number)}?search=nothing+is+called+this`],
        ['a document that is read', fleur, `${await pathOf(office, fleur, documents.own.document)}/read`],
      ];
      for (const [name, { document }] of Object.entries(documents)) {
        places.push([`a document: ${name}`, fleur, await pathOf(office, fleur, document)]);
      }
      for (const [name, who, path] of places) {
        await test.step(name, async () => {
          const page = await visit();
          await page.context().addCookies([{ name: 'language', value: language, url: baseURL }]);
          await enter(page, who.username, path);
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

  test('axe finds nothing, and nothing scrolls sideways: one choice for several', async ({ page, firm }) => {
    const { office } = await shelf(firm);
    await enter(page, office.administrators[0].username, requestsPath(office.number, 'documents'));
    await openRequests(page).first().getByRole('checkbox').check();
    await expect(oneChoice(page)).toBeVisible();
    await axe(page);
    for (const width of [320, 360, 768, 1440, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(page);
      await photograph(page, `one choice for several ${width}`);
    }
  });

  test('axe finds nothing: the question, what was sent, what was refused', async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const { office, documents } = await shelf(firm);
    const { number, administrators: [anna], users: [fleur] } = office;
    await openDocument(page, office, fleur, documents.hidden.document);
    await main(page).getByRole('button', { name: 'Request standard', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await axe(page);
    await page.getByRole('dialog').getByLabel('Reason', { exact: true }).fill('Because. '.repeat(60));
    await page.getByRole('dialog').getByRole('button', { name: 'Send request' }).click();
    await expect(summary(page)).toBeVisible();
    await axe(page);
    await requestStandard(page, 'Because.');
    await expect(said(page, 'Your request has been sent.')).toBeVisible();
    await axe(page);
    await enter(page, anna.username, documentsPath(number));
    await field(page, 'request_text').fill('Because. '.repeat(40));
    await submit(page, 'request_text');
    await expectRefused(page, 'request_text');
    await axe(page);
  });
});

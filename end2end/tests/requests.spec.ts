import type { Locator, Page } from '@playwright/test';
import { accountId, askFor, decide, decision, set, type Firm, type Member } from '../support/firm.ts';
import { NEW_PASSWORD, mark, newPerson } from '../support/people.ts';
import { summary } from '../support/refusals.ts';
import {
  accept, apply, complete, concluded, decline, enter, expectNotReloaded, field, go, hydrated, leaveMark, licencesPath, offer, openCount,
  openRequests, ownLicences, ownRequests, requestAccess, requestsPath, rowsOf, said, signIn,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const REASON = 'I calculate the bridge at Zwijndrecht.\nIt is for <b>part 2</b>, from May on.';
const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

const main = (page: Page) => page.getByRole('main');
const home = (office: Firm) => `/company/${office.number}`;
const bar = (page: Page) => page.getByRole('region', { name: 'Selection' });
const undo = (within: Locator) => within.getByRole('button', { name: 'Undo', exact: true });
const queue = (page: Page, office: Firm, { username }: Member) => enter(page, username, requestsPath(office.number));

/** What nobody else's name and address have in them. */
const tagOf = ({ username }: Member) => username.split('@')[0];

/** The page hears of nothing: what it shows grows old. */
const goDeaf = (page: Page) => page.route('**/live', () => undefined);

test('R1: My profile follows what becomes of a request, and leaves alone what is being typed', { tag: '@once' }, async ({ page, firm }) => {
  const office = await firm();
  const { administrators: [anna], users: [fleur], licences: [bridges] } = office;
  const id = await askFor(office, fleur, bridges);
  await enter(page, fleur.username, '/profile');
  await expect(ownRequests(page)).toContainText(bridges.name);
  await leaveMark(page);
  await field(page, 'phone').fill('+31 10 555 01 99');
  await decide(office, anna, 'accept', id);
  await expect(ownLicences(page)).toContainText(bridges.name);
  await expect(ownRequests(page)).toHaveCount(0);
  await expect(field(page, 'phone')).toHaveValue('+31 10 555 01 99');
  await expectNotReloaded(page);
});

/** The field in the question that is open, with what is wrong beside it. */
const refusedReason = (page: Page) =>
  page.getByRole('dialog').getByRole('textbox', { name: 'Reason', exact: true, description: /Use at most 500 characters/ });

withAndWithoutScript((script) => {
  test('R1, R3: asked with a reason and accepted: the mails, the access, and how it came', { tag: '@both' }, async ({ page, visit, firm, mail }) => {
    const office = await firm();
    const { number, administrators: [anna], users: [fleur], licences: [bridges] } = office;
    await enter(page, fleur.username, home(office));
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Requests', exact: true }).click();
    await expect(page).toHaveURL(requestsPath(number));
    await hydrated(page);
    await requestAccess(page, bridges.name, REASON);
    await expect(said(page, 'Your request has been sent.')).toBeVisible();
    await expect(openRequests(page)).toHaveCount(1);
    await expect(openRequests(page)).toContainText(bridges.name);
    await expect(openRequests(page)).toContainText('Yours');
    await expect(offer(page, bridges.name)).toContainText('You have an open request for this already.');
    await mail.waitFor({ to: fleur.username, subject: new RegExp(`^Your request for ${bridges.name} was sent$`) });

    const letter = await mail.waitFor({ to: anna.username, subject: new RegExp(`^${fleur.name} asks for ${bridges.name}$`) });
    for (const line of REASON.split('\n')) expect(letter.text).toContain(line);
    expect(letter.html).toMatch(/&(lt|#60);b&(gt|#62);part 2/);
    expect(letter.html).not.toContain('<b>part 2');
    const inside = await visit();
    await enter(inside, anna.username, letter.link);
    await expect(inside).toHaveURL(requestsPath(number));
    await expect(openCount(inside)).toHaveText('1');
    const request = openRequests(inside).filter({ hasText: fleur.username });
    for (const text of [bridges.name, fleur.name, 'the bridge at Zwijndrecht', '<b>part 2</b>']) await expect(request).toContainText(text);
    await accept(request);
    await expect(said(inside, 'The request has been accepted. The person has access now.')).toBeVisible();
    await expect(concluded(inside)).toHaveCount(1);
    await expect(concluded(inside)).toContainText('Accepted');
    await expect(concluded(inside)).toContainText(fleur.name);

    await mail.waitFor({ to: fleur.username, subject: new RegExp(`^You have access to ${bridges.name}$`) });
    await go(page, home(office));
    await expect(ownLicences(page)).toHaveCount(1);
    await expect(ownLicences(page)).toContainText(bridges.name);
    await expect(ownLicences(page)).toContainText('Requested');
    await expect(ownRequests(page)).toHaveCount(0);
    await go(page, '/profile');
    await expect(ownLicences(page)).toContainText(bridges.name);
    await go(inside, licencesPath(number, bridges.licence));
    await expect(rowsOf(inside, 'Who has access')).toHaveCount(1);
    await expect(rowsOf(inside, 'Who has access')).toContainText(fleur.name);
    await expect(rowsOf(inside, 'Who has access')).toContainText('Requested');
  });

  test('S3, R1: who registered by themselves finds what they have and what they can ask for', async ({ page, firm, mail }) => {
    const office = await firm({ users: 0, licences: [{ companyWide: true }, {}, { external: true }] });
    const { number, name, domain, licences: [forAll, bridges, marine] } = office;
    await set(office, forAll, { companyWide: true });
    const person = newPerson(domain);
    await apply(page, person);
    await complete(page, (await mail.waitFor({ to: person.username })).link);
    await expect(said(page, `Welcome to ${name}`)).toContainText('Below are the licences that you have, and those that you can request.');
    await expect(ownLicences(page)).toHaveCount(1);
    await expect(ownLicences(page)).toContainText(forAll.name);
    await expect(offer(page, bridges.name)).toContainText('Everything about bridges of');
    await expect(offer(page, marine.name)).toHaveCount(0);
    await requestAccess(page, bridges.name);
    await expect(ownRequests(page)).toContainText(bridges.name);
    await go(page, `/company/${number}`);
    await expect(said(page, 'Welcome'), 'that was the first visit').toHaveCount(0);
  });

  test('R3, R4: declined with a reason: the mail carries it, and one asks again after seven days', { tag: '@both' }, async ({
    freshBalie, visit, firm, problems,
  }) => {
    // The sessions of the open pages end on the way.
    problems.allow(/401 \(Unauthorized\)/);
    const server = await freshBalie();
    const office = await firm({ server });
    const { number, administrators: [anna], users: [fleur], licences: [bridges] } = office;
    await askFor(office, fleur, bridges);
    const inside = await visit({ server });
    await queue(inside, office, anna);
    await expect(openCount(inside), 'R1: with the page').toHaveText('1');
    await decline(openRequests(inside), 'No seats until May.\nSee <script>alert(1)</script>');
    await expect(said(inside, 'The request has been declined.')).toBeVisible();
    await expect(concluded(inside)).toContainText('Answer: No seats until May.');
    const letter = await server.mail.waitFor({ to: fleur.username, subject: new RegExp(`^Your request for ${bridges.name} was declined$`) });
    expect(letter.text).toContain('No seats until May.');
    expect(letter.html).toContain('No seats until May.');
    expect(letter.html).toMatch(/&(lt|#60);script/);
    expect(letter.html).not.toContain('<script>alert');

    const page = await visit({ server });
    await queue(page, office, fleur);
    await expect(concluded(page)).toContainText('Declined');
    await expect(concluded(page)).toContainText('See <script>alert(1)</script>');
    await expect(concluded(page)).toContainText('Yours');
    await expect(offer(page, bridges.name)).toContainText('You can ask again in 7 days.');
    await expect(offer(page, bridges.name).getByRole('button', { name: 'Request access' })).toHaveCount(0);
    const again = { company: String(number), licence: bridges.licence };
    expect((await fleur.sender.try('ask_licence', again)).status).toBe(422);

    await server.clock.advance(7 * DAY + MINUTE);
    const later = await visit({ server });
    await signIn(later, fleur.username, NEW_PASSWORD);
    await go(later, requestsPath(number));
    await requestAccess(later, bridges.name);
    await expect(said(later, 'Your request has been sent.')).toBeVisible();
    const period = later.getByRole('combobox', { name: 'Period' });
    await expect(period.locator('option')).toHaveText(['Last week', 'Last month', 'Last quarter', 'Last year']);
    await expect(period).toHaveValue('month');
    await expect(concluded(later)).toContainText('Declined');
    await period.selectOption({ label: 'Last week' });
    await main(later).getByRole('button', { name: 'Show', exact: true }).click();
    await expect(later).toHaveURL(/period=week/);
    await expect(main(later)).toContainText('Nothing was concluded in this period.');
  });

  test('R4: whoever asked withdraws, and can ask again at once', { tag: '@both' }, async ({ page, visit, firm }) => {
    const office = await firm();
    const { administrators: [anna], users: [fleur], licences: [bridges] } = office;
    await askFor(office, fleur, bridges);
    await enter(page, fleur.username, home(office));
    await ownRequests(page).getByRole('button', { name: 'Withdraw', exact: true }).click();
    await expect(said(page, 'The request has been withdrawn.')).toBeVisible();
    await expect(ownRequests(page)).toHaveCount(0);
    const inside = await visit();
    await queue(inside, office, anna);
    await expect(openRequests(inside)).toHaveCount(0);
    await expect(concluded(inside)).toContainText('Withdrawn');
    await requestAccess(page, bridges.name);
    await expect(ownRequests(page)).toHaveCount(1);
  });

  test('R5: who comes second is told what happened', async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm({ administrators: 2, licences: [{}, {}, {}] });
    const { number, administrators: [anna, bram], users: [fleur], licences } = office;
    const meanwhile: [string, (id: string) => Promise<unknown>][] = [
      ['This request has been accepted already.', (id) => decide(office, bram, 'accept', id)],
      ['This request has been declined already.', (id) => decide(office, bram, 'decline', id)],
      ['This request has been withdrawn by whoever asked.', (id) => fleur.sender.send('withdraw_request', { company: String(number), id })],
    ];
    await goDeaf(page);
    for (const [nth, [told, happens]] of meanwhile.entries()) {
      const id = await askFor(office, fleur, licences[nth]);
      await queue(page, office, anna);
      await happens(id);
      await accept(openRequests(page).filter({ hasText: licences[nth].name }));
      await expect(summary(page)).toContainText(told);
      await expect(page).toHaveTitle(/^Error: /);
      await expect(said(page, 'has been accepted')).toHaveCount(0);
    }
  });

  test('R5: of two who decide at once one wins, and the other is told what happened', { tag: '@both' }, async ({ visit, firm, mail, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm({ administrators: 2 });
    const { administrators, users: [fleur], licences: [bridges] } = office;
    await askFor(office, fleur, bridges);
    const [one, two] = [await visit(), await visit()];
    for (const [nth, page] of [one, two].entries()) {
      await goDeaf(page);
      await queue(page, office, administrators[nth]);
    }
    await Promise.all([accept(openRequests(one)), decline(openRequests(two), 'No seats.')]);
    const done = (page: Page) => said(page, /The request has been (accepted|declined)/);
    for (const page of [one, two]) await expect(done(page).or(summary(page)).first()).toBeVisible();
    const accepted = (await done(one).count()) === 1;
    expect(await done(two).count()).toBe(accepted ? 0 : 1);
    const [loser, what] = accepted ? [two, 'accepted'] : [one, 'declined'];
    await expect(summary(loser)).toContainText(`This request has been ${what} already.`);
    const letters = async () => (await mail.all(fleur.username)).filter(({ subject }) => /access to|declined/.test(subject));
    await expect.poll(async () => (await letters()).length).toBe(1);
  });

  test('R2: colleagues see what is asked and why, but not who asked or what was answered', async ({ page, firm }) => {
    const office = await firm({ users: 2 });
    const { administrators: [anna], users: [fleur, joris], licences: [bridges] } = office;
    const id = await askFor(office, fleur, bridges, REASON);
    await queue(page, office, joris);
    await expect(openRequests(page)).toHaveCount(1);
    for (const text of [bridges.name, 'the bridge at Zwijndrecht']) await expect(openRequests(page)).toContainText(text);
    await expect(openRequests(page)).not.toContainText('Yours');
    await expect(openRequests(page).getByRole('button')).toHaveCount(0);
    expect(await page.content()).not.toContain(tagOf(fleur));
    await offer(page, bridges.name).getByRole('button', { name: 'Request access', exact: true }).click();
    const form = page.getByRole('dialog', { name: `Request access to ${bridges.name}` });
    await expect(form).toContainText('Your colleagues see the request and the reason, but not that it is yours.');
    await form.getByRole('button', { name: 'Cancel' }).click();
    await expect(form).toBeHidden();

    await decide(office, anna, 'decline', id, 'Only for engineers.');
    await go(page, requestsPath(office.number));
    await expect(concluded(page)).toContainText('Declined');
    const text = await page.content();
    for (const secret of [tagOf(fleur), 'Only for engineers.']) expect(text).not.toContain(secret);
  });

  test('R4: administrators decide their own request only where there is no other', async ({ page, visit, firm }) => {
    const office = await firm({ administrators: 2 });
    const { administrators: [anna, bram], licences: [bridges] } = office;
    const id = await askFor(office, anna, bridges);
    await queue(page, office, anna);
    await expect(openRequests(page)).toContainText('This is your own request. Another administrator decides it.');
    await expect(openRequests(page).getByRole('button', { name: /Accept|Decline/ })).toHaveCount(0);
    expect((await anna.sender.try('decide_requests', decision(office.number, 'accept', id))).status).toBe(422);
    const other = await visit();
    await queue(other, office, bram);
    await accept(openRequests(other));
    await expect(said(other, 'The request has been accepted.')).toBeVisible();

    const alone = await firm();
    await askFor(alone, alone.administrators[0], alone.licences[0]);
    await queue(page, alone, alone.administrators[0]);
    await accept(openRequests(page));
    await expect(said(page, 'The request has been accepted.')).toBeVisible();
  });

  test('R3: for ten minutes any administrator undoes a decision: the access ends, a mail says so', { tag: '@both' }, async ({ freshBalie, visit, firm }) => {
    const server = await freshBalie();
    const office = await firm({ server, administrators: 2 });
    const { number, administrators: [anna, bram], users: [fleur], licences: [bridges] } = office;
    const id = await askFor(office, fleur, bridges);
    await decide(office, anna, 'accept', id);
    const page = await visit({ server });
    await queue(page, office, bram);
    await undo(concluded(page)).click();
    await expect(said(page, 'The decision has been undone: the request is open again.')).toBeVisible();
    await server.mail.waitFor({ to: fleur.username, subject: new RegExp(`^Your request for ${bridges.name} is open again$`) });
    const own = await visit({ server });
    await enter(own, fleur.username, home(office));
    await expect(ownLicences(own)).toHaveCount(0);
    await expect(ownRequests(own)).toHaveCount(1);

    await go(page, requestsPath(number));
    await decline(openRequests(page), 'By mistake');
    await undo(said(page, 'The request has been declined.')).click();
    await expect(said(page, 'The decision has been undone: the request is open again.')).toBeVisible();
    await go(page, requestsPath(number));
    await accept(openRequests(page));
    await expect(undo(said(page, 'The request has been accepted.'))).toBeVisible();

    await server.clock.advance(10 * MINUTE);
    expect((await bram.sender.try('undo_decision', { company: String(number), id })).status).toBe(422);
    await go(page, requestsPath(number));
    await expect(concluded(page)).toContainText('Accepted');
    await expect(undo(main(page))).toHaveCount(0);
    await go(own, home(office));
    await expect(ownLicences(own)).toContainText(bridges.name);
  });

  test('R7: the request of somebody who is blocked is withdrawn by the system, and the list says so', async ({ page, firm }) => {
    const office = await firm({ users: 2 });
    const { number, administrators: [anna], users: [fleur, joris], licences: [bridges] } = office;
    await askFor(office, fleur, bridges);
    await askFor(office, joris, bridges);
    const [blocked, removed] = [await accountId(office, fleur), await accountId(office, joris)];
    await anna.sender.send('change_chosen', { company: String(number), what: 'block', 'ids[]': blocked });
    await anna.sender.send('remove_user', { company: String(number), id: removed });
    await queue(page, office, anna);
    await expect(openRequests(page)).toHaveCount(0);
    await expect(concluded(page)).toHaveCount(2);
    for (const { name } of [fleur, joris]) {
      await expect(concluded(page).filter({ hasText: name })).toContainText('Withdrawn by the system: whoever asked left or was blocked');
    }
  });

  test('R2, L6: several at once: what could not be done is said for each, and can be declined then', async ({ page, firm, mail, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm({ users: 3, licences: [{ seats: 2 }] });
    const { administrators: [anna], users, licences: [bridges] } = office;
    for (const user of users) await askFor(office, user, bridges);
    await queue(page, office, anna);
    for (const { name } of users) await openRequests(page).filter({ hasText: name }).getByRole('checkbox').check();
    if (script) await expect(bar(page)).toContainText('3 selected');
    await bar(page).getByRole('button', { name: /^Accept/ }).click();
    await expect(summary(page)).toContainText('Done for 2. It could not be done for 1:');
    await expect(summary(page)).toContainText(`${users[2].name} (${users[2].username}): 2 of 2 seats are in use, so none is free.`);
    await go(page, requestsPath(office.number));
    await expect(concluded(page)).toHaveCount(2);
    await expect(openRequests(page)).toHaveCount(1);
    await expect(openRequests(page)).toContainText('2 of 2 seats are in use, so none is free.');
    await expect(openRequests(page).getByRole('button', { name: 'Accept' })).toHaveCount(0);

    await openRequests(page).getByRole('checkbox').check();
    await bar(page).getByRole('button', { name: 'Decline', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Decline the selected requests?' });
    await question.getByLabel('Reason', { exact: true }).fill('Both seats are taken.');
    await question.getByRole('button', { name: /^Decline/ }).click();
    await expect(said(page, 'The request has been declined.')).toBeVisible();
    expect((await mail.waitFor({ to: users[2].username, subject: /declined/ })).text).toContain('Both seats are taken.');
  });

  test('refused: a reason that is too long; what was typed is kept', async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm();
    const { users: [fleur], licences: [bridges] } = office;
    const long = 'Because. '.repeat(60).trim();
    await queue(page, office, fleur);
    await requestAccess(page, bridges.name, long);
    await expect(summary(page)).toContainText('Use at most 500 characters');
    await expect(openRequests(page)).toHaveCount(0);
    if (script) await summary(page).getByRole('link', { name: 'Use at most 500 characters' }).click();
    await expect(refusedReason(page)).toHaveValue(long);
  });

  test('refused: a reason for several that is too long; it is kept, and who was ticked', { tag: '@both' }, async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm({ users: 3 });
    const { administrators: [anna], users, licences: [bridges] } = office;
    const long = 'Because. '.repeat(60).trim();
    for (const user of users) await askFor(office, user, bridges);
    await queue(page, office, anna);
    for (const { name } of users.slice(0, 2)) await openRequests(page).filter({ hasText: name }).getByRole('checkbox').check();
    await bar(page).getByRole('button', { name: 'Decline', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Decline the selected requests?' });
    await question.getByLabel('Reason', { exact: true }).fill(long);
    await question.getByRole('button', { name: /^Decline/ }).click();
    await expect(summary(page)).toContainText('Use at most 500 characters');
    await expect(openRequests(page).getByRole('checkbox', { checked: true })).toHaveCount(2);
    if (script) await summary(page).getByRole('link', { name: 'Use at most 500 characters' }).click();
    await expect(refusedReason(page)).toHaveValue(long);
    await refusedReason(page).fill('Not this year.');
    await question.getByRole('button', { name: /^Decline/ }).click();
    await expect(said(page, '2 requests have been declined.')).toBeVisible();
  });

  test('refused: a reason for one that is too long; its question is open again', { tag: '@both' }, async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const office = await firm({ users: 2 });
    const { administrators: [anna], users, licences: [bridges] } = office;
    for (const user of users) await askFor(office, user, bridges);
    await queue(page, office, anna);
    await decline(openRequests(page).filter({ hasText: users[0].name }), 'Because. '.repeat(60));
    if (script) await summary(page).getByRole('link', { name: 'Use at most 500 characters' }).click();
    await refusedReason(page).fill('Not this year.');
    await page.getByRole('dialog').getByRole('button', { name: 'Decline request' }).click();
    await expect(said(page, 'The request has been declined.')).toBeVisible();
    await expect(concluded(page)).toContainText(users[0].name);
  });

  test('who may not decide does not, by hand or by the address', async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const [office, other] = [await firm({ users: 2 }), await firm()];
    const { number, users: [fleur, joris], licences: [bridges] } = office;
    const id = await askFor(office, fleur, bridges);
    const stranger = other.administrators[0];
    const callers = [[joris, number, 403], [fleur, number, 403], [stranger, number, 404], [stranger, other.number, 404]] as const;
    for (const [who, company, status] of callers) {
      for (const what of ['accept', 'decline'] as const) {
        expect((await who.sender.try('decide_requests', decision(company, what, id))).status, `${what} in ${company}`).toBe(status);
      }
      expect((await who.sender.try('undo_decision', { company: String(company), id })).status, `undo in ${company}`).toBe(status);
    }
    const withdrawal = { company: String(number), id };
    expect((await joris.sender.try('withdraw_request', withdrawal)).status).toBeGreaterThanOrEqual(400);
    expect((await stranger.sender.try('withdraw_request', withdrawal)).status).toBe(404);
    expect((await office.administrators[0].sender.try('decide_requests', decision(number, 'accept', mark()))).status).toBeGreaterThanOrEqual(400);
    await queue(page, office, fleur);
    await expect(openRequests(page)).toHaveCount(1);
    await enter(page, stranger.username, home(other));
    expect((await go(page, requestsPath(number)))?.status()).toBe(404);
  });
});

const ENGLISH = new RegExp(
  '^(Requests|Licences|Documents|Accept|Decline|Decline request|Withdraw|Undo|Dismiss|Request access|Send request|Cancel|Period|Show|Reason|'
  + 'Open requests.*|Concluded requests|Requested|By|Since|Outcome|My licences|What you can request|Keyboard)$',
);

async function allDutch(page: Page) {
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  for (const role of ['button', 'link', 'heading', 'columnheader', 'combobox', 'textbox', 'dialog'] as const) {
    await expect(page.getByRole(role, { name: ENGLISH })).toHaveCount(0);
  }
}

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('asked, declined, undone, accepted', async ({ page, visit, firm, mail }) => {
      const office = await firm();
      const { administrators: [anna], users: [fleur], licences: [bridges] } = office;
      await queue(page, office, fleur);
      await allDutch(page);
      await offer(page, bridges.name).getByRole('button', { name: 'Toegang aanvragen', exact: true }).click();
      const form = page.getByRole('dialog', { name: `Toegang tot ${bridges.name} aanvragen` });
      await form.getByLabel(/^Reden/).fill('Voor de brug.');
      await allDutch(page);
      await form.getByRole('button', { name: 'Aanvraag versturen' }).click();
      await expect(said(page, 'Uw aanvraag is verstuurd.')).toBeVisible();
      await allDutch(page);

      const inside = await visit();
      await queue(inside, office, anna);
      await allDutch(inside);
      const request = rowsOf(inside, 'Open aanvragen');
      await request.getByRole('button', { name: 'Afwijzen', exact: true }).click();
      const question = inside.getByRole('dialog', { name: `De aanvraag voor ${bridges.name} afwijzen?` });
      await question.getByLabel(/^Reden/).fill('Niet dit jaar.');
      await question.getByRole('button', { name: 'Aanvraag afwijzen' }).click();
      await said(inside, 'De aanvraag is afgewezen.').getByRole('button', { name: 'Ongedaan maken' }).click();
      await expect(said(inside, 'de aanvraag is weer open')).toBeVisible();
      await allDutch(inside);
      await go(inside, requestsPath(office.number));
      await request.getByRole('button', { name: 'Toekennen', exact: true }).click();
      await expect(said(inside, 'De aanvraag is toegekend.')).toBeVisible();
      await allDutch(inside);
      for (const subject of [/is verstuurd$/, /is afgewezen$/, /staat weer open$/]) await mail.waitFor({ to: fleur.username, subject });
      await go(page, home(office));
      await allDutch(page);
    });
  });
});

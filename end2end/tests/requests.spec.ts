import type { Page } from '@playwright/test';
import { accountId, askFor, askForDocument, decide, decision, set, type Firm, type Member } from '../support/firm.ts';
import { axe, axeAsIs, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { NEW_PASSWORD, mark } from '../support/people.ts';
import { summary } from '../support/refusals.ts';
import {
  accept, concluded, decline, enter, go, hydrated, leaveMark, expectNotReloaded, licencesPath, offer, openCount, openRequests, ownLicences,
  ownRequests, requestAccess, requestsPath, rowsOf, said, signIn,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript, type Fixtures } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const REASON = 'I calculate the bridge at Zwijndrecht.\nIt is for <b>part 2</b>, from May on.';
const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

const main = (page: Page) => page.getByRole('main');
const home = (office: Firm) => `/company/${office.number}`;
const bar = (page: Page) => page.getByRole('region', { name: 'Selection' });
const undo = (within: ReturnType<Page['getByRole']>) => within.getByRole('button', { name: 'Undo', exact: true });
const queue = (page: Page, office: Firm, { username }: Member) => enter(page, username, requestsPath(office.number));

/** What nobody else's name and address have in them. */
const tagOf = ({ username }: Member) => username.split('@')[0];

/** The page hears of nothing: what it shows grows old. */
const goDeaf = (page: Page) => page.route('**/live', () => undefined);

withAndWithoutScript((script) => {
  test('R1, R3: asked with a reason and accepted: the mails, the access, and how it came', async ({ page, visit, firm, mail }) => {
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

  test('R3, R4: declined with a reason: the mail carries it, and one asks again after seven days', async ({ freshBalie, visit, firm }) => {
    const server = await freshBalie();
    const office = await firm({ server });
    const { number, administrators: [anna], users: [fleur], licences: [bridges] } = office;
    await askFor(office, fleur, bridges);
    const inside = await visit({ server });
    await queue(inside, office, anna);
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

  test('R4: whoever asked withdraws, and can ask again at once', async ({ page, visit, firm }) => {
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

  test('R5: of two who decide at once one wins, and the other is told what happened', async ({ visit, firm, mail, problems }) => {
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

  test('R3: for ten minutes any administrator undoes a decision: the access ends, a mail says so', async ({ freshBalie, visit, firm }) => {
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
    await question.getByLabel(/^Reason/).fill('Both seats are taken.');
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
    await offer(page, bridges.name).getByRole('button', { name: 'Request access', exact: true }).click();
    await expect(page.getByRole('dialog').getByLabel(/^Reason/)).toHaveValue(long);
  });

  test('who may not decide does not, by hand or by the address', async ({ page, firm, problems }) => {
    problems.allow(REFUSAL);
    const [office, other] = [await firm({ users: 2 }), await firm()];
    const { number, users: [fleur, joris], licences: [bridges] } = office;
    const id = await askFor(office, fleur, bridges);
    const stranger = other.administrators[0];
    for (const [who, company, status] of [[joris, number, 403], [fleur, number, 403], [stranger, number, 404], [stranger, other.number, 404]] as const) {
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

test('R1: who asks and two administrators see what happens at once, without a reload', async ({ page, visit, firm }) => {
  const office = await firm({ administrators: 2 });
  const { administrators: [anna, bram], users: [fleur], licences: [bridges] } = office;
  const soon = { timeout: 5_000 };
  const [first, second] = [await visit(), await visit()];
  await enter(page, fleur.username, home(office));
  await enter(first, anna.username, home(office));
  await queue(second, office, bram);
  for (const open of [page, first, second]) await leaveMark(open);
  for (const open of [first, second]) await expect(openCount(open)).toHaveCount(0);

  await requestAccess(page, bridges.name, 'For the tender.');
  await expect(ownRequests(page)).toContainText(bridges.name);
  for (const open of [first, second]) {
    await expect(openCount(open)).toHaveText('1', soon);
    await expect(openRequests(open)).toContainText(fleur.name, soon);
    await expect(main(open)).toContainText('Open requests (1)');
  }
  await expect(openCount(page), 'who is no administrator has nothing to decide').toHaveCount(0);

  await accept(openRequests(second));
  await expect(ownLicences(page)).toContainText(bridges.name, soon);
  await expect(ownRequests(page)).toHaveCount(0);
  for (const open of [first, second]) await expect(openCount(open)).toHaveCount(0, soon);
  await expect(openRequests(first), 'R6: the row stays, and says so').toContainText('No longer open', soon);
  await expect(openRequests(second)).toContainText('Accepted');

  await undo(openRequests(second)).click();
  await expect(ownRequests(page)).toContainText(bridges.name, soon);
  await expect(ownLicences(page)).toHaveCount(0);
  await expect(openCount(first)).toHaveText('1', soon);
  await decline(openRequests(first), 'Not this year.');
  await expect(offer(page, bridges.name)).toContainText('You can ask again in 7 days.', soon);
  for (const open of [page, first, second]) await expectNotReloaded(open);
});

test('R6: who asks meanwhile moves no row, and is brought in by a button; a tick and a reason that is being typed stay', async ({
  page, firm,
}) => {
  const office = await firm({ users: 4 });
  const { administrators: [anna], users, licences: [bridges] } = office;
  for (const user of users.slice(0, 2)) await askFor(office, user, bridges);
  await queue(page, office, anna);
  const older = openRequests(page).filter({ hasText: users[0].name });
  await older.getByRole('checkbox').check();
  const place = await older.boundingBox();
  const news = main(page).getByRole('button', { name: /new request/ });
  await expect(news).toHaveCount(0);
  await askFor(office, users[2], bridges);
  await expect(news).toHaveText('1 new request', { timeout: 5_000 });
  await askFor(office, users[3], bridges);
  await expect(news).toHaveText('2 new requests', { timeout: 5_000 });
  await expect(openRequests(page)).toHaveCount(2);
  expect(await older.boundingBox()).toEqual(place);
  await news.click();
  await expect(openRequests(page)).toHaveCount(4);
  await expect(openRequests(page).first()).toContainText(users[3].name);
  await expect(older.getByRole('checkbox')).toBeChecked();
  await expect(news).toHaveCount(0);

  await older.getByRole('button', { name: 'Decline', exact: true }).click();
  const reason = page.getByRole('dialog').getByLabel(/^Reason/);
  await reason.fill('Half a rea');
  const latest = openRequests(page).filter({ hasText: users[3].name });
  await decide(office, anna, 'accept', await idOf(page, users[3]));
  await expect(latest).toContainText('Accepted', { timeout: 5_000 });
  await expect(reason).toHaveValue('Half a rea');
  await expect(openRequests(page), 'the row stays in its place').toHaveCount(4);
});

/** As its row has it. */
async function idOf(page: Page, { name }: Member): Promise<string> {
  const id = await page.locator('tr.request-row').filter({ hasText: name }).getAttribute('id');
  return id!.replace('request-', '');
}

// A program of its own: a mail box with six hundred letters more would slow down the tests that follow.
test('R2: two hundred at once, over all pages', async ({ freshBalie, visit, firm }) => {
  test.setTimeout(240_000);
  const server = await freshBalie();
  const page = await visit({ server });
  const office = await firm({ server, users: 20, licences: Array.from({ length: 10 }, () => ({})) });
  const { number, administrators: [anna], users, licences } = office;
  for (const user of users) for (const licence of licences) await askFor(office, user, licence);
  await queue(page, office, anna);
  await expect(openCount(page)).toHaveText('200');
  await expect(openRequests(page)).toHaveCount(50);
  await page.getByRole('checkbox', { name: 'Select all requests on this page' }).check();
  await expect(bar(page)).toContainText('50 selected');
  await bar(page).getByRole('button', { name: 'Select all 200' }).click();
  await bar(page).getByRole('button', { name: 'Accept 200' }).click();
  await expect(said(page, '200 requests have been accepted.')).toBeVisible({ timeout: 30_000 });
  await expect(openCount(page)).toHaveCount(0);
  await expect(bar(page)).toBeHidden();
  await expect(openRequests(page).filter({ hasText: 'Accepted' })).toHaveCount(50);
  await main(page).getByRole('button', { name: 'Clear what is decided' }).click();
  await expect(main(page)).toContainText('No open requests');
  await expect(main(page)).toContainText('1 to 50 of 200');
  await go(page, licencesPath(number));
  await expect(rowsOf(page, 'Licences')).toHaveCount(10);
  await expect(rowsOf(page, 'Licences').filter({ hasText: '20 in use, no limit' })).toHaveCount(10);
});

test('R2: the queue by keyboard alone; the keys can be switched off', async ({ page, firm }) => {
  const office = await firm({ users: 3 });
  const { administrators: [anna], users, licences: [bridges] } = office;
  for (const user of users) await askFor(office, user, bridges);
  await queue(page, office, anna);
  const [newest, middle, oldest] = [2, 1, 0].map((nth) => openRequests(page).filter({ hasText: users[nth].name }));
  const press = async (keys: string) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press('j');
  await expect(newest).toBeFocused();
  await press('jj');
  await expect(oldest).toBeFocused();
  await press('j');
  await expect(oldest, 'there is no further one').toBeFocused();
  await press('kx');
  await expect(middle).toBeFocused();
  await expect(middle.getByRole('checkbox')).toBeChecked();
  await expect(bar(page)).toContainText('1 selected');
  await press('x');
  await expect(bar(page)).toBeHidden();

  await press('d');
  const question = page.getByRole('dialog', { name: `Decline the request for ${bridges.name}?` });
  await expect(question).toBeVisible();
  await question.getByLabel(/^Reason/).pressSequentially('jkxad');
  await expect(question.getByLabel(/^Reason/), 'keys rest while somebody types').toHaveValue('jkxad');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await press('k');
  await expect(newest).toBeFocused();
  await press('a');
  await expect(newest).toContainText('Accepted');
  await expect(newest, 'the button is gone: its row has the focus').toBeFocused();
  await press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  for (const what of ['Next request', 'Previous request', 'Select', 'Accept', 'Decline']) await expect(help).toContainText(what);
  await help.getByRole('checkbox', { name: 'Use these keys' }).uncheck();
  await page.keyboard.press('Escape');

  await page.reload();
  await hydrated(page);
  await press('j');
  await expect(page.locator('tr:focus')).toHaveCount(0);
  await main(page).getByRole('button', { name: 'Keyboard' }).click();
  await help.getByRole('checkbox', { name: 'Use these keys' }).check();
  await page.keyboard.press('Escape');
  await press('j');
  await expect(page.locator('tr:focus')).toHaveCount(1);
});

test('keys alone decide nothing where a browser or an aid has them', async ({ page, firm }) => {
  const office = await firm();
  const { administrators: [anna], users: [fleur], licences: [bridges] } = office;
  await askFor(office, fleur, bridges);
  await queue(page, office, anna);
  await page.keyboard.press('a');
  await page.keyboard.press('j');
  for (const key of ['Control+a', 'Alt+a', 'Meta+a', 'Control+d']) await page.keyboard.press(key);
  await page.waitForTimeout(500);
  await expect(openRequests(page).getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(openCount(page)).toHaveText('1');
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

/** Requests in every state, of which one waits that can't be accepted, one that is an administrator's own, and one for a document. */
async function busy(firm: Fixtures['firm']): Promise<Firm> {
  const office = await firm({ administrators: 2, users: 3, licences: [{ seats: 1 }, {}, {}] });
  const { administrators: [anna, bram], users: [fleur, joris, sanne], licences: [full, free, hidden] } = office;
  await decide(office, bram, 'accept', await askFor(office, sanne, full, 'The first.'));
  await decide(office, anna, 'decline', await askFor(office, sanne, free), 'Ask again in May.');
  await askFor(office, fleur, full, REASON);
  await askFor(office, joris, free);
  await askFor(office, anna, free, 'For myself.');
  await set(office, hidden, { shown: false });
  await askForDocument(office, fleur, hidden.document, REASON);
  return office;
}

test.describe('the look', { tag: '@look' }, () => {
  type Place = [name: string, who: (office: Firm) => Member, path: (office: Firm) => string];
  const places: Place[] = [
    ['Requests for licences', ({ administrators: [anna] }) => anna, ({ number }) => requestsPath(number)],
    ['Requests for documents', ({ administrators: [anna] }) => anna, ({ number }) => requestsPath(number, 'documents')],
    ['Requests of a user', ({ users: [, , sanne] }) => sanne, ({ number }) => requestsPath(number)],
    ['Home with requests', ({ administrators: [anna] }) => anna, home],
    ['Home of a user with a licence', ({ users: [, , sanne] }) => sanne, home],
    ['My profile with a request', ({ users: [fleur] }) => fleur, () => '/profile'],
  ];
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: requests, ${language}`, async ({ visit, firm, baseURL }) => {
      test.slow();
      const office = await busy(firm);
      for (const [name, who, path] of places) {
        await test.step(name, async () => {
          const page = await visit();
          await page.context().addCookies([{ name: 'language', value: language, url: baseURL }]);
          await enter(page, who(office).username, path(office));
          await expect(page.locator('html')).toHaveAttribute('lang', language);
          await expect(main(page).getByRole('table').first()).toBeVisible();
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

  test('axe finds nothing: questions, the keys, what was decided, what is new, what was refused', async ({ page, visit, firm, problems }) => {
    test.slow();
    problems.allow(REFUSAL);
    const office = await busy(firm);
    const { administrators: [anna, bram], users: [fleur, joris], licences: [, free] } = office;
    await goDeaf(page);
    await queue(page, office, anna);
    const request = openRequests(page).filter({ hasText: joris.name });
    await request.getByRole('button', { name: 'Decline', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await axeAsIs(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
    await axeAsIs(page);
    await page.keyboard.press('Escape');
    await request.getByRole('checkbox').check();
    await axeAsIs(page);
    await bar(page).getByRole('button', { name: 'Decline', exact: true }).click();
    await axeAsIs(page);
    await page.keyboard.press('Escape');

    await decide(office, bram, 'accept', await idOf(page, joris));
    await accept(request);
    await expect(summary(page)).toBeVisible();
    await axeAsIs(page);
    const other = await visit();
    await queue(other, office, bram);
    await accept(openRequests(other).filter({ hasText: anna.name }));
    await expect(said(other, 'The request has been accepted.')).toBeVisible();
    await askFor(office, fleur, free);
    await expect(main(other).getByRole('button', { name: '1 new request' })).toBeVisible();
    await axeAsIs(other);
    for (const width of [320, 768]) {
      await other.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(other);
    }
  });
});

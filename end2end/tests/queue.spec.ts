// The queue as administrators work in it: live, by keyboard, many at once.
import type { Locator, Page } from '@playwright/test';
import { askFor, askForDocument, decide, set, type Firm, type Member } from '../support/firm.ts';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { summary } from '../support/refusals.ts';
import {
  accept, concluded, decline, enter, expectNotReloaded, go, hydrated, leaveMark, licencesPath, offer, openCount, openRequests, ownLicences, ownRequests,
  requestAccess, requestsPath, rowsOf, said,
} from '../support/steps.ts';
import { expect, test, type Fixtures } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const REASON = 'I calculate the bridge at Zwijndrecht.\nIt is for part 2, from May on.';

const main = (page: Page) => page.getByRole('main');
const home = (office: Firm) => `/company/${office.number}`;
const bar = (page: Page) => page.getByRole('region', { name: 'Selection' });
const undo = (row: Locator) => row.getByRole('button', { name: 'Undo', exact: true });
const queue = (page: Page, office: Firm, { username }: Member) => enter(page, username, requestsPath(office.number));

test('R1: who asks and two administrators see what happens at once, without a reload', { tag: '@both' }, async ({ page, visit, firm }) => {
  const office = await firm({ administrators: 2 });
  const { administrators: [anna, bram], users: [fleur], licences: [bridges] } = office;
  // A second from the commit; the other one is the machine's, which does more than this test.
  const soon = { timeout: 2_000 };
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
  await expect(news).toHaveText('1 new request', { timeout: 2_000 });
  await askFor(office, users[3], bridges);
  await expect(news).toHaveText('2 new requests', { timeout: 2_000 });
  await expect(openRequests(page)).toHaveCount(2);
  expect(await older.boundingBox()).toEqual(place);
  await news.click();
  await expect(openRequests(page)).toHaveCount(4);
  await expect(openRequests(page).first()).toContainText(users[3].name);
  await expect(older.getByRole('checkbox')).toBeChecked();
  await expect(news).toHaveCount(0);

  await older.getByRole('button', { name: 'Decline', exact: true }).click();
  const reason = page.getByRole('dialog').getByLabel('Reason', { exact: true });
  await reason.fill('Half a rea');
  const latest = openRequests(page).filter({ hasText: users[3].name });
  await decide(office, anna, 'accept', await idOf(page, users[3]));
  await expect(latest).toContainText('Accepted', { timeout: 2_000 });
  await expect(reason).toHaveValue('Half a rea');
  await expect(openRequests(page), 'the row stays in its place').toHaveCount(4);
});

test('R6: what another administrator concludes waits, so that the button under the cursor stays whose it is', async ({ page, firm }) => {
  const office = await firm({ administrators: 2, users: 2 });
  const { administrators: [anna, bram], users, licences: [bridges] } = office;
  const ids: string[] = [];
  for (const user of users) ids.push(await askFor(office, user, bridges));
  await decide(office, anna, 'decline', ids[0]);
  await queue(page, office, bram);
  const mine = concluded(page).filter({ hasText: users[0].name });
  await undo(mine).focus();
  await decide(office, anna, 'accept', ids[1]);
  const news = main(page).getByRole('button', { name: '1 more concluded' });
  await expect(news).toBeVisible();
  await expect(concluded(page)).toHaveCount(1);
  await expect(undo(mine)).toBeFocused();
  await news.click();
  await expect(concluded(page)).toHaveCount(2);
  await expect(concluded(page).first()).toContainText(users[1].name);
});

test('R6: who asks after all were chosen is not meant, on whichever page that is then sent', async ({ page, firm }) => {
  test.slow();
  const office = await firm({ users: 7, licences: Array.from({ length: 9 }, () => ({})) });
  const { administrators: [anna], users: [late, ...users], licences } = office;
  for (const user of users) for (const licence of licences) await askFor(office, user, licence);
  await queue(page, office, anna);
  await page.getByRole('checkbox', { name: 'Select all requests on this page' }).check();
  await bar(page).getByRole('button', { name: 'Select all 54' }).click();
  await main(page).getByRole('link', { name: 'Next', exact: true }).click();
  await expect(openRequests(page)).toHaveCount(4);
  await askFor(office, late, licences[0]);
  await expect(openCount(page)).toHaveText('55');
  await bar(page).getByRole('button', { name: 'Accept 54' }).click();
  await expect(said(page, '54 requests have been accepted.')).toBeVisible({ timeout: 30_000 });
  await expect(openCount(page)).toHaveText('1');
});

test('R1: a page whose stream broke asks again, and shows what came meanwhile', async ({ freshBalie, visit, firm, problems }) => {
  problems.allow(/ERR_/);
  const server = await freshBalie();
  const page = await visit({ server });
  const office = await firm({ server });
  const { administrators: [anna], users: [fleur], licences: [bridges] } = office;
  let broken = false;
  await page.route('**/live', (route) => (broken ? route.abort() : route.continue()));
  await queue(page, office, anna);
  await leaveMark(page);
  broken = true;
  await server.restart();
  await askFor(office, fleur, bridges);
  await expect(openRequests(page)).toHaveCount(0);
  broken = false;
  await expect(openRequests(page)).toContainText(fleur.name, { timeout: 20_000 });
  await expect(openCount(page)).toHaveText('1');
  await expectNotReloaded(page);
});

/** As its row has it. */
async function idOf(page: Page, { name }: Member): Promise<string> {
  const id = await page.locator('tr.request-row').filter({ hasText: name }).getAttribute('id');
  return id!.replace('request-', '');
}

// A program of its own: a mail box with six hundred letters more would slow down the tests that follow.
test('R2: two hundred at once, over all pages', { tag: '@both' }, async ({ freshBalie, visit, firm }) => {
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
  await question.getByLabel('Reason', { exact: true }).pressSequentially('jkxad');
  await expect(question.getByLabel('Reason', { exact: true }), 'keys rest while somebody types').toHaveValue('jkxad');
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
    // What others do does not reach this page.
    await page.route('**/live', () => undefined);
    await queue(page, office, anna);
    const request = openRequests(page).filter({ hasText: joris.name });
    await request.getByRole('button', { name: 'Decline', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await axe(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
    await axe(page);
    await page.keyboard.press('Escape');
    await request.getByRole('checkbox').check();
    await axe(page);
    await bar(page).getByRole('button', { name: 'Decline', exact: true }).click();
    await axe(page);
    await page.keyboard.press('Escape');

    await decide(office, bram, 'accept', await idOf(page, joris));
    await accept(request);
    await expect(summary(page)).toBeVisible();
    await axe(page);
    const other = await visit();
    await queue(other, office, bram);
    await accept(openRequests(other).filter({ hasText: anna.name }));
    await expect(said(other, 'The request has been accepted.')).toBeVisible();
    await askFor(office, fleur, free);
    await expect(main(other).getByRole('button', { name: '1 new request' })).toBeVisible();
    await axe(other);
    for (const width of [320, 768]) {
      await other.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(other);
    }
  });
});

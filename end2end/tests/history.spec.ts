import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { ANNA, BRAM, BRUGGENBOUW, CARLA, DIRK, EVA, OFFSHORE, STAFF, mark, newPerson } from '../support/people.ts';
import { DESK, addUser, at, complete, enter, field, go, heading, usersPath } from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const historyPath = (company = BRUGGENBOUW) => `/company/${company}/history`;
const ALL = '/provider/history';

const rows = (page: Page) => page.getByRole('main').getByRole('table').locator('tbody tr');

type Filter = { person?: string; kind?: string; period?: string };

async function filter(page: Page, { person, kind, period }: Filter) {
  const main = page.getByRole('main');
  if (person !== undefined) await main.getByRole('searchbox', { name: 'Person' }).fill(person);
  if (kind) await main.getByRole('combobox', { name: 'What' }).selectOption({ label: kind });
  if (period) await main.getByRole('combobox', { name: 'Period' }).selectOption({ label: period });
  await main.getByRole('button', { name: 'Show' }).click();
  const wanted = { person, kind: kind && 'kind', period: period && 'period' };
  await expect(page).toHaveURL((url) => Object.entries(wanted).every(([name, value]) => value === undefined || url.searchParams.has(name)));
  if (person !== undefined) await expect(page).toHaveURL((url) => url.searchParams.get('person') === person);
}

/** Presses the link, and reads the file that comes: its name and its lines, each in cells. */
async function download(page: Page, name = 'Export CSV'): Promise<{ file: string; text: string; lines: string[][] }> {
  const [coming] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  const text = await readFile(await coming.path(), 'utf8');
  return { file: coming.suggestedFilename(), text, lines: parse(text) };
}

function parse(text: string): string[][] {
  const lines = text.replace(/^\uFEFF/, '').split('\r\n');
  expect(lines.pop(), 'the last line ends, too').toBe('');
  return lines.map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
}

withAndWithoutScript(() => {
  test('H1: an administrator reads who did what, on whom, when, from where', { tag: '@both' }, async ({ page, visit, mail }) => {
    const person = newPerson();
    await enter(page, ANNA);
    await addUser(page, person);
    const newcomer = await visit();
    await complete(newcomer, (await mail.waitFor({ to: person.username })).link);

    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My company' }).click();
    await page.getByRole('navigation', { name: 'My company' }).getByRole('link', { name: 'History' }).click();
    await at(page, historyPath());
    await expect(heading(page)).toHaveText('History');
    await filter(page, { person: person.username });
    const table = page.getByRole('table', { name: 'History' });
    for (const name of ['When', 'Who', 'What', 'On whom', 'From']) await expect(table.getByRole('columnheader', { name, exact: true })).toHaveCount(1);

    await expect(rows(page)).toHaveCount(2);
    const [completed, added] = [rows(page).nth(0), rows(page).nth(1)];
    await expect(added).toContainText('Anna de Vries');
    await expect(added).toContainText('User added');
    await expect(added).toContainText(person.name);
    await expect(added).toContainText('127.0.0.1');
    const when = new Date((await added.locator('time').getAttribute('datetime'))!);
    expect(Math.abs(when.getTime() - Date.now())).toBeLessThan(24 * 60 * 60 * 1000);
    await expect(completed).toContainText('Registration completed');
    expect((await completed.innerText()).split(person.username), 'who and whom are one, and stand once').toHaveLength(2);
  });

  test('H1: what nobody who was signed in did, is somebody\'s or the program\'s', async ({ page }) => {
    await enter(page, ANNA, `${historyPath()}?kind=account_locked&period=all`);
    const locked = rows(page).filter({ hasText: 'maartje@' });
    await expect(locked).toContainText('Not signed in');
    await expect(locked).toContainText('Locked after five wrong passwords');
    await filter(page, { person: 'anna@vandijk', kind: 'User added', period: 'All time' });
    await expect(rows(page).filter({ hasText: 'Anna de Vries' }).filter({ hasText: 'Balie' })).toHaveCount(1);
  });

  test('the filter stands in the address; what fits nothing says so, and leads on', { tag: '@both' }, async ({ page }) => {
    await enter(page, ANNA, historyPath());
    const period = page.getByRole('combobox', { name: 'Period' });
    await expect(period).toHaveValue('month');
    await filter(page, { person: mark() });
    await expect(rows(page)).toHaveCount(0);
    await expect(page.getByRole('main')).toContainText('Nothing was done');
    await expect(page.getByRole('link', { name: 'Export CSV' })).toHaveCount(0);
    await page.getByRole('link', { name: 'Show everything' }).click();
    await expect(period).toHaveValue('all');
    await expect(rows(page)).toHaveCount(50);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
    await expect(page).toHaveURL(/page=2/);
    await expect(period, 'the next page is one of the same list').toHaveValue('all');
    // The next page is there, and its form with it: what is chosen before that is gone.
    await expect(page.getByRole('main')).toContainText('51 to ');

    await filter(page, { kind: 'Registration completed', period: 'All time' });
    await expect(page).not.toHaveURL(/page=2/);
    await expect(rows(page).filter({ hasNotText: 'Registration completed' })).toHaveCount(0);
    await expect(rows(page).first()).toBeVisible();
    for (const nonsense of ['kind=x', 'period=x', 'page=-1', 'page=99999', 'person=%00', `person=${'x'.repeat(300)}`, 'kind=%27%3B--']) {
      expect((await go(page, `${historyPath()}?${nonsense}`))?.status(), nonsense).toBe(200);
    }
  });

  test('H1: nobody else reads it, on the page or as a file', async ({ page, visit, request, problems }) => {
    problems.allow(REFUSAL);
    const callers: [string, string[]][] = [
      [CARLA, [historyPath(), historyPath(OFFSHORE), ALL]],
      [DIRK, [historyPath(), ALL]],
      [ANNA, [historyPath(OFFSHORE), ALL]],
    ];
    for (const [caller, paths] of callers) {
      const browser = await visit();
      await enter(browser, caller, '/');
      for (const path of paths) {
        const answer = await go(browser, path);
        expect([403, 404], `${caller} at ${path}`).toContain(answer?.status());
        expect(await answer?.text(), `${caller} at ${path}`).not.toMatch(/Anna de Vries<\/div>|Signed in<\/td>/);
        const file = await browser.request.get(`${path}.csv`, { maxRedirects: 0 });
        expect(file.status(), `${caller} at ${path}.csv`).toBe(404);
        expect(await file.text()).not.toContain('@');
      }
      expect((await browser.request.get(`/company/${caller === ANNA ? OFFSHORE : BRUGGENBOUW}/users.csv`)).status(), caller).toBe(404);
    }
    for (const path of [historyPath(), ALL, usersPath()]) {
      const answer = await request.get(`${path}.csv?period=all`, { maxRedirects: 0 });
      expect(answer.status(), path).toBe(303);
      expect(answer.headers().location, 'and then to the page that has the link').toBe(`/login?next=${path}%3Fperiod%3Dall`);
    }
    await enter(page, CARLA, '/company/10001');
    await expect(page.getByRole('link', { name: 'History' })).toHaveCount(0);
    for (const number of ['abc', '-1', '99999999999999999999', '1%2F..']) {
      expect((await page.request.get(`/company/${number}/history.csv`)).status(), number).toBe(404);
    }
  });

  test('H1: staff read everybody\'s', async ({ page, visit }) => {
    const [anna, eva] = [newPerson(), newPerson('noordzee.example')];
    const administrator = await visit();
    await enter(administrator, ANNA);
    await addUser(administrator, anna);
    const other = await visit();
    await enter(other, EVA);
    await addUser(other, eva, 10003);

    await enter(page, STAFF, '/provider');
    await at(page, DESK);
    await page.getByRole('navigation', { name: 'Provider' }).getByRole('link', { name: 'History' }).click();
    await at(page, ALL);
    for (const person of [anna, eva]) {
      await filter(page, { person: person.username });
      await expect(rows(page)).toHaveCount(1);
      await expect(rows(page)).toContainText('User added');
    }
    const { file, lines } = await download(page);
    expect(file).toMatch(/^history-\d{4}-\d\d-\d\d\.csv$/);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(eva.username);
  });

  test('the file holds what the filter finds, with a mark and a header, and nothing that runs', async ({ page }) => {
    const tag = mark();
    const people = [`=1+1 ${tag}`, `+31 ${tag}`, `-1 ${tag}`, `@SUM(A1) ${tag}`, `Vries, "de" ${tag}`]
      .map((name, nth) => ({ name, username: `${tag}.${nth}@vandijk.example` }));
    await enter(page, ANNA);
    for (const person of people) await addUser(page, person);
    await go(page, historyPath());
    await filter(page, { person: tag });
    await expect(rows(page)).toHaveCount(people.length);

    const { file, text, lines } = await download(page);
    expect(file).toMatch(/^history-10001-\d{4}-\d\d-\d\d\.csv$/);
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(lines[0]).toEqual(['When', 'Who', 'Who (username)', 'What', 'On whom', 'On whom (username)', 'From', 'Company']);
    expect(lines).toHaveLength(1 + people.length);
    const [when, ...rest] = lines.find((cells) => cells.includes(people[0].username))!;
    expect(when).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
    expect(rest).toEqual(['Anna de Vries', ANNA, 'User added (User)', `'=1+1 ${tag}`, people[0].username, '127.0.0.1', '10001']);
    expect(lines.map((cells) => cells[4]).sort()).toEqual(
      ['On whom', `'=1+1 ${tag}`, `'+31 ${tag}`, `'-1 ${tag}`, `'@SUM(A1) ${tag}`, `Vries, "de" ${tag}`].sort(),
    );

    const users = await page.request.get(`${usersPath()}.csv?search=${tag}`);
    expect(users.headers()['content-type']).toBe('text/csv; charset=utf-8');
    expect(users.headers()['content-disposition']).toMatch(/^attachment; filename="users-10001-\d{4}-\d\d-\d\d\.csv"$/);
    expect(users.headers()['cache-control']).toContain('no-store');
    const found = parse(await users.text());
    expect(found[0]).toEqual(
      ['Status', 'Until or since', 'Username', 'Name', 'Role', 'Telephone number', 'Country', 'Added', 'Registered', 'Licences'],
    );
    expect(found).toHaveLength(1 + people.length);
    const formula = found.find((cells) => cells.includes(people[0].username))!;
    expect([formula[0], ...formula.slice(2, 7), formula[8]]).toEqual(
      ['Registration requested', people[0].username, `'=1+1 ${tag}`, 'User', '', 'Netherlands', ''],
    );
    expect(formula[1]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
  });

  test('U4: the file of the users is that of the list: filtered and in its order', async ({ page }) => {
    await enter(page, ANNA);
    const file = parse(await (await page.request.get(`${usersPath()}.csv?status=blocked&sort=-name`)).text()).slice(1);
    const names = file.map((cells) => cells[3]);
    expect(names.length).toBeGreaterThan(1);
    expect(new Set(file.map((cells) => cells[0]))).toEqual(new Set(['Blocked']));
    expect(names).toEqual([...names].sort().reverse());
    const all = parse(await (await page.request.get(`${usersPath()}.csv`)).text()).slice(1);
    expect(all.length, 'all pages').toBeGreaterThan(35);
  });
});

test('H1: an administrator\'s open page follows', async ({ page, visit }) => {
  const person = newPerson();
  await enter(page, BRAM, `${historyPath()}?person=${person.username}`);
  await expect(rows(page)).toHaveCount(0);
  await page.evaluate(() => Object.assign(window, { stillThere: true }));
  const colleague = await visit();
  await enter(colleague, ANNA);
  await addUser(colleague, person);
  await expect(rows(page)).toContainText('User added', { timeout: 5_000 });
  expect(await page.evaluate(() => 'stillThere' in window)).toBe(true);
});

test('what somebody typed into the filter survives a change by somebody else', async ({ page, visit }) => {
  await enter(page, BRAM, historyPath());
  await field(page, 'person').fill('half a na');
  const before = await rows(page).first().innerText();
  const colleague = await visit();
  await enter(colleague, ANNA);
  await addUser(colleague, newPerson());
  await expect.poll(() => rows(page).first().innerText()).not.toBe(before);
  await expect(field(page, 'person')).toHaveValue('half a na');
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  withAndWithoutScript(() => {
    test('page, empty page and file', async ({ page, context, baseURL }) => {
      await context.addCookies([{ name: 'language', value: 'nl', url: baseURL }]);
      await enter(page, ANNA, `${historyPath()}?period=all`);
      await expect(heading(page)).toHaveText('Geschiedenis');
      const english = /^(When|Who|What|On whom|From|Export CSV|Show|History|Person|Period)$/;
      for (const role of ['columnheader', 'link', 'button', 'heading', 'combobox', 'searchbox'] as const) {
        await expect(page.getByRole(role, { name: english })).toHaveCount(0);
      }
      const { file, lines } = await download(page, 'CSV exporteren');
      expect(file).toMatch(/^geschiedenis-10001-/);
      expect(lines[0]).toEqual(['Wanneer', 'Wie', 'Wie (gebruikersnaam)', 'Wat', 'Bij wie', 'Bij wie (gebruikersnaam)', 'Netwerkadres', 'Bedrijf']);
      expect(lines.length).toBeGreaterThan(50);
      await go(page, `${historyPath()}?person=${mark()}`);
      await expect(page.getByRole('main')).toContainText('Er is niets gedaan');
    });
  });
});

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    const places: [string, (page: Page) => Promise<void>][] = [
      ['History', (page) => enter(page, ANNA, `${historyPath()}?period=all`)],
      ['History, empty', (page) => enter(page, ANNA, `${historyPath()}?person=nobody-at-all`)],
      ['everybody\'s History', (page) => enter(page, STAFF, ALL)],
    ];
    for (const [name, open] of places) {
      test(`axe finds nothing, and nothing scrolls sideways: ${name}, ${language}`, async ({ page, context, baseURL }) => {
        await context.addCookies([{ name: 'language', value: language, url: baseURL }]);
        await open(page);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await axe(page);
        for (const width of [320, 360, 768, 1440, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
          await photograph(page, `${name} ${language} ${width}`);
        }
      });
    }
  }
});

import type { Page } from '@playwright/test';
import { ANNA, BRAM, CARLA, mark, newPerson, type Person } from '../support/people.ts';
import { expectRefused } from '../support/refusals.ts';
import {
  HOME, accountMenu, addUser, at, complete, enter, field, fillUser, go, openUser, readForm, row, searchUsers, signIn, userRows,
  usersPath,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const NEW = `${usersPath()}/new`;

withAndWithoutScript(() => {
  test('the whole journey', { tag: '@both' }, async ({ page, visit, mail, request }) => {
    const person = newPerson();
    await signIn(page, ANNA);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My company' }).click();
    await at(page, /^\/company\/10001\/\w+$/);
    await page.getByRole('navigation', { name: 'My company' }).getByRole('link', { name: 'Users' }).click();
    await at(page, usersPath());
    await page.getByRole('link', { name: 'Add user' }).click();
    await at(page, NEW);
    await page.getByLabel('Username', { exact: true }).fill(person.username);
    await page.getByLabel('Name', { exact: true }).fill(person.name);
    await page.getByRole('button', { name: 'Save user', exact: true }).click();
    await at(page, /\/users(\/(?!new$)[^/]+)?$/);
    await searchUsers(page, person.username);
    await expect(row(page, person.username)).toContainText('Registration requested');

    const { link } = await mail.waitFor({ to: person.username });
    expect(new URL(link).pathname).toMatch(/^\/register\/complete\/[\w-]{20,}$/);
    for (let scan = 1; scan <= 2; scan++) expect((await request.get(link)).status()).toBe(200);
    await request.head(link);
    const newcomer = await visit();
    await complete(newcomer, link);
    await at(newcomer, '/company/10001');
    await expect(accountMenu(newcomer, person.name)).toBeVisible();

    await searchUsers(page, person.username);
    await expect(row(page, person.username)).toContainText('No active licence');
  });

  test('U1: the page to add a user has the names that people and manuals know', { tag: '@once' }, async ({ page }) => {
    await enter(page, ANNA, NEW);
    const names = { Role: 'role', Username: 'username', Name: 'name', Country: 'country', Blocked: 'blocked',
      'Send emails to company administrator': 'mail_to_administrators', 'Add licence': 'licence' };
    for (const [label, name] of Object.entries(names)) {
      await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('name', name);
    }
    await expect(page.getByLabel(/^Telephone number/)).toHaveAttribute('name', 'phone');
    await expect(page.getByLabel('Role', { exact: true }).locator('option')).toHaveText(['User', 'Administrator']);
    await expect(page.getByRole('button', { name: 'Save user', exact: true })).toBeVisible();
  });

  test('U2, U4: the page of a user shows what was filled in, the status and until when', async ({ page, mail }) => {
    const person = newPerson();
    await enter(page, ANNA, NEW);
    await field(page, 'role').selectOption({ label: 'Administrator' });
    await field(page, 'phone').fill('+31 20 123 45 67');
    await fillUser(page, person);
    await at(page, /\/users(\/(?!new$)[^/]+)?$/);
    await mail.waitFor({ to: person.username });
    await searchUsers(page, person.username);
    await expect(row(page, person.username)).toContainText('Administrator');
    await openUser(page, person.username);
    const main = page.getByRole('main');
    await expect(main).toContainText('Registration requested');
    const until = new Date((await main.locator('time').first().getAttribute('datetime'))!);
    const days = (until.getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(26);
    expect(days).toBeLessThan(33);
    await expect(main.getByRole('button', { name: 'Resend email' })).toBeVisible();
  });

  test('U3: mail for somebody whose mail goes to the administrators', async ({ page, mail }) => {
    const person = newPerson();
    await enter(page, ANNA, NEW);
    await field(page, 'mail_to_administrators').check();
    await fillUser(page, person);
    await at(page, /\/users(\/(?!new$)[^/]+)?$/);
    const before = new RegExp(person.username.split('@')[0]);
    await expect.poll(async () => (await mail.all(ANNA)).some(({ text }) => before.test(text))).toBe(true);
    await expect.poll(async () => (await mail.all(BRAM)).some(({ text }) => before.test(text))).toBe(true);
    expect(await mail.all(person.username)).toEqual([]);
  });

  for (const status of ['Blocked', 'Registration expired', 'Registration requested', 'No active licence']) {
    test(`U4: the list filters by ${status}`, async ({ page }) => {
      await enter(page, ANNA, usersPath());
      await page.getByRole('main').getByRole('combobox', { name: 'Status' }).selectOption({ label: status });
      await page.getByRole('main').getByRole('searchbox').press('Enter');
      await expect(userRows(page).filter({ hasNotText: status })).toHaveCount(0);
      await expect(userRows(page).first()).toBeVisible();
    });
  }

  for (const [language, words, column] of [['en', 'Sort by', 'Name'], ['nl', 'Sorteren op', 'Naam']]) {
    test(`U4: a phone has no columns, and says by what it sorts: ${language}`, { tag: '@once' }, async ({ page, baseURL }) => {
      const head = page.getByRole('main').locator('thead tr');
      const said = () => head.evaluate((row) => (getComputedStyle(row, '::before').content === 'none' ? null : row.getAttribute('data-label')));
      await enter(page, ANNA);
      await page.context().addCookies([{ name: 'language', value: language, url: baseURL }]);
      await go(page, usersPath());
      expect(await said(), 'where there are columns they need no words').toBeNull();
      for (const width of [320, 390]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await said()).toBe(words);
      }
      const first = userRows(page).first().getByRole('rowheader');
      const before = await first.innerText();
      await head.getByRole('link', { name: column, exact: true }).click();
      await expect(page).toHaveURL(/sort=%2Dname/);
      await expect(first).not.toHaveText(before);
    });
  }

  const bad: [string, string, (tag: string) => Person][] = [
    ['not an address', 'username', (tag) => ({ username: tag, name: 'Fleur' })],
    ['nothing before the @', 'username', (tag) => ({ username: '@vandijk.example', name: `Fleur ${tag}` })],
    ['two addresses', 'username', (tag) => ({ username: `${tag}@vandijk.example, b@vandijk.example`, name: 'Fleur' })],
    ['a name before the address', 'username', (tag) => ({ username: `Fleur <${tag}@vandijk.example>`, name: 'Fleur' })],
    ['300 characters', 'username', (tag) => ({ username: `${tag.padEnd(300, 'x')}@vandijk.example`, name: 'Fleur' })],
    ['a control character', 'username', (tag) => ({ username: `${tag}\u0007@vandijk.example`, name: 'Fleur' })],
    ['a foreign domain', 'username', (tag) => ({ username: `${tag}@elders.example`, name: 'Fleur' })],
    ['a domain that only begins so', 'username', (tag) => ({ username: `${tag}@vandijk.example.evil.example`, name: 'Fleur' })],
    ['a domain that only ends so', 'username', (tag) => ({ username: `${tag}@niet-vandijk.example`, name: 'Fleur' })],
    ['a subdomain', 'username', (tag) => ({ username: `${tag}@it.vandijk.example`, name: 'Fleur' })],
    ['an encoded word', 'username', (tag) => ({ username: `=?utf-8?q?${tag}?=@vandijk.example`, name: 'Fleur' })],
    ['an empty username', 'username', (tag) => ({ username: '', name: `Fleur ${tag}` })],
    ['an empty name', 'name', (tag) => ({ username: `${tag}@vandijk.example`, name: '' })],
    ['only spaces as a name', 'name', (tag) => ({ username: `${tag}@vandijk.example`, name: '   ' })],
    ['a name of 300 characters', 'name', (tag) => ({ username: `${tag}@vandijk.example`, name: 'Fleur '.repeat(50) })],
  ];
  test('U1: refused: what is no address in one of the domains, and what is no name', { tag: '@once' }, async ({ page, mail, problems }) => {
    test.slow();
    problems.allow(REFUSAL);
    await enter(page, ANNA);
    for (const [what, where, make] of bad) {
      await test.step(what, async () => {
        const tag = mark();
        const person = make(tag);
        await go(page, NEW);
        await field(page, 'phone').fill('020 123 45 67');
        await fillUser(page, person);
        await expectRefused(page, where);
        await expectKept(page, person);
        await searchUsers(page, tag);
        await expect(userRows(page)).toHaveCount(0);
        expect(await mail.all(tag)).toEqual([]);
      });
    }
  });

  test('U1: refused: somebody who is in the company already', async ({ page, problems }) => {
    problems.allow(REFUSAL);
    await enter(page, ANNA, NEW);
    await fillUser(page, { username: CARLA, name: 'Carla' });
    await expectRefused(page, 'username');
    await searchUsers(page, CARLA);
    await expect(userRows(page)).toHaveCount(1);
  });

  test('U1: capitals and spaces around are accepted, and stored in lower case', async ({ page, mail }) => {
    const person = newPerson();
    await enter(page, ANNA);
    await addUser(page, { username: ` ${person.username.toUpperCase()} `, name: person.name });
    await searchUsers(page, person.username);
    await expect(row(page, person.username)).toHaveCount(1);
    expect((await mail.waitFor({ to: person.username })).to.join()).toContain(person.username);
  });

  test('a name with a script in it is refused or shown as text, in the list, on the page and in the letter', async ({
    page, mail, problems,
  }) => {
    problems.allow(REFUSAL);
    const { username, name } = newPerson();
    const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)> ${name}`;
    await enter(page, ANNA, NEW);
    await fillUser(page, { username, name: hostile });
    const refused = page.getByRole('main').getByRole('alert');
    await expect.poll(async () => !page.url().includes('/new') || (await refused.count()) > 0).toBe(true);
    const added = !page.url().includes('/new');
    await searchUsers(page, username);
    await expect(userRows(page)).toHaveCount(added ? 1 : 0);
    if (!added) return;
    await expect(row(page, username)).toContainText('<script>alert(1)</script>');
    await openUser(page, username);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('<script>alert(1)</script>');
    const letter = await mail.waitFor({ to: username });
    expect(letter.html).not.toMatch(/<script>alert|<img src=x/);
    expect(letter.subject).toMatch(/^[^\r\n]+$/);
  });

  test('a name with line breaks, sent by hand, adds no header and no reader', { tag: '@once' }, async ({ page, mail, baseURL }) => {
    const { username, name } = newPerson();
    const evil = `${mark()}@evil.example`;
    await enter(page, ANNA, NEW);
    const form = await readForm(page, 'username');
    const fields = { ...form.fields, username, name: `${name}\r\nBcc: ${evil}\r\n\r\n<b>Body</b>` };
    await page.request.post(form.action, { form: fields, headers: { Origin: baseURL! }, maxRedirects: 0 });
    await searchUsers(page, username);
    await expect(userRows(page)).toHaveCount(0);
    expect(await mail.all(evil)).toEqual([]);
    expect(await mail.all(username)).toEqual([]);
  });

  test('a user who is no administrator has no way in', async ({ page, problems }) => {
    problems.allow(REFUSAL);
    await enter(page, CARLA, '/company/10001');
    const main = page.getByRole('navigation', { name: 'Main' });
    await expect(main.getByRole('link', { name: 'Home' })).toBeVisible();
    await expect(main.getByRole('link', { name: 'My company' })).toHaveCount(0);
    for (const path of [usersPath(), NEW]) {
      const answer = await go(page, path);
      expect([403, 404]).toContain(answer?.status());
      expect(await answer?.text()).not.toContain(BRAM);
    }
  });
});

async function expectKept(page: Page, { username, name }: Person) {
  const visible = (text: string) => text.replace(/\p{Cc}/gu, '').trim();
  await expect.poll(async () => visible(await field(page, 'username').inputValue())).toBe(visible(username));
  await expect.poll(async () => visible(await field(page, 'name').inputValue())).toBe(visible(name));
  await expect(field(page, 'phone')).toHaveValue('020 123 45 67');
}

test('a colleague\'s open page shows the newcomer, and then the new status, without a reload', { tag: '@both' }, async ({ page, visit, mail }) => {
  const person = newPerson();
  const colleague = await visit();
  await enter(colleague, BRAM);
  await searchUsers(colleague, person.username);
  await expect(userRows(colleague)).toHaveCount(0);
  await colleague.evaluate(() => Object.assign(window, { stillThere: true }));

  await enter(page, ANNA);
  await addUser(page, person);
  await expect(row(colleague, person.username)).toContainText('Registration requested', { timeout: 5_000 });

  const { link } = await mail.waitFor({ to: person.username });
  const newcomer = await visit();
  await complete(newcomer, link);
  await expect(row(colleague, person.username)).toContainText('No active licence', { timeout: 5_000 });
  expect(await colleague.evaluate(() => 'stillThere' in window)).toBe(true);
});

test('the program ends in time though a live page is open', async ({ freshBalie, visit, problems }) => {
  problems.allow(/ERR_|Failed to fetch|NetworkError/);
  const server = await freshBalie();
  const page = await visit({ server });
  await enter(page, ANNA, usersPath());
  await expect(userRows(page).first()).toBeVisible();
  await server.stop();
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('the whole journey', { tag: '@both' }, async ({ page, visit, mail, problems }) => {
      problems.allow(REFUSAL);
      const person = newPerson();
      const english = /^(Sign in|Save user|Complete registration|Add user|Resend email|My company|Users)$/;
      const allDutch = async (of: Page) => {
        await expect(of.locator('html')).toHaveAttribute('lang', 'nl');
        await expect(of.getByRole('button', { name: english })).toHaveCount(0);
        await expect(of.getByRole('link', { name: english })).toHaveCount(0);
        await expect(of.getByRole('main')).not.toContainText(/Registration requested|No active licence|Password requirements/);
      };
      await enter(page, ANNA, usersPath());
      await allDutch(page);
      await page.getByRole('main').locator(`a[href$="${NEW}"]`).first().click();
      await at(page, NEW);
      await allDutch(page);
      await fillUser(page, { ...person, username: 'geen adres' });
      await expectRefused(page, 'username');
      await allDutch(page);
      await addUser(page, person);
      await openUser(page, person.username);
      await allDutch(page);

      const { link } = await mail.waitFor({ to: person.username });
      const newcomer = await visit({ locale: 'nl-NL' });
      await go(newcomer, link);
      await allDutch(newcomer);
      await complete(newcomer, link);
      await at(newcomer, HOME);
      await allDutch(newcomer);
    });
  });
});

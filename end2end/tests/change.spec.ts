import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { axe, expectNoSidewaysScroll } from '../support/look.ts';
import { ANNA, BRAM, DIRK, EVA, OFFSHORE, mark, newPerson, type Person } from '../support/people.ts';
import { freePort } from '../support/program.ts';
import { Sender, addMany } from '../support/sender.ts';
import { MailServer } from '../support/smtp.ts';
import {
  HOME, addUser, at, complete, enter, expectNotReloaded, field, go, heading, leaveMark, openUser, row, said, searchUsers, signIn, userRows,
  usersPath,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const main = (page: Page) => page.getByRole('main');
const saveUser = (page: Page) => main(page).getByRole('button', { name: 'Save user', exact: true }).click();

/** Some people whose names share a mark. */
async function addSome(page: Page, count: number) {
  const tag = mark();
  const people: Person[] = [];
  for (let number = 1; number <= count; number++) {
    const person = { username: `${tag}${number}@vandijk.example`, name: `Fleur ${tag} ${number}` };
    await addUser(page, person);
    people.push(person);
  }
  return { tag, people };
}

/** Ticks a row's box. */
const tick = (page: Page, person: Person) => row(page, person.username).getByRole('checkbox').check();

/** Presses a button of the bar, and the one of the question if it asks one. */
async function withChosen(page: Page, button: string, answer?: RegExp) {
  const bar = page.getByRole('region', { name: 'Selection' });
  await bar.getByRole('button', { name: button, exact: true }).click();
  if (answer) await page.getByRole('dialog').getByRole('button', { name: answer }).click();
}

/** How far the mail is that was sent again. */
const mailAgain = (page: Page, name = 'The mail') => main(page).getByRole('region', { name, exact: true });
const progress = (page: Page, name?: string) => mailAgain(page, name).getByRole('progressbar');

withAndWithoutScript((script) => {
  test('U5, U7: role, name, telephone number and mail are changed and stay changed', { tag: '@both' }, async ({ page, invite }) => {
    const person = await invite();
    await enter(page, ANNA);
    await openUser(page, person.username);
    if (script) await expect(main(page), 'whoever comes to another page comes with the focus').toBeFocused();
    await field(page, 'role').selectOption({ label: 'Administrator' });
    await page.getByLabel('Name', { exact: true }).fill(`${person.name} Visser`);
    await page.getByLabel(/^Telephone number/).fill('+31 10 765 43 21');
    await page.getByLabel('Send emails to company administrator', { exact: true }).check();
    await saveUser(page);
    await expect(main(page)).toContainText('The changes have been saved.');
    if (script) await expect(said(page, 'The changes have been saved.'), 'the form is another one').toBeFocused();
    await go(page, page.url());
    await expect(heading(page)).toContainText(`${person.name} Visser`);
    await expect(field(page, 'role').first()).toHaveValue('administrator');
    await expect(page.getByLabel(/^Telephone number/)).toHaveValue('+31 10 765 43 21');
    await expect(page.getByLabel('Send emails to company administrator', { exact: true })).toBeChecked();
    await searchUsers(page, `${person.name} Visser`);
    await expect(row(page, person.username)).toContainText('Administrator');
  });

  test('U5: what a colleague has changed meanwhile is shown, and not taken back', async ({ page, visit, invite, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    const phone = page.getByLabel(/^Telephone number/);
    await enter(page, ANNA);
    await openUser(page, person.username);
    await phone.fill('+31 10 765 43 21');
    const other = await visit();
    await enter(other, BRAM);
    await openUser(other, person.username);
    await other.getByLabel('Blocked', { exact: true }).check();
    await saveUser(other);
    await expect(main(other)).toContainText('The changes have been saved.');
    if (script) await expect(main(page).getByRole('alert')).toContainText('Somebody else changed this in the meantime.');
    await expect(phone).toHaveValue('+31 10 765 43 21');
    await saveUser(page);
    await expect(page.locator('.error-summary')).toContainText('Somebody else changed this in the meantime.');
    await expect(phone).toHaveValue('');
    await expect(page.getByLabel('Blocked', { exact: true })).toBeChecked();
    await phone.fill('+31 10 765 43 21');
    await saveUser(page);
    await expect(main(page)).toContainText('The changes have been saved.');
    await expect(page.getByLabel('Blocked', { exact: true })).toBeChecked();
  });

  test('U5: what is wrong is said at its field, and what was filled in stays', { tag: '@once' }, async ({ page, invite, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    await enter(page, ANNA);
    await openUser(page, person.username);
    await page.getByLabel('Name', { exact: true }).fill('');
    await page.getByLabel(/^Telephone number/).fill('call me');
    await saveUser(page);
    await expect(main(page).getByRole('alert').or(page.locator('.error-summary'))).toContainText('Enter a name');
    await expect(page.getByLabel(/^Telephone number/)).toHaveValue('call me');
    await expect(page.getByLabel(/^Telephone number/)).toHaveAttribute('aria-invalid', 'true');
    await expect(page).toHaveTitle(/^Error: /);
  });

  test('U5, A7: whoever is blocked is out at once, and in again when unblocked', { tag: '@both' }, async ({ page, invite, visit }) => {
    const person = await invite();
    const colleague = await visit();
    await complete(colleague, person.link);
    await enter(page, ANNA);
    await openUser(page, person.username);
    await page.getByLabel('Blocked', { exact: true }).check();
    await saveUser(page);
    await expect(main(page)).toContainText('The changes have been saved.');
    await expect(heading(page).locator('..')).toContainText('Blocked');
    if (script) await at(colleague, '/login');
    else {
      await go(colleague, '/');
      await at(colleague, '/login');
    }
    await page.getByLabel('Blocked', { exact: true }).uncheck();
    await saveUser(page);
    await expect(heading(page).locator('..')).toContainText('No active licence');
    await signIn(colleague, person.username, 'Gele-Trein-Wolken-58');
    await at(colleague, HOME);
  });

  test('U2, A6: blocking withdraws the link in the mail, unblocking sends another', async ({ page, invite, visit, mail, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    await enter(page, ANNA);
    await openUser(page, person.username);
    await page.getByLabel('Blocked', { exact: true }).check();
    await saveUser(page);
    await expect(heading(page).locator('..')).toContainText('Blocked');
    const stranger = await visit();
    await go(stranger, person.link);
    await expect(heading(stranger)).toHaveText('This link has been withdrawn');
    await page.getByLabel('Blocked', { exact: true }).uncheck();
    await saveUser(page);
    await expect(heading(page).locator('..')).toContainText('Registration requested');
    await expect.poll(async () => (await mail.all(person.username)).length).toBe(2);
  });

  test('U5: removing asks first, and then the person is gone from the list', async ({ page, invite, visit, problems }) => {
    problems.allow(REFUSAL);
    const person = await invite();
    await enter(page, ANNA);
    await openUser(page, person.username);
    await main(page).getByRole('button', { name: 'Remove user', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await main(page).getByRole('button', { name: 'Remove user', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: `Remove ${person.name}`, exact: true }).click();
    await at(page, usersPath());
    await expect(main(page)).toContainText('One person was removed from the company.');
    await searchUsers(page, person.username);
    await expect(userRows(page)).toHaveCount(0);
    const stranger = await visit();
    await go(stranger, person.link);
    await expect(heading(stranger)).toHaveText('This link has been withdrawn');
    await addUser(page, person);
    await searchUsers(page, person.username);
    await expect(userRows(page)).toHaveCount(1);
  });

  test('U6: the last administrator can neither be demoted nor removed, and the page says the way out', async ({ page }) => {
    await enter(page, EVA);
    await openUser(page, EVA, 10003);
    await expect(page.getByLabel('Role', { exact: true })).toBeDisabled();
    await expect(main(page)).toContainText('Make somebody else administrator first.');
    await expect(main(page).getByRole('button', { name: 'Remove user' })).toHaveCount(0);
    await expect(page.getByLabel('Blocked', { exact: true })).toBeDisabled();
  });

  test('U5: several are blocked at once, and those for whom it can not be done are named', async ({ page, problems }) => {
    problems.allow(REFUSAL);
    await enter(page, ANNA);
    const { tag, people } = await addSome(page, 3);
    await openUser(page, people[0].username);
    await page.getByLabel('Blocked', { exact: true }).check();
    await saveUser(page);
    await expect(main(page)).toContainText('The changes have been saved.');
    await searchUsers(page, tag);
    for (const person of people) await tick(page, person);
    await withChosen(page, 'Resend email');
    await expect(main(page)).toContainText('Done for 2. It could not be done for 1:');
    await expect(main(page)).toContainText(`${people[0].name} (${people[0].username}): `);
    await expect(progress(page), 'of those whom it could be done for').toHaveAttribute('aria-valuetext', /^\d of 2 sent$/);
    await searchUsers(page, tag);
    for (const person of people) await tick(page, person);
    await withChosen(page, 'Block', /^Block/);
    await expect(main(page)).toContainText('3 people are blocked.');
    await searchUsers(page, tag);
    for (const person of people) await expect(row(page, person.username)).toContainText('Blocked');
  });

  test('U2: several get their mail again', async ({ page, mail }) => {
    await enter(page, ANNA);
    const { tag, people } = await addSome(page, 2);
    await searchUsers(page, tag);
    // Without JavaScript one box stands for all that the search finds.
    if (script) for (const person of people) await tick(page, person);
    else await page.getByRole('checkbox', { name: 'All 2 found', exact: true }).check();
    await withChosen(page, 'Resend email');
    await expect(main(page)).toContainText('New mails are on their way to 2 people.');
    if (script) await expect(said(page, 'New mails are on their way'), 'the bar is gone').toBeFocused();
    for (const person of people) await expect.poll(async () => (await mail.all(person.username)).length).toBe(2);
    await expect(async () => {
      if (!script) await page.reload();
      await expect(progress(page)).toHaveAttribute('aria-valuetext', '2 of 2 sent', { timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
    await expect(mailAgain(page).getByRole('status')).toHaveText('All of it has been sent.');
    await searchUsers(page, tag);
    await expect(mailAgain(page)).toHaveCount(0);
  });

  // With JavaScript the bar is not there before somebody is chosen.
  if (!script) {
    test('nobody chosen is said', { tag: '@both' }, async ({ page, problems }) => {
      problems.allow(REFUSAL);
      await enter(page, ANNA, usersPath());
      await withChosen(page, 'Resend email');
      await expect(main(page)).toContainText('Nobody is selected.');
    });
  }

  test('U4: the list as CSV holds whom the filter finds', async ({ page }) => {
    await enter(page, ANNA);
    const { tag, people } = await addSome(page, 1);
    await go(page, `${usersPath()}?sort=-name`);
    await main(page).getByRole('searchbox').fill(tag);
    await main(page).getByRole('searchbox').press('Enter');
    await expect(page).toHaveURL(new RegExp(`${tag}.*sort=-name`));
    await expect(row(page, people[0].username)).toBeVisible();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export CSV' }).click()]);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split(/\r?\n/);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(people[0].username);
    expect((await page.request.get(`${usersPath(OFFSHORE)}.csv`, { maxRedirects: 0 })).status()).toBe(404);
  });
});

test('U2: how far the mail of several is, is followed live, and heard only when all has gone', { tag: '@once' }, async ({
  freshBalie, visit,
}) => {
  test.setTimeout(150_000);
  const port = await freePort();
  const server = await freshBalie({ env: { BALIE_SMTP_URL: `smtp://127.0.0.1:${port}` } });
  const page = await visit({ server });
  await enter(page, ANNA);
  const { tag, people } = await addSome(page, 7);
  await searchUsers(page, tag);
  for (const person of people) await tick(page, person);
  await withChosen(page, 'Resend email');
  await expect(said(page, 'New mails are on their way to 7 people.')).toBeFocused();
  await expect(progress(page)).toHaveAttribute('aria-valuetext', '0 of 7 sent');
  await expect(mailAgain(page)).toContainText('0 of 7 sent');
  const status = mailAgain(page).getByRole('status');
  await expect(status).toHaveText('It is being sent. You need not wait for it.');
  await axe(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page);

  const dutch = await visit({ server, locale: 'nl-NL', javaScriptEnabled: false });
  await enter(dutch, ANNA);
  await go(dutch, page.url());
  await expect(progress(dutch, 'De mail')).toHaveAttribute('aria-valuetext', '0 van 7 verstuurd');

  await leaveMark(page);
  await status.evaluate((element) => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const hear = () => void heard.push(element.textContent ?? '');
    new MutationObserver(hear).observe(element, { childList: true, characterData: true, subtree: true });
  });
  const post = await MailServer.listen({ port });
  try {
    await expect(async () => {
      await server.clock.advance(60);
      await expect(progress(page)).toHaveAttribute('aria-valuetext', '7 of 7 sent', { timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
    await expect(status).toHaveText('All of it has been sent.');
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    expect([...new Set(heard)]).toEqual(['All of it has been sent.']);
    await expectNotReloaded(page);
    await dutch.reload();
    await expect(mailAgain(dutch, 'De mail')).toContainText('7 van 7 verstuurd');
  } finally {
    await post.close();
  }
});

test('select the page, all pages, none', async ({ freshBalie, visit, problems }) => {
  problems.allow(REFUSAL);
  const server = await freshBalie();
  await addMany(await Sender.of(server, ANNA), 20);
  const page = await visit({ server });
  await enter(page, ANNA, usersPath());
  const bar = page.getByRole('region', { name: 'Selection' });
  await page.getByRole('checkbox', { name: 'Select everybody on this page' }).check();
  await expect(bar).toContainText('50 selected');
  const all = bar.getByRole('button', { name: /^Select all \d+$/ });
  const found = Number((await all.textContent())!.match(/\d+/)![0]);
  expect(found).toBeGreaterThan(55);
  await all.click();
  await expect(bar).toContainText(`${found} selected`);
  await bar.getByRole('button', { name: 'Select none' }).click();
  await expect(bar).not.toBeVisible();

  await page.getByRole('checkbox', { name: 'Select everybody on this page' }).check();
  await bar.getByRole('button', { name: /^Select all \d+$/ }).click();
  await withChosen(page, 'Block', /^Block \d+ people$/);
  await expect(main(page)).toContainText(/Done for \d+\. It could not be done for \d+:/);
  await expect(main(page)).toContainText("You can't block or remove yourself.");
  // The question is closed, and who was refused is still ticked.
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(bar).toContainText('1 selected');
  await go(page, `${usersPath()}?status=blocked`);
  await expect(main(page)).toContainText(new RegExp(`of ${found - 1}(?!\\d)`));
});

test('what somebody types or ticked stays when a colleague changes something', async ({ page, visit, invite }) => {
  const person = await invite();
  await enter(page, ANNA);
  await openUser(page, person.username);
  await page.getByLabel('Name', { exact: true }).fill('Half a na');
  const other = await visit();
  await enter(other, BRAM);
  await addUser(other, newPerson());
  await openUser(other, person.username);
  await other.getByRole('button', { name: 'Resend email' }).click();
  await expect(main(other)).toContainText('A new mail is on its way.');
  // The page heard of it: the moment of the last mail is another look at the person.
  await page.waitForTimeout(1500);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Half a na');

  await searchUsers(page, person.username);
  await tick(page, person);
  await addUser(other, newPerson());
  await page.waitForTimeout(1500);
  await expect(row(page, person.username).getByRole('checkbox')).toBeChecked();
});

test('U6: of two administrators who demote each other at once, one is left', { tag: '@both' }, async ({ freshBalie, visit, problems }) => {
  problems.allow(REFUSAL);
  const server = await freshBalie();
  const [anna, bram] = [await visit({ server }), await visit({ server })];
  await signIn(anna, ANNA);
  await signIn(bram, BRAM);
  await openUser(anna, BRAM);
  await openUser(bram, ANNA);
  for (const page of [anna, bram]) await field(page, 'role').first().selectOption({ label: 'User' });
  await Promise.all([saveUser(anna), saveUser(bram)]);
  // One of them is a user now: their page is gone, the other's shows it.
  await expect
    .poll(async () => {
      const answers = await Promise.all([anna, bram].map((page) => page.request.get(usersPath())));
      return answers.map((answer) => answer.status()).sort().join(' ');
    })
    .toBe('200 403');
});

test('another company can neither change nor remove', async ({ page, invite, problems }) => {
  problems.allow(REFUSAL);
  const person = await invite();
  await enter(page, ANNA);
  await openUser(page, person.username);
  const id = page.url().match(/users\/([^?]+)/)![1];
  await page.context().clearCookies();
  await signIn(page, DIRK);
  for (const [deed, more] of [['save_user', { role: 'user', name: 'X', country: 'NL' }], ['remove_user', {}], ['resend_registration', {}]] as const) {
    for (const company of ['10001', '10002']) {
      const answer = await page.request.post(`/api/${deed}`, {
        headers: { 'sec-fetch-site': 'same-origin' },
        form: { company, id, ...more },
      });
      expect(answer.status(), `${deed} in ${company}`).toBe(404);
    }
  }
});

// What people do every day, without a mouse: nothing but keys moves the focus or presses anything. Other rooms have theirs beside their tests.
import type { Page } from '@playwright/test';
import { press, turnTo, typeInto } from '../support/keyboard.ts';
import { STAFF, mark, newPerson } from '../support/people.ts';
import { expectRefused, summary } from '../support/refusals.ts';
import {
  at, enter, field, heading, hydrated, offer, openRequests, ownLicences, ownRequests, requestsPath, row, rowsOf, said, usersPath,
} from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const NEWSLETTERS = '/provider/newsletter';
const NEWSLETTER = /\/provider\/newsletter\/[0-9a-f-]{36}$/;
const PERSON = /\/users\/[0-9a-f-]{36}$/;

const main = (page: Page) => page.getByRole('main');
const button = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true });
const link = (page: Page, name: string) => main(page).getByRole('link', { name, exact: true });
const bar = (page: Page) => page.getByRole('region', { name: 'Selection' });
const labelled = (page: Page, name: string) => main(page).getByLabel(name, { exact: true });

/** Another page comes with the focus: whoever goes on with Tab is at its beginning. */
async function arriveAt(page: Page, path: string | RegExp) {
  await at(page, path);
  await expect(main(page)).toBeFocused();
}

test('U1 by keyboard alone: a user is added', { tag: '@once' }, async ({ page, firm, mail }) => {
  const { number, domain, administrators: [anna], licences: [bridges] } = await firm({ users: 0 });
  const person = newPerson(domain);
  await enter(page, anna.username, usersPath(number));
  await press(page, link(page, 'Add user'));
  await arriveAt(page, `${usersPath(number)}/new`);
  await turnTo(page, labelled(page, 'Role'), 'administrator');
  await typeInto(page, labelled(page, 'Username'), person.username);
  await typeInto(page, labelled(page, 'Name'), person.name);
  await typeInto(page, labelled(page, 'Telephone number'), '010 555 01 23');
  await press(page, labelled(page, 'Blocked'), 'Space');
  await expect(labelled(page, 'Blocked')).toBeChecked();
  await page.keyboard.press('Space');
  await expect(labelled(page, 'Blocked')).not.toBeChecked();
  await turnTo(page, labelled(page, 'Add licence'), bridges.licence);
  await press(page, button(page, 'Save user'));
  await arriveAt(page, PERSON);
  await expect(said(page, `${person.name} has been added`)).toBeVisible();
  await expect(labelled(page, 'Role')).toHaveValue('administrator');
  await expect(link(page, bridges.name)).toBeVisible();
  await mail.waitFor({ to: person.username });
});

test('U1 by keyboard alone: what is wrong is said where the focus goes, and its link leads to the field', { tag: '@once' }, async ({
  page, firm, problems,
}) => {
  problems.allow(REFUSAL);
  const { number, domain, administrators: [anna] } = await firm({ users: 0, licences: [] });
  const person = newPerson(domain);
  await enter(page, anna.username, `${usersPath(number)}/new`);
  await typeInto(page, labelled(page, 'Name'), person.name);
  await page.keyboard.press('Enter');
  await expectRefused(page, 'username');
  await press(page, summary(page).getByRole('link').first());
  await expect(labelled(page, 'Username')).toBeFocused();
  await page.keyboard.type(person.username);
  await page.keyboard.press('Enter');
  await arriveAt(page, PERSON);
  await expect(heading(page)).toHaveText(person.name);
});

test('U5 by keyboard alone: a user is found, opened and edited', { tag: '@once' }, async ({ page, firm }) => {
  const { number, administrators: [anna], users: [fleur] } = await firm({ licences: [] });
  const name = `Fleur van Dam ${mark()}`;
  await enter(page, anna.username, usersPath(number));
  await typeInto(page, main(page).getByRole('searchbox'), fleur.username);
  await page.keyboard.press('Enter');
  await expect(rowsOf(page, 'Users')).toHaveCount(1);
  await press(page, link(page, fleur.name));
  await arriveAt(page, PERSON);
  await turnTo(page, labelled(page, 'Role'), 'administrator');
  await typeInto(page, labelled(page, 'Name'), name);
  await press(page, labelled(page, 'Send emails to company administrator'), 'Space');
  await press(page, button(page, 'Save user'));
  await expect(said(page, 'The changes have been saved.')).toBeFocused();
  await expect(heading(page)).toHaveText(name);
  await page.reload();
  await hydrated(page);
  await expect(labelled(page, 'Role')).toHaveValue('administrator');
  await expect(labelled(page, 'Name')).toHaveValue(name);
  await expect(labelled(page, 'Send emails to company administrator')).toBeChecked();
});

test('U5 by keyboard alone: two are ticked and blocked, after a question that is closed once', { tag: '@once' }, async ({ page, firm }) => {
  const { number, administrators: [anna], users } = await firm({ users: 3, licences: [] });
  // As the list has them.
  const [first, second, third] = [...users].sort((a, b) => (a.name < b.name ? -1 : 1));
  await enter(page, anna.username, usersPath(number));
  for (const { name } of [first, second]) {
    await press(page, main(page).getByRole('checkbox', { name: `Select ${name}`, exact: true }), 'Space');
  }
  await expect(bar(page)).toContainText('2 selected');
  const block = bar(page).getByRole('button', { name: 'Block', exact: true });
  await press(page, block);
  const question = page.getByRole('dialog', { name: 'Block the selected people?' });
  await expect(question.locator(':focus'), 'the question takes the focus').toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(block, 'and gives it back').toBeFocused();
  await page.keyboard.press('Enter');
  await press(page, question.getByRole('button', { name: 'Block 2 people', exact: true }));
  await expect(said(page, '2 people are blocked.')).toBeFocused();
  for (const { username } of [first, second]) await expect(row(page, username)).toContainText('Blocked');
  await expect(row(page, third.username)).not.toContainText('Blocked');
});

test('R1 by keyboard alone: an employee asks for a licence on Home, and an administrator accepts', { tag: '@once' }, async ({
  page, visit, firm,
}) => {
  const { number, administrators: [anna], users: [fleur], licences: [bridges] } = await firm();
  await enter(page, fleur.username, `/company/${number}`);
  await press(page, offer(page, bridges.name).getByRole('button', { name: 'Request access', exact: true }));
  const question = page.getByRole('dialog', { name: `Request access to ${bridges.name}` });
  await expect(question.locator(':focus'), 'the question takes the focus').toHaveCount(1);
  await typeInto(page, question.getByLabel('Reason', { exact: true }), 'For the tender.');
  await press(page, question.getByRole('button', { name: 'Send request', exact: true }));
  await expect(said(page, 'Your request has been sent.')).toBeFocused();
  await expect(ownRequests(page)).toContainText(bridges.name);
  await expect(ownRequests(page)).toContainText('For the tender.');

  const office = await visit();
  await enter(office, anna.username, requestsPath(number));
  await press(office, openRequests(office).getByRole('button', { name: 'Accept', exact: true }));
  await expect(openRequests(office)).toContainText('Accepted');
  await expect(ownLicences(page)).toContainText(bridges.name);
});

test('P5 by keyboard alone: staff write a newsletter and look at it', { tag: '@once' }, async ({ page }) => {
  const tag = mark();
  const preview = main(page).getByRole('region', { name: 'Preview' });
  await enter(page, STAFF, NEWSLETTERS);
  await press(page, link(page, 'New newsletter'));
  await arriveAt(page, `${NEWSLETTERS}/new`);
  await typeInto(page, field(page, 'subject_en'), `Bridges ${tag}`);
  await typeInto(page, field(page, 'text_en'), '## What is new\n\nA **bold** bridge.');
  await typeInto(page, field(page, 'subject_nl'), `Bruggen ${tag}`);
  await typeInto(page, field(page, 'text_nl'), '## Wat is er nieuw\n\nEen **stevige** brug.');
  await press(page, button(page, 'Save'));
  await arriveAt(page, NEWSLETTER);
  await expect(said(page, 'The newsletter has been saved as a draft.')).toBeVisible();
  await typeInto(page, field(page, 'subject_en'), `Bridges anew ${tag}`);
  await press(page, button(page, 'Preview'));
  await expect(preview).toBeFocused();
  await expect(preview.getByRole('heading', { name: `Bridges anew ${tag}`, exact: true })).toBeVisible();
  await expect(preview.getByRole('heading', { name: `Bruggen ${tag}`, exact: true })).toBeVisible();
  await expect(preview.locator('strong')).toHaveText(['bold', 'stevige']);
});

import { expect, type Locator, type Page } from '@playwright/test';
import { BRUGGENBOUW, NEW_PASSWORD, PASSWORD, STAFF, type Company, type Person } from './people.ts';
import { visitOf } from './watch.ts';

export const field = (page: Page, name: string) => page.locator(`[name="${name}"]`);

/** The form that holds this field; found so, it is the same in every language. */
export const formWith = (page: Page, name: string) => page.locator(`form:has([name="${name}"])`);

export const submit = (page: Page, name: string) =>
  formWith(page, name).locator('button:not([type="button"]):not([type="reset"])').click();

export async function hydrated(page: Page) {
  if (visitOf(page).script) await page.locator('html[data-hydrated="true"]').waitFor({ state: 'attached' });
}

export async function go(page: Page, path: string) {
  const answer = await page.goto(path);
  await hydrated(page);
  return answer;
}

/** Waits until this path is shown; the query is free. */
export async function at(page: Page, path: string | RegExp) {
  const fits = (url: URL) => (typeof path === 'string' ? url.pathname === path : path.test(url.pathname));
  await expect(page).toHaveURL(fits);
  await hydrated(page);
}

export const HOME = /^\/company\/\d+$/;
/** The first page of staff. */
export const DESK = '/provider/companies';

export async function fillSignIn(page: Page, username: string, password: string) {
  await putSharedSessionAside(page);
  await field(page, 'username').fill(username);
  await field(page, 'password').fill(password);
  await submit(page, 'password');
}

/** Signing in over a session ends it; those of `enter` are for later tests too. */
async function putSharedSessionAside(page: Page) {
  const shared = [...visitOf(page).server.sessions.values()].flat().map(({ value }) => value);
  for (const { name, value } of await sessionCookies(page)) {
    if (shared.includes(value)) await page.context().clearCookies({ name });
  }
}

export async function signIn(page: Page, username: string, password = PASSWORD) {
  await go(page, '/login');
  await fillSignIn(page, username, password);
  await at(page, username === STAFF ? DESK : HOME);
}

/** As `signIn`, but uses the session of an earlier test where there is one: not for tests that sign out. */
export async function enter(page: Page, username: string, path = '/') {
  const { sessions, url } = visitOf(page).server;
  // The accounts of the demo read English; in a Dutch browser another language was chosen.
  const isDutch = await page.evaluate(() => navigator.language.startsWith('nl'));
  if (isDutch) await page.context().addCookies([{ name: 'language', value: 'nl', url }]);
  const session = sessions.get(username);
  if (session) await page.context().addCookies(session);
  else {
    await signIn(page, username);
    sessions.set(username, await sessionCookies(page));
  }
  await go(page, path);
}

export const sessionCookies = async (page: Page) => (await page.context().cookies()).filter((cookie) => cookie.httpOnly);

export const accountMenu = (page: Page, name: string | RegExp) =>
  page.getByRole('banner').locator('button, summary').filter({ hasText: name });

export const SIGN_OUT = /^\s*(Sign out|Afmelden|Uitloggen)\s*$/;

export const signOutButton = (page: Page) =>
  page.getByRole('banner').locator('button, [role="menuitem"]').filter({ hasText: SIGN_OUT });

export async function signOut(page: Page) {
  await reveal(signOutButton(page));
  await signOutButton(page).click();
  await at(page, '/login');
}

/** Opens the menu that hides this control, if one does. */
export async function reveal(control: Locator) {
  await control.waitFor({ state: 'attached' });
  if (await control.isVisible()) return;
  const opener = await control.evaluate((hidden) => {
    const popover = hidden.closest('[popover]');
    if (popover) return `[popovertarget="${popover.id}"]`;
    const details = hidden.closest('details');
    if (details) return `details:nth-of-type(${[...document.querySelectorAll('details')].indexOf(details) + 1})`;
    return `[aria-controls="${hidden.parentElement?.closest('[id]')?.id}"]`;
  });
  const page = control.page();
  const nth = opener.match(/^details:nth-of-type\((\d+)\)$/);
  await (nth ? page.locator('details').nth(Number(nth[1]) - 1).locator('summary') : page.locator(opener).first()).click();
  await expect(control).toBeVisible();
}

export const usersPath = (company = BRUGGENBOUW) => `/company/${company}/users`;

export async function fillUser(page: Page, person: Person) {
  await field(page, 'username').fill(person.username);
  await field(page, 'name').fill(person.name);
  await submit(page, 'username');
}

export async function addUser(page: Page, person: Person, company = BRUGGENBOUW) {
  await go(page, `${usersPath(company)}/new`);
  await fillUser(page, person);
  await at(page, /\/users(\/(?!new$)[^/]+)?$/);
}

export const deskPath = (company: number) => `${DESK}/${company}`;

/** The fields that a company of these tests needs; self-registration is as the form begins. */
export async function fillCompany(page: Page, { name, domain }: Company, kvk = '24351714') {
  await field(page, 'company_name').fill(name);
  await field(page, 'kvk').fill(kvk);
  await field(page, 'domains').fill(domain);
}

/** Staff let people register by themselves at this company, or no longer. */
export async function allowSelfRegistration(page: Page, company: number, allow: boolean) {
  await go(page, deskPath(company));
  await field(page, 'self_registration').setChecked(allow);
  await submit(page, 'company_name');
  await expect(notice(page)).toContainText('The changes have been saved');
}

/** By staff, at the company's page. */
export async function appoint(page: Page, person: Person) {
  await field(page, 'name').fill(person.name);
  await field(page, 'email').fill(person.username);
  await submit(page, 'email');
  await expect(notice(page)).toContainText('The administrator has been appointed');
}

/** Somebody asks to register. */
export async function apply(page: Page, person: Person) {
  await go(page, '/register/apply');
  await fillApplication(page, person);
  await expect(heading(page)).toHaveText(/^(Look in your mail|Kijk in uw mail)$/);
}

export async function fillApplication(page: Page, person: Person) {
  await field(page, 'name').fill(person.name);
  await field(page, 'email').fill(person.username);
  await submit(page, 'email');
}

export async function removeUser(page: Page, person: Person) {
  await page.getByRole('main').getByRole('button', { name: 'Remove user', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: `Remove ${person.name}`, exact: true }).click();
  await at(page, /\/users$/);
}

const usersTable = (page: Page) => page.getByRole('main').getByRole('table');

/** The rows that show somebody; a row that says that nobody was found holds no address. */
export const userRows = (page: Page) => usersTable(page).getByRole('row').filter({ hasText: '@' });

export const row = (page: Page, username: string) => userRows(page).filter({ hasText: username });

/** Types into the search and waits until the URL, where filters live, holds the text. */
export async function searchUsers(page: Page, text: string, company = BRUGGENBOUW) {
  await go(page, usersPath(company));
  const search = page.getByRole('main').getByRole('searchbox');
  await search.fill(text);
  await search.press('Enter');
  await expect(page).toHaveURL((url) => [...url.searchParams.values()].includes(text));
  await hydrated(page);
}

export async function openUser(page: Page, username: string, company = BRUGGENBOUW) {
  await searchUsers(page, username, company);
  await row(page, username).locator('a[href*="/users/"]').first().click();
  await at(page, /\/users\/[^/]+$/);
}

export async function fillPassword(page: Page, password: string, repeat = password) {
  await field(page, 'new_password').fill(password);
  await field(page, 'repeat_password').fill(repeat);
  await submit(page, 'new_password');
}

export async function complete(page: Page, link: string, password = NEW_PASSWORD) {
  await go(page, link);
  await fillPassword(page, password);
  await at(page, HOME);
}

/** Switches the language or the theme in the top bar. */
export async function choose(page: Page, name: 'language' | 'theme', value: string) {
  const control = page
    .locator(`button[name="${name}"][value="${value}"]`)
    .or(page.locator(`form:has(input[type="hidden"][name="${name}"][value="${value}"]) button`))
    .first();
  await reveal(control);
  await control.click();
}

export const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** What was just done, as the page says it. */
export const notice = (page: Page) => page.getByRole('main').getByRole('status').filter({ hasText: /\w/ });

/** The form as a browser would send it, for requests made by hand. */
export async function readForm(page: Page, name: string) {
  return formWith(page, name).evaluate((form: HTMLFormElement) => ({
    action: form.getAttribute('action') ?? location.pathname,
    fields: Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, String(value)])),
  }));
}

export type Queue = 'licences' | 'documents';
export const requestsPath = (company: number, queue: Queue = 'licences') => `/company/${company}/requests/${queue}`;
export const licencesPath = (company: number, licence?: string) => `/company/${company}/licences${licence ? `/${licence}` : ''}`;
export const documentsPath = (company: number, document?: string) => `/company/${company}/documents${document ? `/${document}` : ''}`;

/** Without the heading. */
export const rowsOf = (page: Page, table: string) =>
  page.getByRole('main').getByRole('table', { name: table, exact: true }).locator('tbody').getByRole('row');

/** The requests that are listed as open, and those that are concluded. */
export const openRequests = (page: Page) => rowsOf(page, 'Open requests');
export const concluded = (page: Page) => rowsOf(page, 'Concluded requests');

/** What somebody has, and waits for, on Home and in My profile. */
export const ownLicences = (page: Page) => rowsOf(page, 'My licences');
export const ownRequests = (page: Page) => rowsOf(page, 'My open requests');

/** A licence that can be asked for, with why not where it can't. */
export const offer = (page: Page, product: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: product });

/** How many requests wait, beside *Requests* in the main navigation. */
export const openCount = (page: Page) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: 'Requests', exact: true }) }).locator('.count');

/** Opens the question behind a button, fills in the reason and sends it. */
async function sendReason(page: Page, opener: Locator, button: string, reason: string) {
  await opener.click();
  const dialog = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: button }) });
  if (reason) await dialog.getByLabel('Reason', { exact: true }).fill(reason);
  await dialog.getByRole('button', { name: button }).click();
}

/** By an employee, where the licence is on offer. */
export const requestAccess = (page: Page, product: string, reason = '') =>
  sendReason(page, offer(page, product).getByRole('button', { name: 'Request access', exact: true }), 'Send request', reason);

export const requestStandard = (page: Page, reason = '') =>
  sendReason(page, page.getByRole('main').getByRole('button', { name: 'Request standard', exact: true }), 'Send request', reason);

export const accept = (request: Locator) => request.getByRole('button', { name: 'Accept', exact: true }).click();

export const decline = (request: Locator, reason = '') =>
  sendReason(request.page(), request.getByRole('button', { name: 'Decline', exact: true }), 'Decline request', reason);

/** Where something is said of what was just done; what is ticked and what is found is said too. */
export const said = (page: Page, text: string | RegExp) => page.getByRole('main').getByRole('status').filter({ hasText: text });

/** To see later that a page was not loaded anew. */
export const leaveMark = (page: Page) => page.evaluate(() => void Object.assign(window, { stillThere: true }));
export const expectNotReloaded = async (page: Page) => expect(await page.evaluate(() => 'stillThere' in window)).toBe(true);

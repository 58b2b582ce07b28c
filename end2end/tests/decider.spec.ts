// R3: whoever asked never learns which administrator decided. The one who decides here does nothing else, so that whatever names them names the
// decider. Searched is all that the applicant can get: pages and what they load, the live stream, files, server functions, mails with their headers.
import type { Page } from '@playwright/test';
import { accountId, askFor, askForDocument, documentId, set, type Firm, type Member } from '../support/firm.ts';
import { headersOf, MailServer, type Delivery } from '../support/smtp.ts';
import {
  accept, concluded, decline, documentsPath, enter, go, licencesPath, openRequests, ownLicences, requestsPath, said, usersPath,
} from '../support/steps.ts';
import { Stream } from '../support/stream.ts';
import { expect, test } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const undo = (page: Page, of: string) => said(page, of).getByRole('button', { name: 'Undo', exact: true }).click();

/** Bodies and headers of whatever a browser gets, but the client's files. */
function listenTo(page: Page): () => Promise<string[]> {
  const coming: Promise<string>[] = [];
  page.on('response', (answer) => {
    if (/\/pkg\/|\/live$/.test(answer.url())) return;
    const text = Promise.all([answer.allHeaders(), answer.text().catch(() => '')]);
    coming.push(text.then(([headers, body]) => `${answer.url()} ${JSON.stringify(headers)} ${body}`));
  });
  return () => Promise.all(coming);
}

const wholeLetter = ({ raw, parsed }: Delivery) =>
  [...headersOf(raw), JSON.stringify([...parsed.headers]), parsed.subject, parsed.text, parsed.html, raw].join('\n');

/** Everything that can be decided is, by one person; what the applicant's open pages show is awaited. */
async function decideAll(inside: Page, own: Page, { number, licences: [bridges, refused, hidden, wanted] }: Firm) {
  await go(inside, requestsPath(number));
  const request = (product: string) => openRequests(inside).filter({ hasText: product });
  await accept(request(bridges.name));
  await expect(ownLicences(own)).toContainText(bridges.name);
  await undo(inside, 'The request has been accepted.');
  await expect(ownLicences(own)).toHaveCount(0);
  await accept(request(bridges.name));
  await expect(ownLicences(own)).toContainText(bridges.name);
  await decline(request(refused.name), 'Not this year.');
  await expect(said(inside, 'The request has been declined.')).toBeVisible();

  await go(inside, requestsPath(number, 'documents'));
  for (const [document, choice] of [[hidden.document, `Give ${hidden.name}`], [wanted.document, `to ${bridges.name}`]] as const) {
    const asked = openRequests(inside).filter({ hasText: document.number });
    const option = asked.getByRole('combobox').locator('option').filter({ hasText: choice });
    await asked.getByRole('combobox').selectOption((await option.getAttribute('value'))!);
    await accept(asked);
    await expect(asked).not.toContainText('Decline');
  }
  await expect(ownLicences(own).filter({ hasText: hidden.name })).toHaveCount(1);
}

test('R3: nothing that whoever asked can get names the one who decided', async ({ freshBalie, visit, firm, problems }) => {
  test.slow();
  problems.allow(REFUSAL);
  const post = await MailServer.listen();
  try {
    const server = await freshBalie({ env: { BALIE_SMTP_URL: post.url } });
    const office = await firm({ server, administrators: 2, licences: [{}, {}, {}, {}, { companyWide: true }] });
    const { number, administrators: [anna, decider], users: [fleur], licences } = office;
    const [bridges, refused, hidden, wanted, forAll] = licences;
    await set(office, hidden, { shown: false });
    await set(office, wanted, { shown: false });
    for (const licence of [bridges, refused, forAll]) await askFor(office, fleur, licence, 'For the tender.');
    for (const { document } of [hidden, wanted]) await askForDocument(office, fleur, document, 'For the tender.');
    const secrets = [decider.name, decider.username, decider.username.split('@')[0], await accountId(office, decider)];

    const [own, inside] = [await visit({ server }), await visit({ server })];
    const loaded = listenTo(own);
    const stream = await Stream.of(server, fleur.sender.cookie);
    await enter(own, fleur.username, `/company/${number}`);
    await enter(inside, decider.username);
    await decideAll(inside, own, office);
    const settings = { company: String(number), id: forAll.licence, company_wide: 'on', shown: 'on' };
    await decider.sender.send('save_licence_settings', settings);
    await expect(ownLicences(own).filter({ hasText: forAll.name })).toHaveCount(1);
    await confirmAll(office);

    const found: string[] = [];
    const search = (where: string, text: string) => {
      for (const secret of secrets) if (text.toLowerCase().includes(secret.toLowerCase())) found.push(`${secret} in ${where}`);
    };
    await visitAll(own, office);
    for (const text of await loaded()) search(text.slice(0, text.indexOf(' ')), text);
    search('the live stream', stream.text);
    for (const path of await everyAddress(office)) {
      const { text, headers, to } = await fleur.sender.get(path);
      search(path, [headers, to, text].join('\n'));
    }
    for (const [deed, form] of everyQuestion(office)) {
      const { text, headers } = await fleur.sender.try(deed, form);
      search(deed, `${headers}\n${text}`);
    }
    const letters = () => post.delivered.filter(({ to }) => to.includes(fleur.username));
    await expect.poll(() => letters().filter(({ parsed }) => /access to|declined|open again|available/.test(parsed.subject ?? '')).length)
      .toBeGreaterThanOrEqual(7);
    for (const letter of letters()) search(`the letter “${letter.parsed.subject}”`, wholeLetter(letter));
    for (const letter of await server.mail.all(fleur.username)) search(`/dev/mail: “${letter.subject}”`, JSON.stringify(letter));
    expect(found).toEqual([]);

    await expectFoundWhereItIs(anna, office, secrets);
    stream.close();
  } finally {
    await post.close();
  }
});

/** Staff confirm what was forwarded to them. */
async function confirmAll({ staff }: Firm) {
  const { text } = await staff.get('/provider/requests');
  const forms = /name="id"[^>]*value="([0-9a-f-]{36})"[^]*?name="product"[^>]*value="([0-9a-f-]{36})"/g;
  const waiting = new Map([...text.matchAll(forms)].map(([, id, product]) => [id, product]));
  expect(waiting.size).toBeGreaterThan(0);
  for (const [id, product] of waiting) await staff.send('conclude_standard', { id, product, confirmed: 'yes' });
}

/** By clicks, so that what pages load by themselves is there too. */
async function visitAll(own: Page, office: Firm) {
  const { number } = office;
  for (const queue of ['licences', 'documents'] as const) {
    await go(own, requestsPath(number, queue));
    await expect(concluded(own).first()).toBeVisible();
    await own.getByRole('combobox', { name: 'Period' }).selectOption({ label: 'Last year' });
    await own.getByRole('main').getByRole('button', { name: 'Show', exact: true }).click();
    await expect(own).toHaveURL(/period=year/);
    await expect(concluded(own).first()).toBeVisible();
  }
  const main = own.getByRole('navigation', { name: 'Main' });
  for (const name of ['Documents', 'Requests', 'Home']) {
    await main.getByRole('link', { name, exact: true }).click();
    await expect(own.getByRole('heading', { level: 1 })).toHaveText(name);
  }
}

async function everyAddress(office: Firm): Promise<string[]> {
  const { number, users: [fleur], licences } = office;
  const company = `/company/${number}`;
  const documents: string[] = [];
  for (const { document } of licences) {
    const id = await documentId(office, fleur, document);
    documents.push(documentsPath(number, id), `${documentsPath(number, id)}/read`);
  }
  return [
    '/', company, `${company}/general`, usersPath(number), `${usersPath(number)}.csv`, `${company}/history`, `${company}/history.csv?period=all`,
    licencesPath(number), ...licences.map(({ licence }) => licencesPath(number, licence)), requestsPath(number), requestsPath(number, 'documents'),
    `${requestsPath(number)}?period=year`, `${requestsPath(number, 'documents')}?period=year`, documentsPath(number), ...documents,
    '/profile', '/profile/password', '/profile/company', '/profile/newsletter', '/profile/sessions', '/profile/delete', '/profile/data.json', '/provider/requests', '/provider/history', '/provider/history.csv',
    '/provider/suppliers/report.csv',
  ];
}

function everyQuestion({ number, licences: [{ licence }] }: Firm): [string, Record<string, string>][] {
  const company = String(number);
  return [
    ['list_requests', { company }],
    ['list_requests', { company, 'query[queue]': 'documents', 'query[period]': 'year' }],
    ['count_requests', { company }],
    ['read_home', { company }],
    ['read_me', {}],
    ['read_mine', {}],
    ['list_licences', { company }],
    ['read_licence', { company, id: licence }],
    ['list_users', { company }],
    ['list_history', { company }],
    ['search_documents', { company }],
    ['list_standards', {}],
  ];
}

/** The search would find it: administrators read it in History. */
async function expectFoundWhereItIs({ sender }: Member, { number }: Firm, [name, username]: string[]) {
  const { text } = await sender.get(`/company/${number}/history.csv?period=all`);
  const accepted = text.split('\r\n').filter((line) => line.includes('Request accepted'));
  expect(accepted.length).toBeGreaterThan(1);
  for (const line of accepted) for (const what of [name, username]) expect(line).toContain(what);
}

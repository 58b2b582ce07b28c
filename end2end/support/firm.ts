// A company with people, licences and documents of a test's own, made by plain HTTP: nothing of the demo is needed, so that tests don't meet.
import { STAFF, mark, newCompany, newPerson, type Company, type Person } from './people.ts';
import type { Balie } from './program.ts';
import { Sender, addByHand } from './sender.ts';

export type Member = Person & { sender: Sender };
export type Document = { number: string; title: string };
export type Product = { id: string; name: string; document: Document };
export type Licence = Product & { licence: string };
export type Firm = Company & { number: number; staff: Sender; administrators: Member[]; users: Member[]; licences: Licence[] };

/** What staff agree; without a word: from 2020 on, for ever, for whoever asks. */
export type Terms = { from?: string; until?: string; seats?: number; companyWide?: boolean; external?: boolean; supplier?: string };
export type FirmOptions = { server?: Balie; administrators?: number; users?: number; licences?: Terms[] };

/** Staff add a company, and where one is named appoint its administrator, who completes the registration. */
export async function makeCompany(
  staff: Sender, { selfRegistration = true, administrator, locale }: { selfRegistration?: boolean; administrator?: Person; locale?: string } = {},
): Promise<Company & { number: number; first?: Sender }> {
  const company = newCompany();
  const open = selfRegistration ? { self_registration: 'on' } : undefined;
  const form = { company_name: company.name, kvk: '24351714', country: 'NL', domains: company.domain };
  const number = Number((await staff.send('create_company', { ...form, ...open })).match(/\/companies\/(\d+)/)![1]);
  if (!administrator) return { ...company, number };
  return { ...company, number, first: await appoint(staff, number, administrator, locale) };
}

async function appoint(staff: Sender, number: number, person: Person, locale?: string): Promise<Sender> {
  await staff.send('appoint_administrator', { number: String(number), name: person.name, email: person.username });
  return registered(staff.server, person, locale);
}

/** The first administrator is the one whom staff appoint: nobody asks for their country. */
export async function makeFirm(
  server: Balie, { administrators = 1, users = 1, licences = [{}] }: FirmOptions = {}, locale?: string,
): Promise<Firm> {
  const staff = await Sender.of(server, STAFF, locale);
  const company = await makeCompany(staff);
  const first = newPerson(company.domain);
  const anna = { ...first, sender: await appoint(staff, company.number, first, locale) };
  const add = async (role: string, count: number) => {
    const people = Array.from({ length: count }, () => newPerson(company.domain));
    for (const person of people) await addByHand(anna.sender, person, company.number, role);
    const members: Member[] = [];
    for (const person of people) members.push({ ...person, sender: await registered(server, person, locale) });
    return members;
  };
  const more = await add('administrator', administrators - 1);
  const firm = { ...company, staff, administrators: [anna, ...more], users: await add('user', users), licences: [] as Licence[] };
  for (const terms of licences) firm.licences.push(await grant(firm, await addProduct(staff, terms.supplier), terms));
  return firm;
}

async function registered(server: Balie, person: Person, locale?: string): Promise<Sender> {
  const { link } = await server.mail.waitFor({ to: person.username });
  return Sender.complete(server, person.username, link, locale);
}

/** A collection with one document. */
export async function addProduct(staff: Sender, supplier = ''): Promise<Product> {
  const tag = mark();
  const name = `Bridges ${tag}`;
  const to = await staff.send('create_product', { product_name: name, about: `Everything about bridges of ${tag}`, supplier });
  const id = to.match(/\/products\/([\w-]+)/)![1];
  const document = newDocument();
  await importDocuments(staff, id, [document]);
  return { id, name, document };
}

export function newDocument(): Document {
  const tag = mark();
  return { number: `NEN-EN ${tag}:2021`, title: `Basis of ${tag} design` };
}

export const csvOf = (documents: Document[]) =>
  ['number,title,language,status', ...documents.map(({ number, title }) => `${number},${title},en,current`)].join('\n');

export async function importDocuments(staff: Sender, product: string, documents: Document[]) {
  const { to, text } = await staff.upload(`/provider/products/${product}/upload`, 'documents.csv', csvOf(documents));
  const found = to.match(/\/imports\/([\w-]+)/)?.[1];
  if (!found) throw new Error(`the file was not taken: ${to} ${text}`);
  await staff.send('apply_import', { product, import: found });
}

export async function grant(
  { staff, number }: Pick<Firm, 'staff' | 'number'>, product: Product,
  { from = '2020-01-01', until = '2199-12-31', seats, companyWide, external }: Terms = {},
): Promise<Licence> {
  const to = await staff.send('grant_licence', {
    number: String(number), product: product.id, valid_from: from, valid_until: until, seats: seats ? String(seats) : '',
    ...(companyWide && { company_wide_permitted: 'on' }), ...(external && { external: 'on' }),
  });
  return { ...product, licence: to.match(/\/licences\/([\w-]+)/)![1] };
}

/** L3, L4, by the company's administrator. */
export const set = ({ administrators: [{ sender }], number }: Firm, { licence }: Licence, { companyWide = false, shown = true }) =>
  sender.send('save_licence_settings', {
    company: String(number), id: licence, ...(companyWide && { company_wide: 'on' }), ...(shown && { shown: 'on' }),
  });

/** R1. Answers with the request's id. */
export async function askFor({ number }: Firm, { sender }: Member, { licence }: Licence, reason = ''): Promise<string> {
  return idOf(await sender.send('ask_licence', { company: String(number), licence, reason, back: 'home' }));
}

/** R8. Answers with the request's id. */
export async function askForDocument(firm: Firm, member: Member, document: Document, reason = ''): Promise<string> {
  const id = await documentId(firm, member, document);
  return idOf(await member.sender.send('ask_standard', { company: String(firm.number), document: id, reason }));
}

const idOf = (to: string) => to.match(/[?&]id=([\w-]+)/)![1];

export const decide = ({ number }: Firm, { sender }: Member, what: 'accept' | 'decline', ids: string | string[], reason = '') =>
  sender.send('decide_requests', decision(number, what, ids, reason));

export const decision = (company: number, what: 'accept' | 'decline', ids: string | string[], reason = '') =>
  ({ company: String(company), what, 'ids[]': ids, queue: 'licences', reason });

/** L2, by the company's administrator. */
export async function give(firm: Firm, { licence }: Licence, ...members: Person[]) {
  const ids: string[] = [];
  for (const member of members) ids.push(await accountId(firm, member));
  await firm.administrators[0].sender.send('give_access', { company: String(firm.number), licence, 'ids[]': ids });
}

/** As the list of users has it. */
export async function accountId({ administrators: [{ sender }], number }: Firm, { username }: Person): Promise<string> {
  const { text } = await sender.get(`/company/${number}/users?search=${encodeURIComponent(username)}`);
  return text.match(/\/users\/([0-9a-f-]{36})/)![1];
}

/** As the search has it. */
export async function documentId({ number: company }: Firm, { sender }: Member, { number }: Document): Promise<string> {
  const { text } = await sender.get(`/company/${company}/documents?search=${encodeURIComponent(number)}`);
  return text.match(/\/documents\/(\d+)"/)![1];
}

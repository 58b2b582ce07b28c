import type { Page } from '@playwright/test';
import type { Member } from '../support/firm.ts';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { WRITERS_OWN, type Mailbox } from '../support/mail.ts';
import { ANNA, CARLA, STAFF, mark, type Person } from '../support/people.ts';
import { freePort } from '../support/program.ts';
import { expectRefused } from '../support/refusals.ts';
import { Sender } from '../support/sender.ts';
import { MailServer, headersOf } from '../support/smtp.ts';
import { at, enter, expectNotReloaded, field, go, heading, hydrated, leaveMark, rowsOf, said } from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL, visitOf } from '../support/watch.ts';

const NEWSLETTERS = '/provider/newsletter';
const NEWSLETTER = /\/provider\/newsletter\/[0-9a-f-]{36}$/;
const PROFILE = '/profile/newsletter';
const MINUTE = 60;

type Written = { subject_en: string; text_en: string; subject_nl: string; text_nl: string };
type Begun = Written & { id: string };

const main = (page: Page) => page.getByRole('main');
const button = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true });
const press = (page: Page, name: string) => button(page, name).click();
const dialog = (page: Page) => page.getByRole('dialog');
const preview = (page: Page) => main(page).getByRole('region', { name: 'Preview' });
const readers = (page: Page) => rowsOf(page, 'Who gets it');
const listed = (page: Page, subject: string) => rowsOf(page, 'Newsletters').filter({ hasText: subject });
const pathOf = ({ id }: Begun) => `${NEWSLETTERS}/${id}`;
const sentTo = (many: number) => new RegExp(`Sent on .* to ${many}$`);

function newLetter(tag = mark()): Written {
  return {
    subject_en: `Bridges ${tag}`,
    text_en: `## What is new\n\nA **bold** bridge, and [a link](${WRITERS_OWN}${tag}).`,
    subject_nl: `Bruggen ${tag}`,
    text_nl: '## Wat is er nieuw\n\nEen **stevige** brug.',
  };
}

async function write(page: Page, letter: Written) {
  for (const [name, text] of Object.entries(letter)) await field(page, name).fill(text);
}

async function begin(staff: Sender, letter = newLetter()): Promise<Begun> {
  const to = await staff.send('create_newsletter', letter);
  return { ...letter, id: to.match(/\/newsletter\/([\w-]+)/)![1] };
}

/** To the last subscriber: a page that is written while letters go may say two things at once ("What is not there yet" in ARCHITECTURE). */
async function sendOut(staff: Sender, letter = newLetter()): Promise<Begun> {
  const begun = await begin(staff, letter);
  await staff.send('send_newsletter', { id: begun.id, version: '1' });
  await expect.poll(async () => (await staff.get(pathOf(begun))).text, { timeout: 20_000 }).toMatch(/Sent on|Verstuurd op/);
  return begun;
}

/** Reads this language, and gets newsletters from now on. */
async function subscriber(member: Member, language = 'en'): Promise<Member> {
  await member.sender.send('save_profile', { name: member.name, phone: '', country: 'NL', language });
  await member.sender.send('subscribe', {});
  return member;
}

async function isSubscribed({ sender }: Pick<Member, 'sender'>): Promise<boolean> {
  const { text } = await sender.try('read_subscription', {});
  return (JSON.parse(text) as { since: unknown }).since !== null;
}

/** As the list has it; of one or nobody it says so in other words. */
async function subscribers(page: Page): Promise<number> {
  const said = main(page).getByText(/^\d+ people have subscribed\.$/);
  return Number((await said.innerText()).match(/^\d+/)![0]);
}

const linkIn = (text: string) => text.match(/https?:\/\/[^\s"<>]+\/unsubscribe\/[\w-]+/)![0];

async function unsubscribeLink(mail: Mailbox, { username }: Person, subject: string): Promise<string> {
  return linkIn((await mail.waitFor({ to: username, subject: new RegExp(subject) })).text);
}

/** As a mail provider does it (RFC 8058): no browser, no cookie, no Origin. */
const oneClick = (url: string) =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), redirect: 'manual' });

/** Where scripts run, the page follows by itself. */
async function expectSent(page: Page, many: number) {
  await expect(async () => {
    if (!visitOf(page).script) await page.reload();
    await expect(said(page, 'Sent on')).toHaveText(sentTo(many), { timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
}

withAndWithoutScript((script) => {
  test('P5: staff write, look, change and send; whoever has subscribed gets it in their own language', { tag: '@both' }, async ({ page, firm, mail }) => {
    const { users } = await firm({ users: 2, licences: [] });
    const [english, dutch] = [await subscriber(users[0]), await subscriber(users[1], 'nl')];
    const letter = newLetter();
    await enter(page, STAFF);
    await page.getByRole('navigation', { name: 'Provider' }).getByRole('link', { name: 'Newsletter', exact: true }).click();
    await at(page, NEWSLETTERS);
    await expect(heading(page)).toHaveText('Newsletter');
    const many = await subscribers(page);
    await page.getByRole('link', { name: 'New newsletter' }).click();
    await at(page, `${NEWSLETTERS}/new`);
    const labels = {
      'Subject (English)': 'subject_en', 'Text (English)': 'text_en', 'Subject (Dutch)': 'subject_nl', 'Text (Dutch)': 'text_nl',
    };
    for (const [label, name] of Object.entries(labels)) await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('name', name);
    await write(page, letter);
    await press(page, 'Save');
    await at(page, NEWSLETTER);
    await expect(said(page, 'The newsletter has been saved as a draft.')).toBeVisible();
    await expect(heading(page)).toHaveText(letter.subject_en);
    await expect(main(page).getByText('Draft', { exact: true })).toBeVisible();
    await expect(preview(page)).toHaveCount(0);

    const subject = `${letter.subject_en} anew`;
    await field(page, 'subject_en').fill(subject);
    await press(page, 'Preview');
    await expect(preview(page).getByRole('heading', { name: subject, exact: true })).toBeVisible();
    if (script) await expect(preview(page)).toBeFocused();
    await expect(preview(page).getByRole('heading', { name: letter.subject_nl, exact: true })).toBeVisible();
    await expect(preview(page).locator('strong')).toHaveText(['bold', 'stevige']);
    await expect(preview(page).getByRole('link', { name: 'a link' })).toHaveAttribute('href', /^https:\/\/provider\.example\//);
    await expect(field(page, 'text_en'), 'what was typed is still there').toHaveValue(letter.text_en);
    await expect(heading(page), 'and saved').toHaveText(subject);

    await field(page, 'text_nl').fill(`${letter.text_nl}\n\nEn meer.`);
    await press(page, 'Save');
    await expect(said(page, 'The changes have been saved.')).toBeVisible();
    if (script) await expect(said(page, 'The changes have been saved.')).toBeFocused();
    await page.reload();
    await hydrated(page);
    await expect(field(page, 'text_nl')).toHaveValue(/En meer\.$/);

    await press(page, 'Send newsletter');
    await expect(dialog(page)).toContainText(`It goes to ${many} subscribers, as mail that can't be taken back`);
    await dialog(page).getByRole('button', { name: `Send to ${many} subscribers`, exact: true }).click();
    await expect(said(page, 'The newsletter is on its way.')).toBeVisible();
    if (script) await expect(said(page, 'The newsletter is on its way.')).toBeFocused();
    await expectSent(page, many);
    await expect(main(page).getByRole('progressbar')).toHaveAttribute('aria-valuetext', `${many} of ${many} sent`);
    await expect(field(page, 'subject_en')).toHaveCount(0);
    await expect(main(page).getByRole('region', { name: 'The letter' }).locator('strong')).toHaveText(['bold', 'stevige']);
    for (const { username, name } of [english, dutch]) {
      const row = readers(page).filter({ hasText: username });
      await expect(row.getByRole('rowheader')).toHaveText(name);
      await expect(row).toContainText('Sent');
    }
    await go(page, NEWSLETTERS);
    await expect(listed(page, subject).getByRole('cell').last()).toHaveText(sentTo(many));

    const inEnglish = await mail.waitFor({ to: english.username, subject: new RegExp(subject) });
    expect(inEnglish.html).toContain('<strong>bold</strong>');
    const inDutch = await mail.waitFor({ to: dutch.username, subject: new RegExp(letter.subject_nl) });
    expect(inDutch.html).toContain('<strong>stevige</strong>');
    expect(inDutch.text).toContain('En meer.');
    for (const { text, html } of [inEnglish, inDutch]) expect(linkIn(html)).toBe(linkIn(text));
    expect(linkIn(inEnglish.text)).not.toBe(linkIn(inDutch.text));
  });

  test('P5: refused: what is missing is told at its field, and what was typed is kept', { tag: ['@once', '@both'] }, async ({ page, problems }) => {
    problems.allow(REFUSAL);
    // Longer than any cookie.
    const letter = { ...newLetter(), text_en: 'A bridge that is **bold**. '.repeat(200).trim() };
    await enter(page, STAFF, `${NEWSLETTERS}/new`);
    for (const deed of ['Save', 'Preview']) {
      await write(page, { ...letter, subject_nl: ' ', text_nl: '' });
      await press(page, deed);
      await expectRefused(page, 'subject_nl');
      await expectRefused(page, 'text_nl');
      await expect(field(page, 'subject_en')).toHaveValue(letter.subject_en);
      await expect(field(page, 'text_en')).toHaveValue(letter.text_en);
    }
    await page.getByRole('link', { name: 'Cancel' }).click();
    await at(page, NEWSLETTERS);
    await expect(listed(page, letter.subject_en)).toHaveCount(0);
  });

  test('P5: the first look at a newsletter saves it; a draft is deleted after a question', async ({ page, balie }) => {
    const staff = await Sender.of(balie, STAFF);
    const letter = newLetter();
    await enter(page, STAFF, `${NEWSLETTERS}/new`);
    await write(page, letter);
    await press(page, 'Preview');
    await at(page, NEWSLETTER);
    await expect(preview(page).getByRole('heading', { name: letter.subject_en, exact: true })).toBeVisible();
    const { pathname } = new URL(page.url());
    await press(page, 'Delete newsletter');
    await expect(dialog(page)).toContainText('What was written is lost.');
    await dialog(page).getByRole('button', { name: 'Delete for good', exact: true }).click();
    await at(page, NEWSLETTERS);
    await expect(said(page, 'The newsletter has been deleted.')).toBeVisible();
    await expect(listed(page, letter.subject_en)).toHaveCount(0);
    expect((await staff.get(pathname)).status).toBe(404);
  });

  test('A5, P5: the link of a newsletter shows; its button unsubscribes, whoever is signed in or not', async ({
    page, firm, mail, request,
  }) => {
    const { users: [member], staff } = await firm({ licences: [] });
    await subscriber(member);
    const { subject_en } = await sendOut(staff);
    const link = await unsubscribeLink(mail, member, subject_en);
    for (let scan = 1; scan <= 2; scan++) expect((await request.get(link)).status()).toBe(200);
    await go(page, `${link}?notice=done`);
    await expect(heading(page), 'what the address says must be so').toHaveText('Unsubscribe from the newsletter');
    expect(await isSubscribed(member)).toBe(true);
    await press(page, 'Unsubscribe');
    await expect(heading(page)).toHaveText('You have unsubscribed');
    if (script) await expect(main(page)).toBeFocused();
    expect(await isSubscribed(member)).toBe(false);
    await go(page, link);
    await expect(heading(page)).toHaveText('You are not subscribed');
    await expect(main(page).getByRole('button')).toHaveCount(0);

    await member.sender.send('subscribe', {});
    await enter(page, ANNA, link);
    await press(page, 'Unsubscribe');
    await expect(heading(page), 'an old newsletter\'s link, somebody else signed in').toHaveText('You have unsubscribed');
    expect(await isSubscribed(member)).toBe(false);
  });

  test('A6: a link that no newsletter has says so', { tag: '@once' }, async ({ page, problems }) => {
    problems.allow(REFUSAL);
    expect((await go(page, '/unsubscribe/nonsense'))?.status()).toBe(404);
    await expect(heading(page)).toHaveText('This link does not exist');
    await expect(main(page).getByRole('link', { name: 'Sign in' })).toBeVisible();
  });

  test('P5: who wants newsletters subscribes in My profile, and unsubscribes there', async ({ page, firm }) => {
    const { users: [member] } = await firm({ licences: [] });
    await enter(page, member.username, '/profile');
    await page.getByRole('navigation', { name: 'My profile' }).getByRole('link', { name: 'Newsletter', exact: true }).click();
    await at(page, PROFILE);
    await expect(heading(page)).toHaveText('Newsletter');
    const deeds = [
      ['Subscribe', 'You have subscribed', 'You have been subscribed since', true],
      ['Unsubscribe', 'You have unsubscribed', 'You are not subscribed.', false],
    ] as const;
    await expect(main(page)).toContainText('You are not subscribed.');
    for (const [deed, news, now, subscribed] of deeds) {
      await press(page, deed);
      await expect(said(page, news)).toBeVisible();
      if (script) await expect(said(page, news), 'the button is another one').toBeFocused();
      await expect(main(page)).toContainText(now);
      await expect(button(page, deed)).toHaveCount(0);
      expect(await isSubscribed(member)).toBe(subscribed);
    }
    await go(page, `${PROFILE}?notice=subscribed`);
    await expect(said(page, 'You have subscribed'), 'what the address says must be so').toHaveCount(0);
  });
});

test('P5: what somebody is writing stays when somebody else changes the newsletter', { tag: '@once' }, async ({ page, balie, problems }) => {
  problems.allow(REFUSAL);
  const staff = await Sender.of(balie, STAFF);
  const { id, ...letter } = await begin(staff);
  await enter(page, STAFF, pathOf({ id, ...letter }));
  await leaveMark(page);
  await field(page, 'text_en').fill('Half a sentence');
  const subject_en = `${letter.subject_en} of another`;
  await staff.send('save_newsletter', { id, version: '1', ...letter, subject_en });
  await expect(heading(page)).toHaveText(subject_en);
  await expect(field(page, 'text_en')).toHaveValue('Half a sentence');
  await expect(said(page, 'Somebody else has saved this newsletter')).toBeVisible();
  await expect(preview(page).getByRole('heading', { name: subject_en, exact: true }), 'what is stored now').toBeVisible();
  await expect(button(page, 'Send newsletter'), 'nobody sends what they have not seen').toHaveCount(0);
  await press(page, 'Save');
  await expectRefused(page);
  await expect(field(page, 'text_en')).toHaveValue('Half a sentence');
  await expectNotReloaded(page);
  await main(page).getByRole('link', { name: 'Go on with what is stored' }).click();
  await expect(field(page, 'subject_en')).toHaveValue(subject_en);
  await hydrated(page);
  await field(page, 'text_en').fill('A whole sentence.');
  await press(page, 'Save');
  await expect(said(page, 'The changes have been saved.')).toBeVisible();
  await expect(button(page, 'Send newsletter')).toBeVisible();
});

test('P5: HTML in a newsletter is text, and a picture its description', { tag: '@once' }, async ({ page, balie }) => {
  const html = '<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b';
  const text_en = `${html} [c](javascript:alert(1)) ![a picture](https://evil.example/a.png)`;
  await enter(page, STAFF, `${pathOf(await begin(await Sender.of(balie, STAFF), { ...newLetter(), text_en }))}?preview=1`);
  await expect(preview(page)).toContainText('<script>alert(1)</script>');
  await expect(preview(page)).toContainText('a picture');
  await expect(preview(page).locator('script, img, a')).toHaveCount(0);
});

test('P5: what was sent stays as it was sent', { tag: '@once' }, async ({ page, balie, firm }) => {
  const { users: [member] } = await firm({ licences: [] });
  await subscriber(member);
  const staff = await Sender.of(balie, STAFF);
  const sent = await sendOut(staff);
  const { id } = sent;
  const changed = { ...sent, version: '1', subject_en: 'Another' };
  const deeds = [['save_newsletter', changed], ['send_newsletter', { id, version: '1' }], ['delete_newsletter', { id, version: '1' }]] as const;
  for (const [deed, form] of deeds) expect((await staff.try(deed, form)).status, deed).toBe(422);
  await enter(page, STAFF, `${pathOf(sent)}?preview=1&notice=saved`);
  await expect(heading(page)).toHaveText(sent.subject_en);
  for (const name of ['Save', 'Preview', 'Send newsletter', 'Delete newsletter']) await expect(button(page, name)).toHaveCount(0);
  await expect(preview(page)).toHaveCount(0);
  await expect(said(page, 'saved')).toHaveCount(0);
  for (const nonsense of ['page=0', 'page=-1', 'page=9999999999', 'page=x']) {
    expect((await go(page, `${pathOf(sent)}?${nonsense}`))?.status(), nonsense).toBe(200);
    await expect(readers(page).filter({ hasText: member.username })).toHaveCount(1);
  }
});

test('P5, RFC 8058: one click in a mail program unsubscribes, without cookie and Origin; nothing else is done so', { tag: '@both' }, async ({
  balie, firm, mail,
}) => {
  const { users: [member, other], staff } = await firm({ users: 2, licences: [] });
  for (const one of [member, other]) await subscriber(one);
  const first = await sendOut(staff);
  const url = await unsubscribeLink(mail, member, first.subject_en);
  const { pathname } = new URL(url);
  expect((await fetch(url)).status).toBe(200);
  for (const path of ['/api/unsubscribe', '/api/unsubscribe_by_link', PROFILE, '/unsubscribe/', `${pathname}/more`]) {
    expect((await oneClick(balie.url + path)).status, path).toBe(403);
  }
  expect((await oneClick(`${balie.url}/unsubscribe/nonsense`)).status).toBe(404);
  expect(await isSubscribed(member)).toBe(true);
  for (let click = 1; click <= 2; click++) expect((await oneClick(url)).status).toBe(200);
  expect(await isSubscribed(member)).toBe(false);
  expect(await isSubscribed(other)).toBe(true);

  const second = await sendOut(staff);
  await mail.waitFor({ to: other.username, subject: new RegExp(second.subject_en) });
  const subjects = (await mail.all(member.username)).map(({ subject }) => subject);
  expect(subjects.filter((subject) => subject.includes(second.subject_en))).toEqual([]);
});

test('P5, RFC 8058: pages follow how letters wait and go; each letter says how one click unsubscribes', { tag: '@once' }, async ({
  freshBalie, visit,
}) => {
  test.setTimeout(150_000);
  const port = await freePort();
  const server = await freshBalie({ env: { BALIE_SMTP_URL: `smtp://127.0.0.1:${port}` } });
  const carla = await Sender.of(server, CARLA);
  await carla.send('subscribe', {});
  const tag = mark();
  const letter = await begin(await Sender.of(server, STAFF), newLetter(tag));
  const page = await visit({ server });
  await enter(page, STAFF, pathOf(letter));
  const list = await page.context().newPage();
  await go(list, NEWSLETTERS);
  const many = await subscribers(list);
  for (const one of [page, list]) await leaveMark(one);
  await press(page, 'Send newsletter');
  await dialog(page).getByRole('button', { name: /^Send to/ }).click();
  const waiting = `0 of ${many} sent`;
  await expect(main(page).getByRole('progressbar')).toHaveAttribute('aria-valuetext', waiting);
  await expect(listed(list, letter.subject_en)).toContainText(waiting);
  await expect(readers(page).filter({ hasText: CARLA })).toContainText('Waiting');
  await axe(page);

  const post = await MailServer.listen({ port });
  try {
    const delivered = () => post.delivered.filter(({ parsed }) => parsed.subject?.includes(tag));
    const later = async () => {
      await server.clock.advance(MINUTE);
      return delivered().length;
    };
    await expect.poll(later, { timeout: 60_000, intervals: [1_000] }).toBeGreaterThanOrEqual(many);
    await expectSent(page, many);
    await expect(listed(list, letter.subject_en).getByRole('cell').last()).toHaveText(sentTo(many));
    for (const one of [page, list]) await expectNotReloaded(one);

    const headers = headersOf(delivered().find(({ to }) => to.includes(CARLA))!.raw);
    const header = (name: string) => headers.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
    expect(header('List-Unsubscribe-Post')).toEqual(['List-Unsubscribe=One-Click']);
    const [url, ...more] = header('List-Unsubscribe').map((said) => said.match(/^<([^<>,]+)>$/)![1]);
    expect(more).toEqual([]);
    expect(url.startsWith(`${server.url}/unsubscribe/`), 'A8').toBe(true);
    expect((await oneClick(url)).status).toBe(200);
    expect(await isSubscribed({ sender: carla })).toBe(false);
  } finally {
    await post.close();
  }
});

test('P5: refused: nobody has subscribed', { tag: '@once' }, async ({ freshBalie, visit }) => {
  const server = await freshBalie();
  const staff = await Sender.of(server, STAFF);
  const tag = mark();
  const page = await visit({ server });
  await enter(page, STAFF, pathOf(await sendOut(staff, newLetter(tag))));
  await expect(said(page, 'Sent on')).toBeVisible();
  const letters = (await server.mail.all()).filter(({ subject }) => subject.includes(tag));
  for (const { text } of letters) expect((await oneClick(linkIn(text))).status).toBe(200);

  const draft = await begin(staff);
  await go(page, pathOf(draft));
  await expect(main(page).getByRole('region', { name: 'Send newsletter' })).toContainText('Nobody has subscribed to the newsletter.');
  await expect(button(page, 'Send newsletter')).toHaveCount(0);
  expect((await staff.try('send_newsletter', { id: draft.id, version: '1' })).status).toBe(422);
  await go(page, NEWSLETTERS);
  await expect(main(page)).toContainText('Nobody has subscribed.');
});

test('newsletters are staff\'s only, and a subscription is one\'s own', { tag: '@once' }, async ({ page, visit, balie, problems }) => {
  problems.allow(REFUSAL);
  const draft = await begin(await Sender.of(balie, STAFF));
  const { id } = draft;
  for (const who of [ANNA, CARLA]) {
    await enter(page, who, '/');
    for (const path of [NEWSLETTERS, `${NEWSLETTERS}/new`, pathOf(draft)]) {
      const answer = await go(page, path);
      expect(answer?.status(), path).toBe(404);
      expect(await answer?.text(), path).not.toContain(draft.subject_en);
    }
    const caller = await Sender.of(balie, who);
    for (const [deed, form] of [
      ['list_newsletters', {}], ['read_newsletter', { id }], ['create_newsletter', newLetter()], ['save_newsletter', draft],
      ['delete_newsletter', { id }], ['send_newsletter', { id }],
    ] as const) {
      expect((await caller.try(deed, form)).status, deed).toBe(404);
    }
  }
  const nobody = await visit();
  for (const path of [pathOf(draft), PROFILE]) {
    await go(nobody, path);
    await at(nobody, '/login');
  }
  await enter(page, STAFF);
  for (const none of ['abc', '00000000-0000-7000-8000-000000000000']) {
    expect((await go(page, `${NEWSLETTERS}/${none}`))?.status(), none).toBe(404);
  }
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('newsletters, a subscription, the link', async ({ page, firm, mail }) => {
      const english = new RegExp(
        '^(Newsletters?|New newsletter|Subject.*|Text.*|Save|Preview|(Send|Delete) newsletter|Send to.*|Delete for good|Cancel|Changed|'
        + 'State|Draft|Name|Username|When|Progress|How far it is|The letter|Who gets it|Subscribe|Unsubscribe.*|You (have|are).*|Sign in)$',
      );
      const allDutch = async () => {
        await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
        for (const role of ['button', 'link', 'heading', 'columnheader', 'textbox', 'region', 'table', 'progressbar'] as const) {
          await expect(page.getByRole(role, { name: english })).toHaveCount(0);
        }
      };
      const { users: [member] } = await firm({ licences: [] });
      await subscriber(member, 'nl');
      const letter = newLetter();
      await enter(page, STAFF, `${NEWSLETTERS}/new`);
      await allDutch();
      await write(page, letter);
      await press(page, 'Voorbeeld');
      await expect(main(page).getByRole('region', { name: 'Voorbeeld' })).toBeVisible();
      await allDutch();
      await press(page, 'Opslaan');
      await expect(said(page, 'De wijzigingen zijn opgeslagen.')).toBeVisible();
      await press(page, 'Nieuwsbrief versturen');
      await expect(dialog(page)).toContainText('als mail die niet kan worden teruggehaald');
      await allDutch();
      await dialog(page).getByRole('button', { name: /versturen$/ }).click();
      await expect(said(page, 'De nieuwsbrief is onderweg.')).toBeVisible();
      await allDutch();
      await go(page, NEWSLETTERS);
      await expect(main(page)).toContainText(/\d+ mensen hebben zich aangemeld\./);
      await allDutch();

      const link = await unsubscribeLink(mail, member, letter.subject_nl);
      await go(page, link);
      await allDutch();
      await press(page, 'Afmelden voor de nieuwsbrief');
      await expect(heading(page)).toHaveText('U bent afgemeld voor de nieuwsbrief');
      await allDutch();
      await go(page, PROFILE);
      await allDutch();
    });
  });
});

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: newsletters, ${language}`, async ({
      page, firm, mail, context, baseURL, problems,
    }) => {
      problems.allow(REFUSAL);
      test.slow();
      const { users: [member], staff } = await firm({ licences: [] });
      await subscriber(member);
      const long = { ...newLetter(), text_en: `# ${'Long'.repeat(40)}\n\n    ${'code '.repeat(60)}\n\n> quoted\n\n1. one\n2. two` };
      const draft = await begin(staff, long);
      const sent = await sendOut(staff);
      const link = await unsubscribeLink(mail, member, sent.subject_en);
      await context.addCookies([{ name: 'language', value: language, url: baseURL }]);
      const places = {
        Newsletters: NEWSLETTERS,
        'New newsletter': `${NEWSLETTERS}/new`,
        'a draft': pathOf(draft),
        'a preview': `${pathOf(draft)}?preview=1`,
        'a newsletter that was sent': pathOf(sent),
        'a subscription': PROFILE,
        'a link to unsubscribe': link,
        'no link': '/unsubscribe/nonsense',
      };
      for (const [name, path] of Object.entries(places)) {
        await test.step(name, async () => {
          await enter(page, STAFF, path);
          await expect(page.locator('html')).toHaveAttribute('lang', language);
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

  test('axe finds nothing: a newsletter that was refused, a question, who has unsubscribed', async ({ page, firm, mail, problems }) => {
    problems.allow(REFUSAL);
    const { users: [member], staff } = await firm({ licences: [] });
    await subscriber(member);
    await enter(page, STAFF, `${NEWSLETTERS}/new`);
    await press(page, 'Save');
    await expectRefused(page, 'text_nl');
    await axe(page);
    await go(page, pathOf(await begin(staff)));
    await press(page, 'Send newsletter');
    await expect(dialog(page)).toBeVisible();
    await axe(page);
    const { subject_en } = await sendOut(staff);
    await go(page, await unsubscribeLink(mail, member, subject_en));
    await press(page, 'Unsubscribe');
    await expect(heading(page)).toHaveText('You have unsubscribed');
    await axe(page);
  });
});

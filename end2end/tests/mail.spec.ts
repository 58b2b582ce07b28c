import { setTimeout as sleep } from 'node:timers/promises';
import { ANNA, newPerson } from '../support/people.ts';
import { freePort, type Balie } from '../support/program.ts';
import { headersOf, MailServer, type Delivery } from '../support/smtp.ts';
import { firstLink } from '../support/mail.ts';
import { addUser, at, complete, enter, field } from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';

const HOUR = 60 * 60;
const QUARTER = 15 * 60;

const lettersTo = (to: string, deliveries: Delivery[]) => deliveries.filter((delivery) => delivery.to.includes(to));

/** Moves the clock past one retry pause after another until the letter is there. */
async function arrival(server: Balie, to: string, deliveries: Delivery[]): Promise<Delivery> {
  await expect
    .poll(
      async () => {
        if (lettersTo(to, deliveries).length === 0) await server.clock.advance(QUARTER);
        return lettersTo(to, deliveries).length;
      },
      { timeout: 60_000, intervals: [1_000] },
    )
    .toBeGreaterThan(0);
  return lettersTo(to, deliveries)[0];
}

async function expectNoMore(server: Balie, to: string, deliveries: Delivery[]) {
  for (let pause = 1; pause <= 5; pause++) {
    await server.clock.advance(HOUR);
    await sleep(500);
  }
  expect(lettersTo(to, deliveries)).toHaveLength(1);
}

function expectClean({ from, to, raw, parsed }: Delivery, username: string) {
  const headers = headersOf(raw);
  for (const name of ['From', 'To', 'Subject', 'Message-ID', 'Date']) {
    const found = headers.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    expect(found, `one ${name}`).toHaveLength(1);
    expect(found[0]).toMatch(/^[\w-]+: \S[^\r\n]*$/);
  }
  expect(headers.filter((line) => /^(b?cc|reply-to|sender):/i.test(line) && /evil/.test(line))).toEqual([]);
  expect(headers.every((line) => /^[\w-]+:/.test(line)), 'each line is a header').toBe(true);
  expect(from).toMatch(/^[^\s@]+@[^\s@]+$/);
  expect(to).toEqual([username]);
  expect(parsed.messageId).toMatch(/^<[^\s<>@]+@[^\s<>@]+>$/);
  expect(parsed.subject).toMatch(/^[^\r\n]+$/);
  expect([parsed.text, parsed.html].every((part) => part && part.includes('/register/complete/'))).toBe(true);
}

test('a mail server that is down and comes back: the letter arrives, once', { tag: '@both' }, async ({ freshBalie, visit }) => {
  test.setTimeout(150_000);
  const port = await freePort();
  const server = await freshBalie({ env: { BALIE_SMTP_URL: `smtp://127.0.0.1:${port}` } });
  const person = { ...newPerson(), name: `Zoë O'Brien, Jr.` };
  const page = await visit({ server });
  await enter(page, ANNA);
  await addUser(page, person);
  await sleep(2_000);

  const post = await MailServer.listen({ port });
  try {
    const letter = await arrival(server, person.username, post.delivered);
    expectClean(letter, person.username);
    await expectNoMore(server, person.username, post.delivered);
    const newcomer = await visit({ server });
    await complete(newcomer, firstLink(letter.parsed.text ?? ''));
  } finally {
    await post.close();
  }
});

test('A5: a letter that was refused for now comes again as the same letter', async ({ freshBalie, visit }) => {
  test.setTimeout(150_000);
  const post = await MailServer.listen({ refuseFirst: Number.MAX_SAFE_INTEGER });
  try {
    const server = await freshBalie({ env: { BALIE_SMTP_URL: post.url } });
    const person = newPerson();
    const page = await visit({ server });
    await enter(page, ANNA);
    await addUser(page, person);
    const first = await arrival(server, person.username, post.refused);
    post.accept();
    const second = await arrival(server, person.username, post.delivered);
    expectClean(second, person.username);
    expect(second.parsed.messageId).toBe(first.parsed.messageId);
    expect(firstLink(second.parsed.text ?? '')).toBe(firstLink(first.parsed.text ?? ''));
    await expectNoMore(server, person.username, post.delivered);
  } finally {
    await post.close();
  }
});

test('letters that wait survive a stop, and the log holds no token', async ({ freshBalie, visit, problems }) => {
  // The open page finds nobody while the program is stopped, and tries again.
  problems.allow(/ERR_CONNECTION_REFUSED/);
  const port = await freePort();
  const server = await freshBalie({ env: { BALIE_SMTP_URL: `smtp://127.0.0.1:${port}` } });
  const page = await visit({ server });
  await enter(page, ANNA);
  const person = newPerson();
  await addUser(page, person);
  await server.restart();
  const post = await MailServer.listen({ port });
  try {
    const letter = await arrival(server, person.username, post.delivered);
    expect(server.log()).not.toContain(new URL(firstLink(letter.parsed.text ?? '')).pathname.split('/').pop()!);
  } finally {
    await post.close();
  }
});

test('A8: the link does not follow the Host of the request', async ({ page, mail, balie }) => {
  await page.setExtraHTTPHeaders({ 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' });
  await enter(page, ANNA);
  const person = newPerson();
  await addUser(page, person);
  const { text, html } = await mail.waitFor({ to: person.username });
  expect(text).toContain(`${balie.url}/register/complete/`);
  expect(text + html).not.toContain('evil.example');
});

test('the letter says who adds one, to which company, and until when', async ({ invite, mail }) => {
  const person = await invite();
  const { text, html, subject, to } = await mail.waitFor({ to: person.username });
  expect(to).toHaveLength(1);
  expect(subject.length).toBeLessThan(100);
  for (const part of [text, html]) {
    expect(part).toContain('Van Dijk Bruggenbouw');
    expect(part).toContain(person.link);
    expect(part).toMatch(/20\d\d/);
  }
  expect(text).toContain(person.name);
});

withAndWithoutScript(() => {
  test('in development the mail can be read at /dev/mail, and its link works', async ({ page, invite }) => {
    const person = await invite();
    await page.goto('/dev/mail');
    await expect(page.getByText(person.username).first()).toBeVisible();
    await page.locator(`a[href="${person.link}"]`).first().click();
    await at(page, new URL(person.link).pathname);
    await expect(field(page, 'new_password')).toBeVisible();
  });
});

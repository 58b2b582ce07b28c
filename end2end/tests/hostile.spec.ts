import type { APIResponse, Page } from '@playwright/test';
import { flood } from '../support/http.ts';
import { ANNA, BRUGGENBOUW, CARLA, DIRK, OFFSHORE, newPerson } from '../support/people.ts';
import {
  at, enter, go, heading, openUser, readForm, row, searchUsers, sessionCookies, signIn, userRows, usersPath,
} from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const NEW = `${usersPath()}/new`;
const MB = 1024 * 1024;

test.use({ javaScriptEnabled: false });

async function addByHand(page: Page, headers: Record<string, string>): Promise<{ answer: APIResponse; added: boolean }> {
  const person = newPerson();
  await go(page, NEW);
  const { action, fields } = await readForm(page, 'username');
  const form = { ...fields, ...person };
  const answer = await page.request.post(action, { form, headers, maxRedirects: 0 });
  await searchUsers(page, person.username);
  return { answer, added: (await row(page, person.username).count()) > 0 };
}

test('what changes something must come from this site', { tag: '@once' }, async ({ page, baseURL }) => {
  const other = 'https://evil.example';
  const foreign: Record<string, Record<string, string>> = {
    'no sign of where from': {},
    'another origin': { Origin: other },
    'another port': { Origin: 'http://127.0.0.1:1' },
    'an origin that begins alike': { Origin: `${baseURL}.evil.example` },
    'origin null': { Origin: 'null' },
    'a cross-site fetch': { 'Sec-Fetch-Site': 'cross-site', Origin: baseURL! },
    'a same-site fetch': { 'Sec-Fetch-Site': 'same-site', Origin: other },
    'only a Referer': { Referer: `${baseURL}${NEW}` },
  };
  await enter(page, ANNA);
  for (const [what, headers] of Object.entries(foreign)) {
    await test.step(what, async () => {
      const { answer, added } = await addByHand(page, headers);
      expect.soft(answer.status(), what).toBe(403);
      expect.soft(added, what).toBe(false);
    });
  }
  const own: Record<string, string>[] = [{ Origin: baseURL! }, { 'Sec-Fetch-Site': 'same-origin' }];
  for (const headers of own) expect((await addByHand(page, headers)).added, JSON.stringify(headers)).toBe(true);
});

test('nothing changes by GET', { tag: '@once' }, async ({ page }) => {
  const person = newPerson();
  await enter(page, ANNA, NEW);
  const { action, fields } = await readForm(page, 'username');
  const query = new URLSearchParams({ ...fields, ...person });
  const answer = await page.request.get(`${action}?${query}`, { headers: { 'Sec-Fetch-Site': 'same-origin' } });
  expect([404, 405]).toContain(answer.status());
  await searchUsers(page, person.username);
  await expect(userRows(page)).toHaveCount(0);
});

test('the development clock is not moved from another site', { tag: '@once' }, async ({ request }) => {
  for (const headers of [{}, { Origin: 'https://evil.example' }]) {
    const answer = await request.post('/dev/clock', { data: { advance_seconds: 1 }, headers: headers as Record<string, string> });
    expect(answer.status()).toBe(403);
  }
});

test('who is not signed in, or is no administrator, adds nobody by hand', async ({ page, visit, request, baseURL }) => {
  await enter(page, ANNA, NEW);
  const { action, fields } = await readForm(page, 'username');
  const user = await visit();
  await enter(user, CARLA);
  const stranger = await visit();
  await enter(stranger, DIRK);
  for (const caller of [request, user.request, stranger.request]) {
    const person = newPerson();
    await caller.post(action, { form: { ...fields, ...person }, headers: { Origin: baseURL! }, maxRedirects: 0 });
    await searchUsers(page, person.username);
    await expect(userRows(page)).toHaveCount(0);
  }
});

for (const announce of [true, false]) {
  const how = announce ? 'announced' : 'not announced';
  test(`a body of 100 MB is refused before it is read, ${how}`, { tag: '@once' }, async ({ page, request, baseURL }) => {
    await go(page, '/login');
    const { action } = await readForm(page, 'password');
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: baseURL!, 'Sec-Fetch-Site': 'same-origin' };
    const { status, sent } = await flood({ url: new URL(action, baseURL).href, bytes: 100 * MB, headers, announce });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(20 * MB);
    expect((await request.get('/readyz')).status()).toBe(200);
  });
}

test('an unknown server function tells nothing of the inside', { tag: '@once' }, async ({ request, baseURL }) => {
  const answer = await request.post('/api/no_such_function', { headers: { Origin: baseURL! }, form: {} });
  expect(answer.status()).toBe(404);
  expect(await answer.text()).not.toMatch(/server function|leptos|register_explicit|cargo|\.rs\b/i);
});

test('a text in the address is not shown as the program\'s own', { tag: '@once' }, async ({ page }) => {
  const lie = 'Your account is closed, call 0900-1234';
  await go(page, '/login');
  const { action } = await readForm(page, 'password');
  for (const error of [lie, Buffer.from(lie).toString('base64'), Buffer.from(`ServerError|${lie}`).toString('base64url')]) {
    await page.goto(`/login?${new URLSearchParams({ __path: action, __err: error })}`);
    await expect(heading(page)).toBeVisible();
    await expect(page.locator('body')).not.toContainText(lie);
  }
});

withAndWithoutScript(() => {
  test('made-up ids and other companies\' are not found, and nothing leaks', async ({ page, visit, problems }) => {
    problems.allow(REFUSAL);
    const dirk = await visit();
    await enter(dirk, DIRK);
    await openUser(dirk, DIRK, OFFSHORE);
    const id = new URL(dirk.url()).pathname.split('/').pop()!;
    const paths = [
      `/company/${OFFSHORE}`,
      `/company/${OFFSHORE}/general`,
      usersPath(OFFSHORE),
      `${usersPath(OFFSHORE)}/new`,
      `${usersPath(OFFSHORE)}/${id}`,
      `${usersPath(BRUGGENBOUW)}/${id}`,
      `${usersPath()}/00000000-0000-7000-8000-000000000000`,
      `${usersPath()}/999999999`,
      `${usersPath()}/-1`,
      `${usersPath()}/%00`,
      `${usersPath()}/1%20OR%201=1`,
      '/company/99999/users',
      '/company/0',
      '/company/abc/users',
      '/company/99999999999999999999999',
      '/nothing-here',
    ];
    await enter(page, ANNA);
    for (const path of paths) {
      await test.step(path, async () => {
        const answer = (await go(page, path))!;
        expect.soft(answer.status(), path).toBe(404);
        expect.soft(await heading(page).innerText(), path).toMatch(/not found/i);
        expect.soft(await answer.text(), path).not.toMatch(/Offshore|dirk@/i);
      });
    }
  });

  test('hostile text in the address of the list harms nothing', async ({ page, problems }) => {
    problems.allow(REFUSAL);
    await enter(page, ANNA);
    for (const text of [`'; DROP TABLE x;--`, '%', '_', '\\', '"><script>alert(1)</script>', 'x'.repeat(200), '☂']) {
      await searchUsers(page, text);
      await expect(heading(page)).toBeVisible();
      await expect(page.getByRole('main').getByRole('searchbox')).toBeVisible();
    }
    await searchUsers(page, '%');
    await expect(userRows(page), 'a wildcard is a letter like any other').toHaveCount(0);
    const known = new URL(page.url()).searchParams.keys();
    for (const key of new Set(['page', 'sort', 'status', ...known])) {
      for (const value of ['-99999999999999999999', '\u0000', '']) {
        const answer = await page.request.get(`${usersPath()}?${new URLSearchParams({ [key]: value })}`);
        expect([200, 400, 404], `${key}=${JSON.stringify(value)}`).toContain(answer.status());
      }
    }
  });
});

test('security headers on every kind of page', { tag: '@once' }, async ({ page, request, problems }) => {
  problems.allow(REFUSAL);
  await enter(page, ANNA);
  const nonces = new Set<string>();
  const paths = ['/login', '/company/10001', usersPath(), '/nothing-here', '/register/complete/x'];
  for (const path of [...paths, '/login']) {
    const headers = (await page.request.get(path)).headers();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy, path).not.toMatch(/unsafe-inline|'unsafe-eval'|unsafe-hashes/);
    expect(policy, path).toMatch(/(default|object)-src 'none'/);
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).toMatch(/base-uri '(none|self)'/);
    expect(policy, path).toMatch(/form-action '(none|self)'/);
    nonces.add(policy.match(/script-src[^;]*'nonce-([\w+/=-]{16,})'/)?.[1] ?? `no nonce on ${path}`);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toBe('same-origin');
    expect(headers, path).not.toHaveProperty('server');
  }
  expect([...nonces].filter((nonce) => nonce.startsWith('no nonce'))).toEqual([]);
  expect(nonces.size, 'a new nonce for each answer').toBe(paths.length + 1);
  const own = await page.request.get(usersPath());
  expect(own.headers()['cache-control'], 'pages of a person are not kept').toContain('no-store');
  expect((await request.get('/readyz')).headers()['x-content-type-options']).toBe('nosniff');
});

test('the session cookie is new at each sign-in and the old one is dead, and closed to scripts and other sites', async ({ page, context }) => {
  await signIn(page, ANNA);
  const [session, ...more] = await sessionCookies(page);
  expect(more).toEqual([]);
  expect(session.value.length, '256 bits').toBeGreaterThanOrEqual(43);
  expect(['Lax', 'Strict']).toContain(session.sameSite);
  expect(session.path).toBe('/');
  expect(session.domain).toBe('127.0.0.1');

  // Over the session that is there.
  await signIn(page, ANNA);
  const [next] = await sessionCookies(page);
  expect(next.value).not.toBe(session.value);
  await context.addCookies([session]);
  await go(page, '/');
  await at(page, '/login');

  await context.clearCookies();
  const planted = 'A'.repeat(session.value.length);
  await context.addCookies([{ ...session, value: planted }]);
  await signIn(page, ANNA);
  expect((await sessionCookies(page)).map(({ value }) => value)).not.toContain(planted);
});

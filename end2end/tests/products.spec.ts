import type { Page } from '@playwright/test';
import { addProduct, csvOf, importDocuments, newDocument } from '../support/firm.ts';
import { axe, expectNoSidewaysScroll, photograph } from '../support/look.ts';
import { ANNA, CARLA, STAFF, mark } from '../support/people.ts';
import { expectRefused, summary } from '../support/refusals.ts';
import { Sender } from '../support/sender.ts';
import { at, enter, field, go, heading, hydrated, notice, rowsOf, submit } from '../support/steps.ts';
import { expect, test, withAndWithoutScript } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const PRODUCTS = '/provider/products';
const SUPPLIERS = '/provider/suppliers';

const main = (page: Page) => page.getByRole('main');
const documents = (page: Page) => rowsOf(page, 'Documents');
const badLines = (page: Page) => rowsOf(page, 'Lines that can\'t be used');
const productPath = ({ id }: { id: string }) => `${PRODUCTS}/${id}`;

/** What stands beside a term. */
const fact = (page: Page, term: string) => main(page).locator('.fact').filter({ has: page.locator('dt', { hasText: term }) }).locator('dd');

async function lookAt(page: Page, content: string | number[], name = 'catalogue.csv') {
  const buffer = Buffer.from(content as string);
  await page.getByLabel('CSV file', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Look at the file', exact: true }).click();
}

/** Of a file with good and bad lines: two documents can be used, six lines can't. */
function mixed() {
  const [first, second, bad] = [newDocument(), newDocument(), newDocument()];
  const text = [
    '\uFEFFNumber;Title;Status;Language',
    `${first.number};"${first.title}; with a semicolon";current;EN`,
    ';A title alone;current;en',
    `${bad.number};  ;current;en`,
    `${bad.number};${bad.title};current;english`,
    `${bad.number};${bad.title};valid;en`,
    `${first.number.toLowerCase()};The same again;current;en`,
    `${bad.number};<script>alert(1)</script>`,
    '',
    `${second.number};${second.title};withdrawn;nl`,
    ';;;',
  ].join('\r\n');
  const problems: [line: number, problem: string][] = [
    [3, 'Number: missing'],
    [4, 'Title: missing'],
    [5, 'The language is not two letters, such as nl or en'],
    [6, 'The status is neither current nor withdrawn'],
    [7, 'The same number stands in line 2'],
    [8, 'Not as many columns as the first line'],
  ];
  return { first, second, bad, text, problems };
}

withAndWithoutScript(() => {
  test('O2: a collection, and its documents from a file, after a look that names each bad line', { tag: '@both' }, async ({ page, visit }) => {
    const name = `Tunnels ${mark()}`;
    const { first, second, bad, text, problems } = mixed();
    await enter(page, STAFF);
    await page.getByRole('navigation', { name: 'Provider' }).getByRole('link', { name: 'Products' }).click();
    await at(page, PRODUCTS);
    await expect(heading(page)).toHaveText('Products');
    await page.getByRole('link', { name: 'Add product' }).click();
    await at(page, `${PRODUCTS}/new`);
    await page.getByLabel('Product name', { exact: true }).fill(name);
    await page.getByLabel(/^About/).fill('How tunnels are bored.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await at(page, /\/products\/[0-9a-f-]{36}$/);
    await expect(heading(page)).toHaveText(name);
    await expect(notice(page)).toHaveText('The product has been added. Import its documents now.');
    await expect(main(page)).toContainText('No documents yet');
    const product = new URL(page.url()).pathname;

    await lookAt(page, text);
    await at(page, /\/imports\/[0-9a-f-]{36}$/);
    await expect(heading(page)).toHaveText(`Import into ${name}`);
    await expect(main(page)).toContainText('catalogue.csv');
    for (const [term, count] of [['New documents', 2], ['Changed documents', 0], ['Already so', 0], ['Lines that can\'t be used', 6]] as const) {
      await expect(fact(page, term), term).toHaveText(String(count));
    }
    await expect(badLines(page)).toHaveCount(problems.length);
    for (const [nth, [line, problem]] of problems.entries()) {
      await expect(badLines(page).nth(nth).getByRole('rowheader')).toHaveText(String(line));
      await expect(badLines(page).nth(nth)).toContainText(problem);
    }
    await expect(badLines(page).nth(5), 'a file\'s text is text').toContainText(`${bad.number};<script>alert(1)</script>`);
    const elsewhere = await visit();
    await enter(elsewhere, STAFF, product);
    await expect(main(elsewhere), 'nothing has changed yet').toContainText('No documents yet');

    await page.getByRole('button', { name: 'Import 2 documents', exact: true }).click();
    await at(page, product);
    await expect(notice(page)).toHaveText('The documents have been imported.');
    await expect(documents(page)).toHaveCount(2);
    const rows = [
      [first.number, `${first.title}; with a semicolon`, 'English', 'Current'], [second.number, second.title, 'Dutch', 'Withdrawn'],
    ];
    for (const [number, ...cells] of rows) for (const cell of cells) await expect(documents(page).filter({ hasText: number })).toContainText(cell);

    await lookAt(page, csvOf([first, { ...second, title: 'Another title' }, newDocument()]), 'second.csv');
    await at(page, /\/imports\//);
    for (const [term, count] of [['New documents', 1], ['Changed documents', 2], ['Already so', 0], ['Lines that can\'t be used', 0]] as const) {
      await expect(fact(page, term), term).toHaveText(String(count));
    }
    await expect(main(page)).toContainText('second.csv, uploaded');
    await expect(badLines(page)).toHaveCount(0);
    const imports = new URL(page.url()).pathname;
    await page.getByRole('button', { name: 'Import 3 documents', exact: true }).click();
    await at(page, product);
    await expect(documents(page)).toHaveCount(3);
    await go(page, imports);
    await expect(main(page)).toContainText('This file was imported on');
    await expect(main(page).getByRole('button', { name: /^Import/ })).toHaveCount(0);
    await main(page).getByRole('link', { name: 'Upload another file' }).click();
    await at(page, product);
    await lookAt(page, csvOf([{ ...second, title: 'Another title' }]));
    await expect(main(page)).toContainText('There is nothing to import: the catalogue says all of this already.');
  });

  test('O2: a document that is known is added to one more collection', async ({ page, balie }) => {
    const staff = await Sender.of(balie, STAFF);
    const [one, two] = [await addProduct(staff), await addProduct(staff)];
    await enter(page, STAFF, productPath(two));
    await lookAt(page, csvOf([one.document]));
    await expect(fact(page, 'Known documents, new in this product')).toHaveText('1');
    await page.getByRole('button', { name: 'Import one document', exact: true }).click();
    await expect(documents(page).filter({ hasText: one.document.number })).toHaveCount(1);
    await go(page, PRODUCTS);
    const counts = (name: string) => rowsOf(page, 'Products').filter({ hasText: name }).locator('td.numeric');
    await expect(counts(two.name)).toHaveText(['2', '0']);
    await expect(counts(one.name)).toHaveText(['1', '0']);
  });

  test('O2: a product\'s documents are searched, and turned', async ({ page, balie }) => {
    const staff = await Sender.of(balie, STAFF);
    const product = await addProduct(staff);
    const tag = mark();
    const many = Array.from({ length: 60 }, (_, nth) => ({ number: `${tag} ${100 + nth}:2021`, title: 'One of many' }));
    await importDocuments(staff, product.id, many);
    await enter(page, STAFF, productPath(product));
    await expect(documents(page)).toHaveCount(50);
    await main(page).getByRole('link', { name: 'Next' }).click();
    await expect(page).toHaveURL(/page=2/);
    await expect(documents(page)).toHaveCount(11);
    const search = page.getByRole('searchbox', { name: 'Search in this product' });
    await search.fill(`${tag} 14`);
    await search.press('Enter');
    await expect(page).toHaveURL(/search=/);
    await hydrated(page);
    await expect(documents(page)).toHaveCount(10);
    await search.fill('nothing is called this');
    await search.press('Enter');
    await expect(main(page)).toContainText('No document found');
    await page.getByRole('link', { name: 'Show all documents' }).click();
    await expect(documents(page)).toHaveCount(50);
    for (const nonsense of ['search=%00', 'search=%25', 'page=-1', 'page=9999999999', `search=${'9'.repeat(300)}`, 'search=%27%3B--']) {
      expect((await go(page, `${productPath(product)}?${nonsense}`))?.status(), nonsense).toBe(200);
    }
  });

  test('O2: refused: a file that is no table', { tag: '@once' }, async ({ page, balie }) => {
    const product = await addProduct(await Sender.of(balie, STAFF));
    await enter(page, STAFF, productPath(product));
    const files = {
      'a picture': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0xfe, 0x00],
      'nothing': '',
      'other columns': 'naam,titel\nNEN 1010,Installaties',
      'a column more': 'number,title,language,status,price\nNEN 1010:2020,Installaties,nl,current,1',
    };
    for (const [what, content] of Object.entries(files)) {
      await test.step(what, async () => {
        await lookAt(page, content);
        await at(page, productPath(product));
        await expect(main(page).getByRole('alert')).toContainText('This file is no table of documents.');
        await go(page, productPath(product));
        await expect(documents(page)).toHaveCount(1);
      });
    }
  });

  test('O2: refused: no name, a name that is taken, too long a text; what was typed is kept', { tag: '@once' }, async ({
    page, balie, problems,
  }) => {
    problems.allow(REFUSAL);
    const { name } = await addProduct(await Sender.of(balie, STAFF));
    await enter(page, STAFF, `${PRODUCTS}/new`);
    const long = 'Everything. '.repeat(50).trim();
    await field(page, 'product_name').fill('  ');
    await field(page, 'about').fill(long);
    await submit(page, 'product_name');
    await expectRefused(page, 'product_name');
    await expectRefused(page, 'about');
    await expect(field(page, 'about')).toHaveValue(long);
    await field(page, 'product_name').fill(name.toUpperCase());
    await field(page, 'about').fill('');
    await submit(page, 'product_name');
    await expectRefused(page, 'product_name');
    await expect(summary(page)).toContainText('There is one with this name already');
    await page.getByRole('link', { name: 'Cancel' }).click();
    await at(page, PRODUCTS);
  });

  test('O2: a product and its supplier are changed, and stay changed', async ({ page, balie }) => {
    const product = await addProduct(await Sender.of(balie, STAFF));
    const supplier = `Uitgeverij ${mark()}`;
    await enter(page, STAFF);
    await page.getByRole('navigation', { name: 'Provider' }).getByRole('link', { name: 'Suppliers' }).click();
    await at(page, SUPPLIERS);
    const form = main(page).getByRole('region', { name: 'Add supplier' });
    await form.getByLabel('Supplier name', { exact: true }).fill(supplier);
    await form.getByLabel(/^Email address/).fill('reports@uitgeverij.example');
    await form.getByRole('button', { name: 'Add supplier' }).click();
    await expect(notice(page)).toHaveText('The supplier has been added.');
    await expect(field(page, 'supplier_name'), 'the form is for the next one').toHaveValue('');
    const row = rowsOf(page, 'Suppliers').filter({ hasText: supplier });
    await expect(row).toContainText('reports@uitgeverij.example');
    await row.getByRole('link', { name: `Edit ${supplier}` }).click();
    await expect(page).toHaveURL(/edit=/);
    await hydrated(page);
    await field(page, 'supplier_name').fill(`${supplier} BV`);
    await submit(page, 'supplier_name');
    await expect(notice(page)).toHaveText('The changes have been saved.');
    await expect(rowsOf(page, 'Suppliers').filter({ hasText: `${supplier} BV` })).toHaveCount(1);

    await go(page, productPath(product));
    await page.getByLabel('Supplier', { exact: true }).selectOption({ label: `${supplier} BV` });
    await field(page, 'product_name').fill(`${product.name} anew`);
    await submit(page, 'product_name');
    await expect(notice(page)).toHaveText('The changes have been saved.');
    await expect(heading(page)).toHaveText(`${product.name} anew`);
    await go(page, PRODUCTS);
    await expect(rowsOf(page, 'Products').filter({ hasText: `${product.name} anew` })).toContainText(`${supplier} BV`);
  });

  test('O2: refused: a supplier without a name, one that is there, no address', { tag: '@once' }, async ({ page, balie, problems }) => {
    problems.allow(REFUSAL);
    const name = `Uitgeverij ${mark()}`;
    await (await Sender.of(balie, STAFF)).send('create_supplier', { supplier_name: name, email: '' });
    await enter(page, STAFF, SUPPLIERS);
    await field(page, 'supplier_name').fill('');
    await field(page, 'email').fill('no address');
    await submit(page, 'supplier_name');
    await expectRefused(page, 'supplier_name');
    await expectRefused(page, 'email');
    await expect(field(page, 'email')).toHaveValue('no address');
    await field(page, 'supplier_name').fill(name.toUpperCase());
    await field(page, 'email').fill('');
    await submit(page, 'supplier_name');
    await expectRefused(page, 'supplier_name');
    await expect(rowsOf(page, 'Suppliers').filter({ hasText: name })).toHaveCount(1);
  });
});

test('O2: a file of 3 MB is looked at, of a hundred bad lines the first are named, and one of 13 MB is refused', { tag: '@once' }, async ({
  page, balie,
}) => {
  const staff = await Sender.of(balie, STAFF);
  const product = await addProduct(staff);
  const { number } = newDocument();
  const line = `${number},${'A long title. '.repeat(10).trim()},en,current\n`;
  const file = (bytes: number) => `number,title,language,status\n${line.repeat(Math.ceil(bytes / line.length))}`;
  const looked = await staff.upload(`${productPath(product)}/upload`, 'long.csv', file(3_000_000));
  expect(looked.status).toBe(303);
  await enter(page, STAFF, looked.to);
  await expect(fact(page, 'New documents')).toHaveText('1');
  await expect(badLines(page)).toHaveCount(100);
  await expect(main(page)).toContainText(/1 to 100 of \d{5}/);
  const refused = await staff.upload(`${productPath(product)}/upload`, 'longer.csv', file(13_000_000)).catch((error) => String(error));
  if (typeof refused !== 'string') expect(`${refused.status} ${refused.to}`).toMatch(/^413 |^303 .*notice=not-a-table/);
  await go(page, productPath(product));
  await expect(documents(page)).toHaveCount(1);
});

test('the catalogue is staff\'s only', { tag: '@once' }, async ({ page, visit, balie, problems }) => {
  problems.allow(REFUSAL);
  const product = await addProduct(await Sender.of(balie, STAFF));
  const paths = [PRODUCTS, `${PRODUCTS}/new`, productPath(product), SUPPLIERS, `${SUPPLIERS}/report`, '/provider/requests'];
  for (const who of [ANNA, CARLA]) {
    await enter(page, who, '/');
    await expect(page.getByRole('link', { name: 'Provider' })).toHaveCount(0);
    for (const path of paths) {
      const answer = await go(page, path);
      expect(answer?.status(), path).toBe(404);
      expect(await answer?.text(), path).not.toContain(product.name);
    }
    const caller = await Sender.of(balie, who);
    expect((await caller.get(`${SUPPLIERS}/report.csv`)).status).toBe(404);
    expect((await caller.upload(`${productPath(product)}/upload`, 'a.csv', csvOf([newDocument()]))).status).toBe(404);
    for (const [deed, form] of [
      ['create_product', { product_name: 'X' }], ['save_product', { id: product.id, product_name: 'X' }], ['list_products', {}],
      ['create_supplier', { supplier_name: 'X' }], ['list_suppliers', {}], ['read_report', {}], ['read_product', { product: product.id }],
    ] as const) {
      expect((await caller.try(deed, form)).status, deed).toBe(404);
    }
  }
  const nobody = await visit();
  await go(nobody, productPath(product));
  await at(nobody, '/login');
  await enter(page, STAFF);
  for (const id of ['abc', '00000000-0000-7000-8000-000000000000', `${product.id}/imports/abc`, `${product.id}/imports/${product.id}`]) {
    expect((await go(page, `${PRODUCTS}/${id}`))?.status(), id).toBe(404);
  }
});

test('a file is taken from this site only', { tag: '@once' }, async ({ page, balie }) => {
  const product = await addProduct(await Sender.of(balie, STAFF));
  await enter(page, STAFF, productPath(product));
  const file = { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(csvOf([newDocument()])) };
  for (const headers of [{}, { Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
    const answer = await page.request.post(`${productPath(product)}/upload`, {
      multipart: { file }, headers: headers as Record<string, string>, maxRedirects: 0,
    });
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
  }
});

test.describe('in Dutch', { tag: '@dutch' }, () => {
  test.use({ locale: 'nl-NL' });
  withAndWithoutScript(() => {
    test('products, a file, suppliers', async ({ page, balie }) => {
      const english = new RegExp(
        '^(Products|Add product|Product name|About|Supplier|Details|Save|Import (documents|into .*|one document|\\d+ documents)|CSV file|Look at the file|Number|Title|Language|Search.*|Suppliers|'
        + 'Add supplier|Edit.*|New documents|Lines that.*|What.*|Requests|People to report|Download CSV|Show)$',
      );
      const allDutch = async () => {
        await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
        for (const role of ['button', 'link', 'heading', 'columnheader', 'textbox', 'combobox', 'searchbox'] as const) {
          await expect(page.getByRole(role, { name: english })).toHaveCount(0);
        }
      };
      const product = await addProduct(await Sender.of(balie, STAFF, 'nl-NL'));
      await enter(page, STAFF, PRODUCTS);
      await allDutch();
      for (const path of [`${PRODUCTS}/new`, SUPPLIERS, `${SUPPLIERS}/report`, '/provider/requests', productPath(product)]) {
        await go(page, path);
        await allDutch();
      }
      await page.getByLabel('CSV-bestand', { exact: true }).setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(mixed().text) });
      await page.getByRole('button', { name: 'Bestand bekijken' }).click();
      await at(page, /\/imports\//);
      await allDutch();
      await expect(rowsOf(page, 'Regels die niet bruikbaar zijn').nth(2)).toContainText('De taal is niet twee letters');
      await page.getByRole('button', { name: '2 documenten importeren' }).click();
      await expect(notice(page)).toHaveText('De documenten zijn geïmporteerd.');
      await allDutch();
    });
  });
});

test.describe('the look', { tag: '@look' }, () => {
  for (const language of ['en', 'nl']) {
    test(`axe finds nothing, and nothing scrolls sideways: products, ${language}`, async ({ page, balie, context, baseURL }) => {
      test.slow();
      const staff = await Sender.of(balie, STAFF);
      const product = await addProduct(staff);
      const { to: empty } = await staff.try('create_product', { product_name: `Nothing yet ${mark()}` });
      const { to: looked } = await staff.upload(`${productPath(product)}/upload`, 'a file with a long name.csv', mixed().text);
      await context.addCookies([{ name: 'language', value: language, url: baseURL }]);
      const places = {
        Products: PRODUCTS,
        'Add product': `${PRODUCTS}/new`,
        'a product': productPath(product),
        'a product without documents': empty,
        'a file that is not taken': `${productPath(product)}?notice=not-a-table`,
        'a dry run': looked,
        Suppliers: SUPPLIERS,
        'People to report': `${SUPPLIERS}/report`,
        'Requests for the provider': '/provider/requests',
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

  test('axe finds nothing: a product that was refused, a supplier that was refused', async ({ page, problems }) => {
    problems.allow(REFUSAL);
    await enter(page, STAFF, `${PRODUCTS}/new`);
    await submit(page, 'product_name');
    await expectRefused(page, 'product_name');
    await axe(page);
    await go(page, SUPPLIERS);
    await field(page, 'email').fill('no address');
    await submit(page, 'supplier_name');
    await expectRefused(page, 'supplier_name');
    await axe(page);
  });
});

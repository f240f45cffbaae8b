// The API's documentation as people read it: /docs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { assertAccessible, launchBrowser, openPage } from '../lib/browser.js';
import { documentFile, operations } from '../lib/document.js';
import { messagesOf } from '../lib/events_document.js';
import { startServer } from '../lib/server.js';

let server;
let browser;
before(async () => {
  ({ server } = await startServer());
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function openDocs(options) {
  const page = await openPage(browser, options);
  await page.goto(`${server.url}/docs`);
  return page;
}

test('the page has every call and every event, and asks nobody else for anything', async () => {
  const page = await openPage(browser);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  const response = await page.goto(`${server.url}/docs`);
  assert.match(response.headers()['content-security-policy'], /default-src 'self'/);
  for (const { details, method, path } of operations) {
    const address = await page.locator(`section#${details.operationId} .address`).textContent();
    assert.equal(address.trim().toUpperCase(), `${method} ${path}`.toUpperCase());
  }
  for (const people of ['agents', 'visitors']) {
    for (const { name } of messagesOf(people, 'send')) assert.equal(await page.locator(`section#on-${people}-${name}`).count(), 1, name);
    for (const { name } of messagesOf(people, 'receive')) assert.equal(await page.locator(`section#emit-${people}-${name}`).count(), 1, name);
  }
  const text = await page.locator('main').textContent();
  assert.doesNotMatch(text, /undefined|\[object|NaN/);
  assert.ok(asked.every((url) => url.startsWith(server.url)), asked.join('\n'));
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('both documents can be fetched as they are', async () => {
  for (const name of ['openapi.yaml', 'asyncapi.yaml']) {
    const response = await fetch(`${server.url}/docs/${name}`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^application\/yaml/);
    assert.equal(await response.text(), await readFile(documentFile(name), 'utf8'), `${name}: build web/ again`);
  }
});

test('every link leads somewhere', async () => {
  const page = await openDocs();
  const broken = await page.$$eval('a[href^="#"]', (links) =>
    links.map((link) => link.hash).filter((hash) => !document.querySelector(hash)));
  assert.deepEqual(broken, []);
  await page.context().close();
});

test('a call is found by its address, its name and its words', async () => {
  const page = await openDocs();
  const shown = () => page.$$eval('.links a', (links) => links.filter((link) => !link.hidden).map((link) => link.hash));
  const find = async (text) => {
    await page.fill('#find', text);
    return shown();
  };
  assert.ok((await find('room/assignee')).includes('#updateAssignee'));
  assert.deepEqual(await find('messageRead agents'), ['#on-agents-messageRead']);
  assert.deepEqual(await find('no such words'), []);
  assert.equal(await page.textContent('#found'), 'Nothing for “no such words”.');
  const all = await find('');
  assert.equal(all.length, await page.locator('.links a').count());
  await page.fill('#find', 'room/assignee');
  await page.press('#find', 'Enter');
  await page.waitForURL(/#updateAssignee$/);
  await page.context().close();
});

test('on a phone the contents unfold, and fold when something is chosen', async () => {
  const page = await openDocs({ width: 390, height: 844 });
  assert.equal(await page.isVisible('nav'), false);
  await page.click('.bar-contents');
  assert.equal(await page.getAttribute('.bar-contents', 'aria-expanded'), 'true');
  await page.click('.links a[href="#getRoom"]');
  assert.equal(await page.isVisible('nav'), false);
  await page.waitForURL(/#getRoom$/);
  await page.click('.bar-contents');
  await page.keyboard.press('Escape');
  assert.equal(await page.isVisible('nav'), false);
  await page.context().close();
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1440, 1024, 390]) {
    test(`${colorScheme}, ${width} px: accessible, and nothing is wider than the window`, async () => {
      const page = await openDocs({ width, height: 860, colorScheme });
      await assertAccessible(page, '/docs');
      if (width === 390) {
        await page.click('.bar-contents');
        await assertAccessible(page, 'the contents');
      }
      await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
      const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(needed <= there, `${needed} > ${there}`);
      await page.context().close();
    });
  }
}

// A new company on an empty server: from the shell's two commands to the first conversation.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, launchBrowser, openPage, signIn, waitForBubble, write } from '../lib/browser.js';
import { row } from '../lib/console.js';
import { parlorCli, parlorCliWith, startServer } from '../lib/server.js';
import { startSite } from '../lib/site.js';

const email = 'nadia@kiosk.example';
const password = 'correct horse battery';
let server;
let browser;
let site;
before(async () => {
  ({ server } = await startServer({ demo: false }));
  await parlorCli('account', 'create', '--name', 'Kiosk', '--data-dir', server.dataDir);
  await parlorCliWith(`${password}\n`, 'agent', 'create', '--name', 'Nadia', '--email', email, '--role', 'admin', '--password-stdin',
    '--data-dir', server.dataDir);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
  await server?.close();
});

test('four steps lead from an empty console to a conversation, and each is ticked when it is done', async () => {
  const admin = await openPage(browser, { width: 1440, height: 900, permissions: ['clipboard-read', 'clipboard-write'] });
  await signIn(admin, server, email, password);
  await admin.locator('.first-run', { hasText: 'Four steps to your first conversation' }).waitFor();
  await admin.locator('.first-sub', { hasText: '0 of 4' }).waitFor();
  await admin.locator('.list', { hasText: 'Nobody is waiting.' }).waitFor();
  await assertAccessible(admin, 'the first steps');

  await admin.fill('.step [aria-label="Inbox name"]', 'Kiosk support');
  await admin.press('.step [aria-label="Inbox name"]', 'Enter');
  await admin.locator('.step.done', { hasText: 'Visitors see it as “Kiosk support”.' }).waitFor();
  await admin.locator('.mini-head', { hasText: 'Kiosk support' }).waitFor();

  await admin.fill('.step [aria-label="Domain of the site"]', '127.0.0.1');
  await admin.click('.step >> text=Make the line');
  await admin.locator('.copy-line code', { hasText: '<script src=' }).waitFor();
  await admin.click('.copy-line >> text=Copy');
  const line = await admin.evaluate(() => navigator.clipboard.readText());
  assert.match(line, /data-token="[^"]+" data-inbox="[0-9a-f]{24}" async/);

  site = await startSite({ '/': { html: `<!DOCTYPE html><title>Kiosk</title><body>${line}</body>` } });
  const visitor = await openPage(browser);
  await visitor.goto(site.url);
  await visitor.click('.launcher');
  await visitor.waitForSelector('.panel textarea');
  await write(visitor, 'Is anybody there?');
  await waitForBubble(visitor, 'Is anybody there?');
  await row(admin, 'Is anybody there?').waitFor();
  await admin.locator('.first-seen', { hasText: 'First visitor seen' }).waitFor();
  await admin.locator('.first-sub', { hasText: '3 of 4' }).waitFor();

  await admin.fill('.step input[type=email]', 'omar@kiosk.example');
  await admin.click('.step button >> text=Invite');
  await admin.locator('.step .copy-line', { hasText: '/console#invitation=' }).waitFor();
  await admin.locator('.first-sub', { hasText: '4 of 4' }).waitFor();
  await admin.click('.first-foot >> text=Done');
  await admin.locator('.first-run').waitFor({ state: 'detached' });
  await row(admin, 'Is anybody there?').click();
  await write(admin, 'We are.');
  await waitForBubble(visitor, 'We are.');
});

// The widget on pages of other origins: hostile styles, a strict policy, a host that it is not for, and its API.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../lib/api.js';
import { bubbles, fakeMicrophone, launchBrowser, openPage, waitForBubble, write } from '../lib/browser.js';
import { png } from '../lib/files.js';
import { startServer } from '../lib/server.js';
import { startSite, widgetLine } from '../lib/site.js';

let server;
let demo;
let browser;
let site;
before(async () => {
  ({ server, demo } = await startServer());
  browser = await launchBrowser(fakeMicrophone);
  site = await startSite({});
});
after(async () => {
  await browser?.close();
  await site?.close();
  await server?.close();
});

const page = (body, { head = '', headers = {}, lang = 'en' } = {}) =>
  ({ html: `<!doctype html><html lang="${lang}"><head><title>A site</title>${head}</head><body>${body}</body></html>`, headers });

async function visit(path, content, options = {}) {
  site.pages[path] = content;
  const visitor = await openPage(browser, options);
  await visitor.goto(site.url + path);
  return visitor;
}

async function openChat(visitor) {
  await visitor.click('.launcher');
  await visitor.waitForSelector('.panel textarea');
  await visitor.waitForFunction(() => document.querySelector('parlor-chat').shadowRoot.getAnimations().length === 0);
}

test('hostile styles of the page reach nothing, and ours do not leak out', async () => {
  const head = `<style>
    * { all: unset !important } div { display: none !important } button, textarea { font: 40px serif !important; color: lime !important }
    parlor-chat, html > *:last-child { display: none !important; opacity: 0 !important; transform: scale(.1) !important; filter: blur(9px) !important }
    :root { --acc: red; --ink: lime; --petrol: lime } body { transform: translateX(200px) }
  </style>`;
  const visitor = await visit('/hostile', page(`<p class="panel">theirs</p>${widgetLine(server, demo)}`, { head }));
  await visitor.waitForSelector('.launcher');
  const launcher = await visitor.locator('.launcher').boundingBox();
  assert.deepEqual(launcher, { x: 1280 - 80, y: 860 - 80, width: 60, height: 60 });
  await openChat(visitor);
  const panel = await visitor.locator('section.panel').boundingBox();
  assert.deepEqual(panel, { x: 1280 - 416, y: 860 - 716, width: 400, height: 700 });
  await write(visitor, 'Can you hear me?');
  await waitForBubble(visitor, 'Can you hear me?');
  const look = (selector) => visitor.locator(selector).evaluate((element) => {
    const style = getComputedStyle(element);
    return [style.color, style.backgroundColor, style.fontSize];
  });
  assert.deepEqual(await look('.out .bubble'), ['rgb(255, 255, 255)', 'rgb(14, 95, 107)', '15px']);
  assert.deepEqual((await look('.panel textarea')).slice(2), ['16px']);
  assert.equal(await visitor.locator('p.panel').evaluate((element) => getComputedStyle(element).position), 'static');
  await visitor.context().close();
});

test('what is typed in the chat is not heard by the page, nor its focus taken', async () => {
  const script = `<script>
    window.heard = [];
    for (const name of ['keydown', 'keyup', 'keypress', 'paste', 'focusin']) document.addEventListener(name, (event) => heard.push(event.type));
    document.addEventListener('keydown', (event) => event.preventDefault());
    window.addEventListener('keydown', (event) => { if (!event.target.isContentEditable) event.preventDefault(); }, true);
  </script>`;
  const visitor = await visit('/keys', page(script + widgetLine(server, demo)));
  await openChat(visitor);
  await visitor.locator('.panel textarea').click();
  await visitor.keyboard.type('a / j k ?');
  assert.equal(await visitor.inputValue('.panel textarea'), 'a / j k ?');
  assert.deepEqual(await visitor.evaluate('heard'), []);
  await visitor.context().close();
});

test('a strict policy needs the documented lines and no more', async () => {
  const headers = {
    'Content-Security-Policy': `default-src 'none'; script-src ${server.url}; connect-src ${server.url} ${server.url.replace('http', 'ws')}; `
      + `img-src ${server.url} blob:; media-src ${server.url} blob:; require-trusted-types-for 'script'`,
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
  const visitor = await visit('/strict', page(widgetLine(server, demo), { headers }), { permissions: ['microphone'] });
  await openChat(visitor);
  await write(visitor, 'Here is a picture');
  await waitForBubble(visitor, 'Here is a picture');
  await visitor.setInputFiles('input[type=file]', { name: 'lamp.png', mimeType: 'image/png', buffer: png(640, 480) });
  await visitor.locator('.group:not(.upload) .shot img').waitFor();
  await visitor.waitForFunction(() => document.querySelector('parlor-chat').shadowRoot.querySelector('.group:not(.upload) .shot img').naturalWidth > 0);
  await visitor.click('[aria-label="Record a voice message"]');
  await visitor.locator('.recording .send:not(:disabled)').waitFor();
  await visitor.waitForTimeout(700);
  await visitor.click('.recording .send');
  await visitor.locator('.voice time', { hasText: /0:0[01]/ }).waitFor();
  await visitor.click('.voice .play');
  await visitor.locator('.voice [aria-label=Pause]').waitFor();
  assert.deepEqual(visitor.problems, []);
  await visitor.context().close();
});

test('on a host that the token is not for nothing is shown, and the console says what to do', async () => {
  const admin = new Client(server, { authorization: `Bearer ${demo.admin_jwt}` });
  const made = await admin.post('/token', { name: 'Shop', domain: ['shop.example'] });
  site.pages['/foreign'] = page(widgetLine(server, { ...demo, support_token: made.token ?? made.data.token }));
  const visitor = await openPage(browser);
  const said = [];
  visitor.on('console', (message) => said.push(message.text()));
  await visitor.goto(`${site.url}/foreign`);
  await visitor.waitForEvent('console', { predicate: (message) => message.text().startsWith('Parlor:') });
  const text = said.find((line) => line.startsWith('Parlor:'));
  for (const part of ['127.0.0.1', 'shop.example', 'Settings, Web sites']) assert.ok(text.includes(part), text);
  assert.equal(await visitor.locator('.launcher').count(), 0);
  await visitor.context().close();
});

test('the page opens, closes, hides, translates and removes it', async () => {
  const visitor = await visit('/api', page(widgetLine(server, demo, 'data-launcher="off" data-accent="#ffff00" data-title="Ask us"')));
  await visitor.waitForFunction(() => window.Parlor?.open && document.querySelector('parlor-chat'));
  assert.equal(await visitor.locator('.launcher').isVisible(), false);
  await visitor.evaluate(() => {
    window.told = [];
    for (const name of ['open', 'close', 'sent']) window.Parlor.on(name, () => window.told.push(name));
    window.Parlor.show();
  });
  await visitor.locator('.launcher').waitFor();
  await visitor.evaluate(() => window.Parlor.open());
  await visitor.locator('.panel h2', { hasText: 'Ask us' }).waitFor();
  assert.equal(await visitor.locator('.head').evaluate((head) => getComputedStyle(head).backgroundColor), 'rgb(14, 95, 107)');
  await visitor.evaluate(() => window.Parlor.setLocale('ar'));
  await visitor.locator('.panel textarea[placeholder="اكتب رسالة"]').waitFor();
  assert.equal(await visitor.locator('.panel').evaluate((panel) => getComputedStyle(panel).direction), 'rtl');
  await visitor.evaluate(() => (document.documentElement.lang = 'en', window.Parlor.setLocale('')));
  await visitor.locator('.panel textarea[placeholder="Write a message"]').waitFor();
  await write(visitor, 'hello from the site');
  await waitForBubble(visitor, 'hello from the site');
  await visitor.evaluate(() => window.Parlor.close());
  await visitor.locator('.panel').waitFor({ state: 'detached' });
  assert.deepEqual(await visitor.evaluate('told'), ['open', 'sent', 'close']);
  await visitor.evaluate(() => window.Parlor.destroy());
  assert.equal(await visitor.evaluate(() => document.querySelector('parlor-chat') === null && window.Parlor === undefined), true);
  assert.deepEqual(visitor.problems, []);
  await visitor.context().close();
});

test('somebody who is known keeps their conversation on another device, and logging out ends it', async () => {
  const { createHmac } = await import('node:crypto');
  const admin = new Client(server, { authorization: `Bearer ${demo.admin_jwt}` });
  const account = await admin.call('PATCH', '/account', { body: { rotate_identity_key: true } });
  const key = account.body.data.identity_key;
  const identifierHash = createHmac('sha256', key).update('customer-9').digest('hex');
  const who = { identifier: 'customer-9', identifierHash, name: 'Nadia Known' };
  const first = await visit('/known', page(widgetLine(server, demo)));
  await first.waitForSelector('.launcher');
  await first.evaluate((known) => window.Parlor.identify(known), who);
  await openChat(first);
  await write(first, 'remember me');
  await waitForBubble(first, 'remember me');
  const second = await visit('/known', page(widgetLine(server, demo)));
  await second.waitForSelector('.launcher');
  await second.evaluate((known) => window.Parlor.identify(known), who);
  await openChat(second);
  await waitForBubble(second, 'remember me');
  await second.evaluate(() => window.Parlor.logout());
  await second.locator('.empty h3').waitFor();
  await second.reload();
  await second.locator('.empty h3').waitFor();
  assert.deepEqual(await bubbles(second), []);
  for (const each of [first, second]) await each.context().close();
});

test('what the site knows of a visitor is not asked', async () => {
  const visitor = await visit('/named', page(widgetLine(server, demo)));
  await visitor.waitForSelector('.launcher');
  await visitor.evaluate(() => window.Parlor.setAttributes({ name: 'Vera Named' }));
  await openChat(visitor);
  await visitor.locator('.email-field').waitFor();
  assert.equal(await visitor.locator('.name-field').count(), 0);
  await write(visitor, 'you know me');
  await waitForBubble(visitor, 'you know me');
  const agent = new Client(server, { authorization: `Bearer ${demo.agent_jwt}` });
  assert.equal((await agent.get('/room', { search: 'Vera' })).rooms[0].contact.name, 'Vera Named');
  await visitor.context().close();
});

test('a page pays for the launcher only, until somebody opens the chat', async () => {
  site.pages['/light'] = page(widgetLine(server, demo));
  const visitor = await openPage(browser);
  const fetched = [];
  visitor.on('response', (response) => response.url().startsWith(server.url) && fetched.push(new URL(response.url()).pathname.replace(/chat-\w+/, 'chat')));
  await visitor.goto(`${site.url}/light`);
  await visitor.waitForSelector('.launcher');
  await visitor.waitForLoadState('networkidle');
  assert.deepEqual(fetched, ['/widget.js', '/api/conversation-v2/support/user/widget']);
  await openChat(visitor);
  await visitor.waitForLoadState('networkidle');
  assert.deepEqual(fetched.filter((path) => path.startsWith('/assets/')), ['/assets/chat/core.js']);
  await visitor.context().close();
});

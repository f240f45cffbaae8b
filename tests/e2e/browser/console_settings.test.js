// Settings, invitations, the dashboard and the first steps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../lib/browser.js';
import { consoleWorld } from '../lib/console.js';
import { within } from '../lib/sanitizer.js';

const world = consoleWorld();

async function go(page, hash, selector) {
  await page.evaluate((to) => { location.hash = to; }, hash);
  await page.waitForSelector(selector);
}

test('an empty account shows an admin the first steps', async () => {
  const admin = await world.agent({ who: 'admin' });
  await admin.waitForSelector('.steps');
  await admin.locator('.step', { hasText: 'Name the inbox' }).waitFor();
  await admin.locator('.step', { hasText: 'Visitors see it as “Juniper Lamps”' }).waitFor();
  await assertAccessible(admin, 'the first steps');
  await admin.click('text=Skip for now');
  await admin.locator('.nothing').waitFor();
});

test('an agent is invited, chooses a password and is in', async () => {
  const admin = await world.agent({ who: 'admin' });
  await go(admin, 'settings/agents', '.settings-list');
  await admin.click('.settings-tools >> text=Invite');
  await admin.fill('.dialog input >> nth=0', 'Noor Newcomer');
  await admin.fill('.dialog input[type=email]', 'noor@juniper.example');
  await admin.click('.dialog .primary');
  const link = await admin.locator('.dialog code').textContent();
  await admin.locator('.settings-list button', { hasText: 'Noor Newcomer' }).locator('.presence.gone').waitFor(); // nobody is here who never came
  const page = await world.page();
  await page.goto(link.replace(/^https?:\/\/[^/]+/, world.server.url));
  await page.waitForSelector('.invitation');
  await assertAccessible(page, 'an invitation');
  await page.fill('#password', 'short');
  await page.click('.invitation .primary');
  await page.locator('.problem', { hasText: 'at least 8' }).waitFor();
  await page.fill('#password', 'a long enough password');
  await page.click('.invitation .primary');
  await page.waitForSelector('.list');
  await page.click('.rail-me');
  await page.locator('.me-head', { hasText: 'Noor Newcomer' }).waitFor();
  await admin.click('.dialog .primary');
  await admin.locator('.settings-list button', { hasText: 'Noor Newcomer' }).click();
  await admin.fill('.dialog input[type=number]', '3');
  await admin.click('.dialog .primary');
  await admin.locator('.settings-list button', { hasText: '0 of 3' }).waitFor();
});

test('an inbox is made with hours and members', async () => {
  const admin = await world.agent({ who: 'admin' });
  await go(admin, 'settings/inboxes/new', '.settings-form');
  await admin.fill('.settings-form input >> nth=0', 'Returns');
  await admin.locator('.choice-card', { hasText: 'By load' }).click();
  await admin.locator('.switch-row', { hasText: 'Always open' }).locator('.switch').click();
  await admin.locator('.week-day', { hasText: 'Saturday' }).click();
  await admin.locator('.member-list label', { hasText: 'Tess' }).click();
  await admin.locator('.check-row label', { hasText: 'E-mail' }).click();
  await admin.click('.settings-tools .primary');
  await admin.locator('.settings-list a', { hasText: 'Returns' }).waitFor();
  const inbox = (await world.api('admin').get('/inbox')).data.find((one) => one.name === 'Returns');
  assert.equal(inbox.algorithm, 'load_based');
  assert.deepEqual(inbox.hours.week[5], ['09:00', '17:00']);
  assert.equal(inbox.hours.week[6], null);
  assert.deepEqual(inbox.pre_chat_fields, ['email']);
  assert.equal(inbox.members.length, 2);
});

test('a site gets its line, and loses it', async () => {
  const admin = await world.agent({ who: 'admin' });
  await go(admin, 'settings/sites', '.settings-list');
  await admin.click('text=Add a site');
  await admin.fill('.dialog input >> nth=0', 'https://shop.example/ other.example');
  await admin.click('.dialog .primary');
  const code = await admin.locator('.dialog code').textContent();
  assert.match(code, /^<script src="http.*\/widget\.js" data-token="\S+" data-inbox="[0-9a-f]{24}" async><\/script>$/);
  await admin.click('.dialog .primary');
  const site = admin.locator('.settings-list .item', { hasText: 'shop.example, other.example' });
  await site.locator('text=No visitor yet').waitFor();
  await site.locator('.icon-button').click();
  await admin.click('.dialog .danger-button');
  await site.waitFor({ state: 'detached' });
});

test('canned replies are written, changed and deleted; the audit log says who', async () => {
  const admin = await world.agent({ who: 'admin' });
  await go(admin, 'settings/canned', '.settings-head');
  await admin.click('text=New reply');
  await admin.fill('.dialog input >> nth=0', 'hours');
  await admin.fill('.dialog textarea', 'Open from ten to six, {{contact.name | there}}.');
  await admin.locator('.preview-line', { hasText: 'Open from ten to six, Maya.' }).waitFor();
  await admin.click('.dialog .primary');
  await admin.locator('.settings-list button', { hasText: '/hours' }).click();
  await admin.fill('.dialog textarea', 'Open from nine to five.');
  await admin.click('.dialog .primary');
  await admin.locator('.settings-list button', { hasText: 'nine to five' }).click();
  await admin.click('.dialog >> text=Delete');
  await admin.locator('.settings-list button', { hasText: '/hours' }).waitFor({ state: 'detached' });
  await go(admin, 'settings/audit', '.audit li');
  await admin.locator('.audit li', { hasText: 'deleted the canned reply' }).first().waitFor();
});

test('an agent may look at the settings and change nothing', async () => {
  const agent = await world.agent();
  await go(agent, 'settings', '.settings-nav');
  assert.equal(await agent.locator('.settings-tools .primary').count(), 0);
  await agent.locator('.settings-note').waitFor();
});

test('going away and coming back', async () => {
  const agent = await world.agent();
  await agent.click('.rail-me');
  await agent.click('.me-panel >> text=Away');
  await agent.locator('.rail-me .presence.away').waitFor();
  await agent.click('.rail-me');
  await agent.click('.me-panel >> text=Active');
  await agent.locator('.rail-me .presence.active').waitFor();
});

test('signing in: wrong words are told, and without keeping, the login ends with the browser', async () => {
  const page = await world.page();
  await page.goto(`${world.server.url}/console?lang=en`);
  await page.fill('#email', world.demo.agent_email);
  await page.fill('#password', 'not this one');
  await page.click('.sign-in button[type=submit]');
  await page.locator('.problem', { hasText: 'don’t match' }).waitFor();
  page.problems.length = 0; // the browser reports the 401
  await page.uncheck('.keep input');
  await page.fill('#password', world.demo.agent_password);
  await page.click('.sign-in button[type=submit]');
  await page.waitForSelector('.list');
  assert.equal(await page.evaluate(() => localStorage.getItem('parlor.console.login')), null);
});

test('the bot is tried, taught a phrase, refused a wrong one; questions are added and deleted', async () => {
  const admin = await world.agent({ who: 'admin' });
  await go(admin, 'settings/intents/PASSWORD_RESET', '.phrases li');
  await admin.fill('.bot-trial textarea', 'I forgot my password');
  await admin.locator('.trial-kind', { hasText: 'Password reset' }).waitFor();
  await admin.locator('.scores li').first().waitFor();
  await admin.fill('.phrase-box input', 'the link is dead as a dodo');
  await admin.press('.phrase-box input', 'Enter');
  await admin.locator('.changes', { hasText: '1 change not running yet' }).waitFor();
  await admin.fill('.phrase-box input', 'the link is dead as a dodo');
  await admin.press('.phrase-box input', 'Enter');
  await admin.locator('.field-problem', { hasText: 'there already' }).waitFor();
  await assertAccessible(admin, 'the bot');
  await admin.click('.settings-tools .primary');
  await admin.locator('.toast', { hasText: 'running' }).waitFor({ timeout: within(60_000) });
  await go(admin, 'settings/faqs', '.settings-list button');
  await assertAccessible(admin, 'questions');
  await admin.click('text=New question');
  await admin.fill('.dialog input >> nth=0', 'Where is the dodo?');
  await admin.fill('.dialog textarea', 'In the museum.');
  await admin.click('.dialog .primary');
  await admin.locator('.settings-list button', { hasText: 'dodo' }).click();
  await admin.click('.dialog >> text=Delete');
  await admin.locator('.settings-list button', { hasText: 'dodo' }).waitFor({ state: 'detached' });
});

// A visitor in the widget of an inbox whose bot is on: the bot first, then a person, in both languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent } from '../lib/api.js';
import { assertAccessible, bubbles, launchBrowser, openPage, openShop, waitForBubble, waitForCount, write } from '../lib/browser.js';
import { startServer } from '../lib/server.js';

let server;
let demo;
let browser;
let agent;
before(async () => {
  ({ server, demo } = await startServer());
  browser = await launchBrowser();
  agent = new Agent(server, demo.agent_jwt);
  await new Agent(server, demo.admin_jwt).patch(`/inbox/${demo.inbox_id}`, { bot: true });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const words of [
  { lang: 'en', problem: 'I can’t log in to my account', first: 'Bot first, then people', person: 'Talk to a person', thanks: 'thanks, that solved it' },
  { lang: 'ar', problem: 'لا أستطيع تسجيل الدخول', first: 'رد تلقائي أولاً، ثم الفريق', person: 'شخص', thanks: 'شكراً تم الحل' },
]) {
  test(`the bot answers apart from people, a choice hands over, a person answers (${words.lang})`, async () => {
    const visitor = await openPage(browser);
    await openShop(visitor, server, words.lang);
    await write(visitor, words.problem);
    await waitForBubble(visitor, words.problem);
    await visitor.locator('.from-bot .bubble').first().waitFor();
    await visitor.locator('.title', { hasText: words.first }).waitFor();
    await assertAccessible(visitor, 'the bot’s answer');

    const { rooms } = await agent.get('/room', { 'filter[view]': 'bot' });
    assert.equal(rooms.length, 1);
    const room = rooms[0]._id;
    await visitor.locator('.choices button', { hasText: words.person }).click();
    await waitForCount(visitor, '.from-bot', (count) => count === 2);
    await visitor.locator('.title', { hasText: words.first }).waitFor({ state: 'detached' });
    await waitForCount(visitor, '.choices button', (count) => count === 0);

    await agent.send(room, 'Hello, I am a person.');
    await waitForBubble(visitor, 'Hello, I am a person.');
    await write(visitor, words.thanks);
    await waitForBubble(visitor, words.thanks);
    await waitForCount(visitor, '.unsent', (count) => count === 0);
    const shown = await bubbles(visitor);
    assert.equal(shown.length, 6, shown.join('\n'));
    await visitor.reload();
    await waitForBubble(visitor, words.thanks);
    assert.deepEqual(await bubbles(visitor), shown);
    await waitForCount(visitor, '.from-bot', (count) => count === 2);
    assert.deepEqual(visitor.problems, []);
    await visitor.context().close();
  });
}

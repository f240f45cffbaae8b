// The server is killed and comes back: both sides see everything once and in order, and what was written
// meanwhile goes out once.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { bubbles, launchBrowser, openPage, openShop, search, signIn, waitForBubble, waitForCount, write } from '../lib/browser.js';
import { Agent, contents } from '../lib/api.js';
import { within } from '../lib/sanitizer.js';
import { startServer } from '../lib/server.js';

let server;
let demo;
let browser;
let visitor;
let agent;
before(async () => {
  ({ server, demo } = await startServer());
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const page of [visitor, agent]) assert.deepEqual(page?.problems ?? [], []);
  await visitor?.context().close();
  await agent?.context().close();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function talk(name) {
  agent = await openPage(browser);
  await signIn(agent, server, demo.agent_email, demo.agent_password);
  visitor = await openPage(browser);
  await openShop(visitor, server);
  await visitor.fill('.name-field', name);
  await write(visitor, 'v-opening');
  await agent.locator('.row', { hasText: name }).first().click();
  await waitForBubble(agent, 'v-opening');
  await write(agent, 'a-answer');
  await waitForBubble(visitor, 'a-answer');
  return new URL(agent.url()).hash.slice('#room='.length);
}

async function wholeHistory(room) {
  const reader = new Agent(server, demo.admin_jwt);
  const texts = [];
  for (let more = { sort: 'asc' }; more; ) {
    const page = await reader.history(room, { limit: 100, ...more });
    const inOrder = page.messages.sort((a, b) => a.seq - b.seq);
    texts.push(...contents({ messages: inOrder }));
    more = page.hasMore ? { lowerRef: inOrder.at(-1)._id } : null;
  }
  return texts;
}

async function assertAllAgree(room) {
  const history = await wholeHistory(room);
  assert.equal(new Set(history).size, history.length, `twice in the store: ${history}`);
  for (const page of [visitor, agent]) {
    await waitForCount(page, '.group:not(.unsent):not(.typing) .bubble', (count) => count >= history.length);
    assert.deepEqual(await bubbles(page), history);
    assert.equal(await page.locator('.unsent').count(), 0);
  }
  return history;
}

test('what both sides write while the server is down goes out once', async () => {
  const room = await talk('Down Time');
  await server.kill();
  for (const text of ['v-down-1', 'v-down-2', 'v-down-3']) await write(visitor, text);
  await write(agent, 'a-down-1');
  await visitor.locator('.unsent').first().waitFor();
  await visitor.locator('.notice', { hasText: 'offline' }).waitFor();
  await server.start();
  await waitForBubble(visitor, 'v-down-3');
  await waitForBubble(visitor, 'a-down-1');
  await waitForBubble(agent, 'v-down-3');
  const history = await assertAllAgree(room);
  assert.deepEqual([...history].sort(), ['a-answer', 'a-down-1', 'v-down-1', 'v-down-2', 'v-down-3', 'v-opening']);
  assert.deepEqual(history.filter((text) => text.startsWith('v-down')), ['v-down-1', 'v-down-2', 'v-down-3']);
  await visitor.locator('.notice', { hasText: 'offline' }).waitFor({ state: 'detached' });
});

test('what happened to the conversation is said once after a restart, closed and opened again', async () => {
  await talk('Told Once');
  await agent.click('.head-actions >> text=Close');
  await agent.locator('.toast >> text=Undo').click();
  const lines = () => agent.locator('.line').evaluateAll((all) => all.map((line) => line.textContent.replace(/ · .*/, '')));
  await agent.locator('.line', { hasText: 'Opened again' }).waitFor();
  assert.deepEqual(await lines(), ['Assigned to you', 'Closed', 'Opened again']);
  await server.kill();
  await server.start();
  await write(visitor, 'v-after');
  await waitForBubble(agent, 'v-after');
  await agent.locator('.connection').waitFor({ state: 'detached' });
  await agent.locator('.head .chip.open').waitFor();
  assert.deepEqual(await lines(), ['Assigned to you', 'Closed', 'Opened again']);
});

test('a message that waits survives closing and opening the page', async () => {
  const room = await talk('Reload');
  await server.kill();
  await write(visitor, 'v-kept');
  await visitor.locator('.unsent').waitFor();
  await server.start();
  await visitor.reload();
  await waitForBubble(visitor, 'v-kept');
  await waitForBubble(agent, 'v-kept');
  await assertAllAgree(room);
});

test('a stream from both sides across kills is shown once and in order', async () => {
  const room = await talk('Stream');
  let writing = true;
  const stream = async (page, prefix) => {
    for (let index = 0; writing && index < 150; index += 1) { // as many as the logs keep, however slow the machine
      await write(page, `${prefix}-${index}`);
      await page.waitForTimeout(60);
    }
  };
  const streams = [stream(visitor, 'v'), stream(agent, 'a')];
  for (let kill = 0; kill < 4; kill += 1) {
    await new Promise((next) => setTimeout(next, 300 + Math.random() * 500));
    await server.kill();
    await new Promise((next) => setTimeout(next, Math.random() * 300));
    await server.start();
  }
  writing = false;
  await Promise.all(streams);
  for (const page of [visitor, agent]) await waitForCount(page, '.unsent', (count) => count === 0, { timeout: within(60_000) });
  const history = await assertAllAgree(room);
  for (const prefix of ['v', 'a']) {
    const numbers = history.filter((text) => new RegExp(`^${prefix}-\\d+$`).test(text)).map((text) => Number(text.slice(2)));
    assert.ok(numbers.length > 5);
    assert.deepEqual(numbers, numbers.map((_, at) => at), `${prefix}: in the order in which it was written`);
  }
});

test('after a kill the visitor’s first message of a new page still opens one room', async () => {
  visitor = await openPage(browser);
  await openShop(visitor, server);
  await visitor.fill('.name-field', 'First While Down');
  await server.kill();
  await write(visitor, 'v-first');
  await visitor.locator('.unsent').waitFor();
  await server.start();
  await waitForBubble(visitor, 'v-first');
  agent = await openPage(browser);
  await signIn(agent, server, demo.agent_email, demo.agent_password);
  await search(agent, 'First While Down');
  await agent.waitForFunction(() => document.querySelectorAll('.row').length === 1);
});

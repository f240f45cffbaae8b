// Many rooms and many messages: what is drawn stays bounded, whatever there is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitForBubble } from '../lib/browser.js';
import { consoleWorld } from '../lib/console.js';

const world = consoleWorld();

async function many(count, make) {
  let next = 0;
  await Promise.all(Array.from({ length: 16 }, async () => {
    while (next < count) await make(next++);
  }));
}

test('of many rooms those in view are drawn, and any place of the list is reached at once', async () => {
  const { visitor } = await world.visitor('Crowd', 'the very first one');
  await many(700, (index) => visitor.createRoom(`question ${index}`));
  const agent = await world.agent();
  await agent.waitForFunction(() => Number(document.querySelector('.rows-inner')?.style.blockSize.replace('px', '')) === 701 * 75);
  assert.ok(await agent.locator('.row').count() < 40);
  await agent.$eval('.rows', (rows) => { rows.scrollTop = rows.scrollHeight; });
  await agent.locator('.row[aria-posinset="701"]').waitFor();
  await agent.$eval('.rows', (rows) => { rows.scrollTop = 350 * 75; });
  await agent.locator('.row[aria-posinset="352"]').waitFor();
  assert.ok(await agent.locator('.row').count() < 40);
  const heights = await agent.$$eval('.row', (rows) => [...new Set(rows.map((row) => row.getBoundingClientRect().height))]);
  assert.deepEqual(heights, [74]);
});

test('what is pointed at stays where it is while others write', async () => {
  const agent = await world.agent({ who: 'agent2' });
  const target = agent.locator('.row[aria-posinset="3"]');
  await target.hover();
  const room = await target.getAttribute('data-room');
  const place = () => agent.evaluate((id) => document.querySelector(`[data-room="${id}"]`)?.getBoundingClientRect().top, room);
  const before = await place();
  for (let index = 0; index < 3; index += 1) await world.visitor(`Newcomer ${index}`);
  await agent.locator('.order-note', { hasText: '50+' }).waitFor();
  await agent.waitForTimeout(1500); // a refresh and a half
  assert.equal(await place(), before);
});

test('a conversation that goes on and on keeps its newest messages', async () => {
  const { visitor, room } = await world.visitor('Endless', 'line 0');
  const agent = await world.agent();
  await agent.evaluate((id) => { location.hash = `room=${id}`; }, room);
  await agent.waitForSelector('.conversation .bubble');
  for (let index = 1; index <= 520; index += 1) await visitor.send(room, `line ${index}`);
  await waitForBubble(agent, 'line 520');
  const shown = await agent.locator('.conversation .bubble').count();
  assert.ok(shown <= 401, `${shown} bubbles`);
  await agent.$eval('.log', (log) => { log.scrollTop = 0; });
  await agent.waitForFunction((count) => document.querySelectorAll('.conversation .bubble').length > count, shown);
  const first = await agent.locator('.conversation .bubble').first().textContent();
  await visitor.send(room, 'while reading');
  await agent.locator('.below', { hasText: '1 new message' }).waitFor();
  assert.equal(await agent.locator('.conversation .bubble').first().textContent(), first, 'what is read stays');
  await agent.click('.below');
  await agent.locator('.below').waitFor({ state: 'detached' });
  await visitor.send(room, 'at the end again');
  await waitForBubble(agent, 'at the end again');
  assert.ok(await agent.locator('.conversation .bubble').count() <= 401);
});

test('bursts of messages are followed to the end, and the log stays short', async () => {
  const { visitor, room } = await world.visitor('Bursting', 'burst 0');
  const agent = await world.agent();
  await agent.evaluate((id) => { location.hash = `room=${id}`; }, room);
  await agent.waitForSelector('.conversation .bubble');
  const admin = world.api('admin');
  for (let index = 0; index < 900; index += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 ? visitor : admin).send(room, `burst ${index + at}`)));
  }
  await visitor.send(room, 'the last of them');
  await waitForBubble(agent, 'the last of them');
  await agent.waitForFunction(() => {
    const log = document.querySelector('.log');
    return log.scrollHeight - log.scrollTop - log.clientHeight < 4;
  });
  assert.equal(await agent.locator('.below').count(), 0);
  assert.ok(await agent.locator('.conversation .bubble').count() <= 401);
});

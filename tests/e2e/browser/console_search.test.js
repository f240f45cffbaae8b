// What an agent sees of a search: why each conversation was found.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search, waitForBubble } from '../lib/browser.js';
import { consoleWorld, openRoom, row } from '../lib/console.js';

const world = consoleWorld();

const marked = (page, name) => row(page, name).locator('.row-preview mark').allTextContents();

test('a row that was found shows the text that matches, its words marked, and its last message again afterwards', async () => {
  await world.visitor('Searched Sina', `${'Something else first. '.repeat(10)}The Barometer has a crack along its rim.`, 'Thank you, bye');
  const agent = await world.agent();
  await row(agent, 'Searched Sina').locator('.row-preview', { hasText: 'Thank you, bye' }).waitFor();
  await search(agent, 'crack barom');
  await row(agent, 'Searched Sina').locator('.row-preview', { hasText: /^…else first\. The Barometer has a crack/ }).waitFor();
  assert.deepEqual(await marked(agent, 'Searched Sina'), ['Barometer', 'crack']);
  await agent.click('.search [aria-label="Clear the search"]');
  await row(agent, 'Searched Sina').locator('.row-preview', { hasText: 'Thank you, bye' }).waitFor();
  assert.deepEqual(await marked(agent, 'Searched Sina'), []);
});

test('Arabic is found and marked whatever its spelling, and reads from the right', async () => {
  await world.visitor('بحث سارة', 'وصلتني الطلبيّة مكسورة أمس', 'شكراً');
  const agent = await world.agent({ lang: 'ar' });
  await search(agent, 'الطلبيه');
  await row(agent, 'بحث سارة').locator('mark').waitFor();
  assert.deepEqual(await marked(agent, 'بحث سارة'), ['الطلبيّة']);
  assert.equal(await row(agent, 'بحث سارة').locator('.row-words').getAttribute('dir'), 'rtl');
});

test('what an agent wrote is found under their name, and a note is known by its lock', async () => {
  const { room } = await world.visitor('Searched Sven', 'Hello');
  await world.api().send(room, 'Your hygrometer left today');
  await world.api('admin').send(room, 'The hydrometer is another thing', { type: 'note' });
  const agent = await world.agent();
  await search(agent, 'hygrometer');
  await row(agent, 'Searched Sven').locator('.row-preview', { hasText: 'You: Your hygrometer' }).waitFor();
  await search(agent, 'hydrometer');
  await row(agent, 'Searched Sven').locator('.row-preview svg').waitFor();
  assert.deepEqual(await marked(agent, 'Searched Sven'), ['hydrometer']);
  await openRoom(agent, 'Searched Sven');
  await waitForBubble(agent, 'another thing');
});

test('markup in what was found stays text', async () => {
  await world.visitor('Searched Mark', '<img src=x onerror=alert(1)> zeppelin <mark>bold</mark>');
  const agent = await world.agent();
  await search(agent, 'zeppelin');
  await row(agent, 'Searched Mark').locator('mark').waitFor();
  assert.deepEqual(await marked(agent, 'Searched Mark'), ['zeppelin']);
  assert.equal(await row(agent, 'Searched Mark').locator('.row-preview img').count(), 0);
});

test('a row under the pointer is not held by a search that does not find it', async () => {
  await world.visitor('Searched Polly', 'A pointed question');
  const agent = await world.agent();
  await row(agent, 'Searched Polly').hover();
  await agent.keyboard.press('Control+k');
  await agent.keyboard.type('no such word');
  await agent.locator('.no-rows').waitFor();
});

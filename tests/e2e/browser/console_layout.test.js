// How the console lies on the screen where room is scarce or runs from the right: nothing covered, shifted or cut off
// at its beginning.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visitor } from '../lib/api.js';
import { consoleWorld, openRoom, row } from '../lib/console.js';

const world = consoleWorld();
const box = (page, selector) => page.locator(selector).first().boundingBox();

for (const lang of ['en', 'ar']) {
  test(`${lang}, 390 px: the conversation stands where it stood when the contact has been looked at`, async () => {
    const { room } = await world.visitor(`Beside ${lang}`, 'Hello');
    const agent = await world.agent({ lang, width: 390, height: 844 });
    await agent.evaluate((id) => { location.hash = `room=${id}`; }, room);
    await agent.waitForSelector('.conversation .bubble');
    const before = await box(agent, '.conversation .head');
    await agent.click('.head-face');
    await agent.locator('.with-contact .contact').waitFor();
    await agent.locator('.contact .add-tag').focus();
    await agent.click('.contact-close');
    await agent.locator('.contact').waitFor({ state: 'hidden' });
    // A browser scrolls to what gets the focus, hidden overflow too.
    await agent.$eval('.sheet', (sheet) => { sheet.scrollLeft = document.dir === 'rtl' ? -50 : 50; });
    assert.deepEqual(await box(agent, '.conversation .head'), before);
  });
}

test('1024 px: a name has its line to itself, and nothing lies over what stands below it', async () => {
  const name = 'Oskar Thistlewood';
  const { room } = await world.visitor(name, 'Hello');
  await world.api('admin').patch('/room', { room_id: room, priority: 'urgent' });
  const agent = await world.agent({ width: 1024, height: 768 });
  await openRoom(agent, name);
  await agent.locator('.head-chips .urgent').waitFor();
  const [whole, seen] = await agent.$eval('.head h1 bdi', (bdi) => [bdi.scrollWidth, bdi.clientWidth]);
  assert.ok(whole <= seen, `${whole} px of the name in ${seen}`);
  const [under, actions] = [await box(agent, '.head-sub'), await box(agent, '.head-actions')];
  assert.ok(under.x + under.width <= actions.x, 'the line below ends before the buttons');
});

test('Arabic: what is too long ends in dots, and who said it stands on the right', async () => {
  const name = 'Bartholomew Longname Everlasting-Neverending of Somewhere';
  const visitor = await Visitor.open(world.server, world.demo, { name });
  const { id: room } = await visitor.createRoom('Hello');
  await world.api('admin').assign(room, [world.demo.agent_conversation_id]);
  await world.api().send(room, 'It leaves our store today.');
  const agent = await world.agent({ who: 'admin', lang: 'ar', width: 390, height: 844 });
  const found = row(agent, 'Bartholomew');
  await found.waitFor();
  const [by, words] = [await found.locator('.row-by').boundingBox(), await found.locator('.row-words').boundingBox()];
  assert.ok(by.x >= words.x + words.width, 'the author, then the words');
  await found.click();
  await agent.waitForSelector('.conversation .bubble');
  for (const selector of ['.row-name bdi', '.head h1 bdi']) {
    const direction = await agent.locator(selector, { hasText: 'Bartholomew' }).first().evaluate((bdi) => {
      const style = getComputedStyle(bdi);
      return [style.direction, style.textOverflow, style.display];
    });
    assert.deepEqual(direction, ['ltr', 'ellipsis', 'block'], selector);
  }
  // The name is kept apart from the time that follows it.
  assert.match(await agent.locator('.line').last().textContent(), /\u2068.+\u2069/);
});

test('1024 px: what the bot would say does not lie over the phrases', async () => {
  const admin = await world.agent({ who: 'admin', width: 1024, height: 768 });
  await admin.evaluate(() => { location.hash = 'settings/intents'; });
  await admin.fill('.bot-trial textarea', 'got the mail but the reset link is dead, says expired');
  await admin.locator('.trial-answer .trial-reply').waitFor();
  const trial = await box(admin, '.bot-trial');
  const covering = await admin.$$eval('.chip.tag button', (buttons, top) => buttons.filter((button) => {
    const { left, top: y, width, height } = button.getBoundingClientRect();
    return y > top && document.elementFromPoint(left + width / 2, y + height / 2) === button;
  }).length, trial.y);
  assert.equal(covering, 0);
  assert.ok((await box(admin, '.intent-editor')).height > 250, 'the editor is still there');
});

test('Arabic: the hours run from the right', async () => {
  const admin = await world.agent({ who: 'admin', lang: 'ar' });
  await admin.evaluate((id) => { location.hash = `settings/inboxes/${id}`; }, world.demo.inbox_id);
  await admin.locator('.hours [role=switch]').click();
  const times = admin.locator('.week li').first().locator('input[type=time]');
  const [from, until] = [await times.nth(0).boundingBox(), await times.nth(1).boundingBox()];
  assert.ok(from.x > until.x);
});

test('a note of the bot is tinted like any other', async () => {
  const admin = await world.agent({ who: 'admin' });
  const { room } = await world.visitor('Noted', 'Hello');
  await world.api('admin').send(room, 'only for us', { type: 'note' });
  await admin.evaluate((id) => { location.hash = `room=${id}`; }, room);
  const note = admin.locator('.is-note .bubble');
  const colour = await note.evaluate((bubble) => {
    const group = bubble.closest('.group');
    const tinted = getComputedStyle(bubble).backgroundColor;
    group.className = 'group in is-note is-bot from-agent'; // as a note of the bot is drawn
    return [tinted, getComputedStyle(bubble).backgroundColor];
  });
  assert.equal(colour[0], colour[1]);
});

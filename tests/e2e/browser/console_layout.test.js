// How the console lies on the screen where room is scarce or runs from the right: nothing covered, shifted or cut off
// at its beginning.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visitor } from '../lib/api.js';
import { consoleWorld, openRoom, row } from '../lib/console.js';
import { buyer, OrderClient, orderNumber } from '../lib/orders.js';

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
  // What of the inbox has no room is left out; it is not cut to a letter or two.
  const [line, inbox] = [under, await box(agent, '.head-sub > bdi:last-child')];
  if (inbox.y < line.y + line.height) assert.ok(inbox.width >= 64, `${inbox.width} px of the inbox's name`);
});

for (const lang of ['en', 'ar']) {
  test(`${lang}: an order's details stand in the panel below one another, each inside it`, async () => {
    const shop = new OrderClient(world.server, world.demo.order_client);
    const buyerId = orderNumber();
    const room = await shop.createRoom({ order_user_id: buyerId, vendor_user_id: orderNumber(), agent_id: '' });
    await shop.send(room._id, 'Where is my lamp?', buyer({ user_id: buyerId, username: `Laid out ${lang}`, email: 'a.rather.long.address.of.somebody@example.com' }));
    const admin = await world.agent({ who: 'admin', lang });
    await openRoom(admin, `Laid out ${lang}`);
    await admin.locator('.order-people li').first().waitFor();
    const panel = await box(admin, '.contact');
    const parts = await admin.$$eval('.order-details :is(h3, dl, li)', (all) => all.map((one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return { left, right, top, bottom }; }));
    assert.equal(parts.length, 3);
    parts.forEach((part, at) => {
      assert.ok(part.left >= panel.x && part.right <= panel.x + panel.width, 'inside the panel');
      assert.ok(at === 0 || part.top >= parts[at - 1].bottom, 'below what is before it');
    });
  });
}

test('Arabic: members stand beside their faces, with what each has everywhere', async () => {
  const { room } = await world.visitor('Held elsewhere', 'Hello');
  const inbox = await world.api('admin').post('/inbox', { name: 'Quiet corner', algorithm: 'manual', members: [world.demo.agent2_conversation_id] });
  await world.api('admin').assign(room, [world.demo.agent_conversation_id]);
  const admin = await world.agent({ who: 'admin', lang: 'ar' });
  await admin.evaluate((id) => { location.hash = `settings/inboxes/${id}`; }, inbox.data._id);
  const tess = admin.locator('.member-list li', { hasText: 'Tess' });
  await tess.waitFor();
  const [name, face] = await tess.evaluate((item) => { const range = document.createRange(); range.selectNodeContents(item.querySelector('bdi')); return [range, item.querySelector('.face')].map((one) => one.getBoundingClientRect().toJSON()); });
  assert.ok(face.left - name.right < 24, `${face.left - name.right} px between the name and the face`);
  const loads = await world.api('admin').get('/inbox');
  const held = Math.max(...loads.data.flatMap((one) => one.members).filter((one) => one.conversation_id === world.demo.agent_conversation_id).map((one) => one.current_load));
  assert.match(await tess.locator('.item-figure').textContent(), new RegExp(`^${held} `));
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

test('Arabic: the name of a file begins where the line below it begins', async () => {
  const { room } = await world.visitor('Filed Farah', 'Hello');
  const form = new FormData();
  form.append('file', new Blob(['x']), 'a.txt');
  const { attachment } = await world.api().ok('POST', '/attachment', { form });
  await world.api().post('/message', { room_id: room, message: { type: 'file', content: '', attachments: [{ url: attachment.url }] } });
  const agent = await world.agent({ lang: 'ar' });
  await openRoom(agent, 'Filed Farah');
  await agent.locator('.file-words').waitFor();
  const [name, more] = await agent.$$eval('.file-words bdi', (all) => all.map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return range.getBoundingClientRect().right;
  }));
  assert.ok(Math.abs(name - more) < 2, `${name} and ${more}`);
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

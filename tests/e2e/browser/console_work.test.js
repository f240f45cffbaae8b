// What agents do all day in the console.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assign, search, waitForBubble, write } from '../lib/browser.js';
import { choose, consoleWorld, openRoom, row } from '../lib/console.js';
import { png } from '../lib/files.js';

const world = consoleWorld();

test('a draft belongs to its room and its mode, and survives a reload', async () => {
  await world.visitor('Draft One');
  await world.visitor('Draft Two');
  const agent = await world.agent();
  await openRoom(agent, 'Draft One');
  await agent.fill('.composer textarea', 'half a reply');
  await agent.click('.note-mode');
  await agent.fill('.composer textarea', 'half a note');
  await openRoom(agent, 'Draft Two');
  assert.equal(await agent.inputValue('.composer textarea'), '');
  await openRoom(agent, 'Draft One');
  await agent.waitForSelector('.composer.note');
  assert.equal(await agent.inputValue('.composer textarea'), 'half a note');
  await agent.reload();
  await agent.waitForSelector('.composer textarea');
  assert.equal(await agent.inputValue('.composer textarea'), 'half a reply');
  await agent.click('.note-mode');
  assert.equal(await agent.inputValue('.composer textarea'), 'half a note');
});

test('a slash brings up canned replies, and what is chosen is filled in', async () => {
  await world.api('admin').post('/canned', { short_code: 'ship', text: 'It ships today, {{contact.name | there}}. — {{agent.name}}' });
  const { visitor, room } = await world.visitor('Canned Carla');
  const agent = await world.agent();
  await openRoom(agent, 'Canned Carla');
  await agent.type('.composer textarea', 'Hello! /sh');
  await agent.locator('.choices li', { hasText: '/ship' }).waitFor();
  await agent.press('.composer textarea', 'Enter');
  assert.equal(await agent.inputValue('.composer textarea'), 'Hello! It ships today, Canned Carla. — Tess Okafor');
  await agent.press('.composer textarea', 'Enter');
  await waitForBubble(agent, 'It ships today');
  const history = await visitor.history(room);
  assert.equal(history.messages[0].content, 'Hello! It ships today, Canned Carla. — Tess Okafor');
});

test('closing can be undone', async () => {
  await world.visitor('Undo Una');
  const agent = await world.agent();
  await openRoom(agent, 'Undo Una');
  await agent.click('.head-actions >> text=Close');
  await agent.locator('.head .chip.closed').waitFor();
  await row(agent, 'Undo Una').waitFor({ state: 'detached' });
  await agent.locator('.toast', { hasText: 'Closed.' }).locator('text=Undo').click();
  await agent.locator('.head .chip.open').waitFor();
  await row(agent, 'Undo Una').waitFor();
});

test('who sends second is told that a colleague was first', async () => {
  const { room } = await world.visitor('Collision Cleo');
  await world.api().assign(room, [world.demo.agent_conversation_id, world.demo.agent2_conversation_id]);
  const agent = await world.agent();
  await openRoom(agent, 'Collision Cleo');
  await agent.fill('.composer textarea', 'I was second');
  await world.api('agent2').send(room, 'I was first');
  await waitForBubble(agent, 'I was first');
  await agent.press('.composer textarea', 'Enter');
  await agent.locator('.collision', { hasText: /Omar answered \d+ s ago\./ }).waitFor();
  assert.equal(await agent.inputValue('.composer textarea'), 'I was second');
  await agent.click('.collision >> text=Review');
  await agent.locator('.collision').waitFor({ state: 'detached' });
  await world.api('agent2').send(room, 'And again');
  await waitForBubble(agent, 'And again');
  await agent.press('.composer textarea', 'Enter');
  await agent.click('.collision >> text=Send anyway');
  await waitForBubble(agent, 'I was second');
});

test('who loses a conversation sees with whom it is, and keeps the draft', async () => {
  const { room } = await world.visitor('Lost Lars');
  await world.api().assign(room, [world.demo.agent_conversation_id]);
  const agent = await world.agent();
  await agent.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openRoom(agent, 'Lost Lars');
  await agent.fill('.composer textarea', 'an answer that took a while');
  await world.api('admin').assign(room, [world.demo.agent2_conversation_id]);
  await agent.locator('.lost', { hasText: 'Now with Omar' }).waitFor();
  await agent.locator('.lost-draft', { hasText: 'an answer that took a while' }).waitFor();
  agent.problems = agent.problems.filter((problem) => !problem.includes('403')); // reading it again told so
  await agent.click('.lost >> text=Copy the draft');
  assert.equal(await agent.evaluate(() => navigator.clipboard.readText()), 'an answer that took a while');
});

test('colleagues see who is viewing', async () => {
  await world.visitor('Viewed Vera');
  const agent = await world.agent();
  const second = await world.agent({ who: 'agent2' });
  await openRoom(agent, 'Viewed Vera');
  await openRoom(second, 'Viewed Vera');
  await agent.locator('.viewing', { hasText: 'Omar is viewing' }).waitFor();
  await second.locator('.viewing', { hasText: 'Tess is viewing' }).waitFor();
  await second.goto(`${world.server.url}/console#`);
  await agent.locator('.viewing').waitFor({ state: 'detached' });
});

test('priority, tags, notes, favourite and snooze', async () => {
  await world.visitor('Many Mara');
  const agent = await world.agent();
  await openRoom(agent, 'Many Mara');
  await choose(agent, '.head-more', 'Urgent');
  await agent.locator('.head .chip.urgent').waitFor();
  await agent.click('.add-tag');
  await agent.fill('.tag-input', 'damaged');
  await agent.press('.tag-input', 'Enter');
  await agent.locator('.contact .chip.tag', { hasText: 'damaged' }).waitFor();
  await agent.fill('.contact-notes', 'A very patient person');
  await agent.locator('.contact-notes').blur();
  await agent.click('.head-star');
  await agent.locator('.head-star[aria-pressed=true]').waitFor();
  await row(agent, 'Many Mara').locator('.row-star').waitFor();
  await choose(agent, '.head-snooze', 'Tomorrow');
  await agent.locator('.toast', { hasText: 'Snoozed until' }).waitFor();
  await agent.click('[aria-label=Favourites]');
  await row(agent, 'Many Mara').waitFor();
  await agent.click('[aria-label=Snoozed]');
  await row(agent, 'Many Mara').waitFor();
  await agent.reload();
  await agent.waitForSelector('.contact-notes');
  assert.equal(await agent.inputValue('.contact-notes'), 'A very patient person');
});

test('the views count whoever comes, also right after they were counted', async () => {
  const agent = await world.agent();
  const all = agent.locator('.views button', { hasText: /^All/ });
  await all.locator('text=/\\d/').first().waitFor();
  const before = Number((await all.textContent()).replace(/\D/g, ''));
  await world.visitor('Counted Cora');
  await row(agent, 'Counted Cora').waitFor();
  await agent.waitForFunction((expected) => [...document.querySelectorAll('.views button')].some((button) =>
    button.textContent.startsWith('All') && Number(button.textContent.replace(/\D/g, '')) === expected), before + 1);
});

test('views, filters and a search that finds nothing', async () => {
  const { room } = await world.visitor('Filter Fay', 'the xylophone case');
  await world.api().patch('/room', { room_id: room, priority: 'high', tags: ['music'] });
  await world.visitor('Filter Finn');
  const agent = await world.agent();
  await row(agent, 'Filter Fay').waitFor();
  await agent.click('.views >> text=Mine');
  await row(agent, 'Filter Finn').waitFor({ state: 'detached' });
  await agent.click('.views >> text=Unassigned');
  await row(agent, 'Filter Finn').waitFor();
  await agent.locator('.list-tools .icon-button').nth(1).click();
  await agent.fill('.filter-panel input', 'music');
  await agent.press('.filter-panel input', 'Enter');
  await row(agent, 'Filter Finn').waitFor({ state: 'detached' });
  await row(agent, 'Filter Fay').waitFor();
  await agent.click('text=Clear filters');
  await row(agent, 'Filter Finn').waitFor();
  await world.api().patch('/room/status', { room_id: room, status: 'closed' });
  await search(agent, 'xylophone');
  await agent.locator('.no-rows', { hasText: 'Nothing for “xylophone” in Open.' }).waitFor();
  await agent.click('.no-rows >> text=Search all');
  await row(agent, 'Filter Fay').waitFor();
});

test('many at once: chosen with the mouse and Shift, closed together', async () => {
  for (const name of ['Bulk A', 'Bulk B', 'Bulk C']) await world.visitor(name);
  const agent = await world.agent();
  await agent.locator('.order-button').click();
  await agent.locator('.popover .menu-item', { hasText: 'Newest' }).click();
  await row(agent, 'Bulk C').waitFor();
  await row(agent, 'Bulk C').locator('.row-check').click();
  await row(agent, 'Bulk A').locator('.row-check').click({ modifiers: ['Shift'] });
  await agent.locator('.bulk', { hasText: '3 selected' }).waitFor();
  await agent.click('.bulk [aria-label=Close]');
  await agent.locator('.toast', { hasText: '3 conversations changed.' }).waitFor();
  for (const name of ['Bulk A', 'Bulk B', 'Bulk C']) await row(agent, name).waitFor({ state: 'detached' });
});

test('files: uploaded with the message, shown, looked at; one that is too large is refused at once', async () => {
  const { visitor, room } = await world.visitor('File Freya');
  await world.api('admin').patch('/account', { limits: { attachment_bytes: 50_000 } });
  const agent = await world.agent();
  await openRoom(agent, 'File Freya');
  const files = (list) => agent.setInputFiles('.composer-foot input[type=file]', list);
  await files([{ name: 'huge.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(60_000, 1) }]);
  await agent.locator('.uploads .bad', { hasText: /the limit is .?49 KB/ }).waitFor();
  await agent.click('.uploads [aria-label="Remove huge.bin"]');
  await files([
    { name: 'lamp.png', mimeType: 'image/png', buffer: png(64, 48) },
    { name: 'label.png', mimeType: 'image/png', buffer: png(48, 64) },
  ]);
  await agent.waitForFunction(() => document.querySelectorAll('.uploads progress[value="1"]').length === 2);
  await agent.fill('.composer textarea', 'Two pictures');
  await agent.press('.composer textarea', 'Enter');
  await waitForBubble(agent, 'Two pictures');
  assert.equal((await visitor.history(room)).messages[0].attachments.length, 2);
  await agent.locator('.picture').first().click();
  await agent.locator('.viewer', { hasText: '1 of 2' }).waitFor();
  await agent.keyboard.press('ArrowRight');
  await agent.locator('.viewer', { hasText: '2 of 2' }).waitFor();
  await agent.keyboard.press('Escape');
  await agent.locator('.viewer').waitFor({ state: 'detached' });
  await files([{ name: 'report.txt', mimeType: 'text/plain', buffer: Buffer.from('plain words') }]);
  await agent.waitForSelector('.uploads progress[value="1"]');
  await agent.click('.composer-foot .primary >> text=Send');
  await agent.locator('.group:not(.unsent) .file-card', { hasText: 'report.txt' }).waitFor();
  await world.api('admin').patch('/account', { limits: { attachment_bytes: 26_214_400 } });
});

test('who leaves with a file that is not sent yet is asked first, and not once it is sent', async () => {
  await world.visitor('Leaving Lea');
  const agent = await world.agent();
  await openRoom(agent, 'Leaving Lea');
  const asked = [];
  agent.on('dialog', (dialog) => {
    asked.push(dialog.type());
    return dialog.dismiss();
  });
  let arrive;
  const onItsWay = new Promise((resolve) => (arrive = resolve));
  await agent.route('**/attachment', async (route) => {
    await onItsWay;
    await route.continue();
  });
  await agent.setInputFiles('.composer-foot input[type=file]', [{ name: 'lamp.png', mimeType: 'image/png', buffer: png(64, 48) }]);
  await agent.locator('.uploads', { hasText: 'lamp.png' }).waitFor();
  await agent.evaluate(() => location.reload());
  await agent.locator('.uploads', { hasText: 'lamp.png' }).waitFor();
  assert.deepEqual(asked, ['beforeunload'], 'on its way');
  arrive();
  await agent.waitForSelector('.uploads progress[value="1"]');
  await agent.evaluate(() => location.reload());
  await agent.locator('.uploads', { hasText: 'lamp.png' }).waitFor();
  assert.deepEqual(asked, ['beforeunload', 'beforeunload'], 'arrived, but not sent');
  await agent.click('.composer-foot .primary >> text=Send');
  await agent.locator('.group:not(.unsent) .picture').waitFor();
  await agent.reload();
  await agent.locator('.group:not(.unsent) .picture').waitFor();
  assert.equal(asked.length, 2);
});

// Out of the field, once whatever was to focus it has done so.
const leaveField = (page) => page.evaluate(async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  document.activeElement.blur();
});

test('everything goes by the keyboard, and the letters can be switched off', async () => {
  for (const name of ['Keys A', 'Keys B']) await world.visitor(name);
  const agent = await world.agent();
  await agent.keyboard.press('Control+k');
  await agent.waitForSelector('.search input:focus');
  await agent.keyboard.type('Keys');
  await agent.waitForFunction(() => document.querySelectorAll('.row').length === 2);
  await leaveField(agent);
  await agent.keyboard.press('j');
  await agent.locator('.row.current', { hasText: 'Keys' }).waitFor();
  const first = agent.url();
  await leaveField(agent);
  await agent.keyboard.press('j');
  await agent.waitForFunction((before) => location.href !== before, first);
  await agent.waitForSelector('.conversation .bubble');
  await leaveField(agent);
  await agent.keyboard.press('n');
  await agent.waitForSelector('.composer.note textarea:focus');
  await leaveField(agent);
  await agent.keyboard.press('r');
  await agent.waitForSelector('.composer.text textarea:focus');
  await agent.keyboard.type('jjj');
  assert.equal(await agent.inputValue('.composer textarea'), 'jjj');
  await leaveField(agent);
  await agent.keyboard.press('a');
  await agent.waitForSelector('.popover [role=menuitem]:focus');
  await agent.keyboard.press('Enter');
  await agent.locator('.assign-button', { hasText: 'Tess' }).waitFor();
  await leaveField(agent);
  await agent.keyboard.press('z');
  await agent.locator('.popover >> text=Tomorrow').waitFor();
  await agent.keyboard.press('Escape');
  await leaveField(agent);
  await agent.keyboard.press('e');
  await agent.locator('.head .chip.closed').waitFor();
  await leaveField(agent);
  await agent.keyboard.press('?');
  await agent.locator('.key-sheet').waitFor();
  await agent.click('.key-sheet [role=switch]');
  await agent.keyboard.press('Escape');
  await leaveField(agent);
  await agent.keyboard.press('n');
  assert.equal(await agent.locator('.composer.note').count(), 0);
});

test('the title counts who waits, and an answer takes them off', async () => {
  const agent = await world.agent({ who: 'agent2' });
  await world.visitor('Title Tom');
  await row(agent, 'Title Tom').waitFor();
  await agent.waitForFunction(() => /^\(\d+\) /.test(document.title));
  const before = Number(/\d+/.exec(await agent.title())[0]);
  await openRoom(agent, 'Title Tom');
  await write(agent, 'Here I am');
  await waitForBubble(agent, 'Here I am');
  await agent.waitForFunction((count) => Number(/^\((\d+)\)/.exec(document.title)?.[1] ?? 0) < count, before);
});

test('earlier conversations of the person can be opened; the person can be blocked', async () => {
  const { visitor, room } = await world.visitor('Earlier Ed', 'the first time');
  await world.api().patch('/room/status', { room_id: room, status: 'closed' });
  await visitor.createRoom('the second time');
  const agent = await world.agent();
  await openRoom(agent, 'Earlier Ed');
  await agent.locator('.earlier a', { hasText: 'the first time' }).click();
  await waitForBubble(agent, 'the first time');
  await choose(agent, '.contact-head .icon-button:last-of-type >> nth=-1', 'Block');
  await agent.click('.dialog .danger-button');
  await agent.locator('.head .chip', { hasText: 'Blocked' }).waitFor();
  assert.equal((await visitor.call('POST', '/user/message', { body: { room_id: room, message: { content: 'x' } } })).status, 403);
});

for (const [lang, byName] of [['en', 'Closed by '], ['ar', 'أغلقها ']]) {
  test(`earlier conversations say who closed them (${lang})`, async () => {
    const { visitor, room } = await world.visitor(`Ended ${lang}`, 'the first time');
    await world.api().patch('/room/status', { room_id: room, status: 'closed' });
    await visitor.createRoom('the second time');
    const agent = await world.agent({ lang });
    await openRoom(agent, `Ended ${lang}`);
    await agent.locator('.earlier a', { hasText: 'the first time' }).getByText(byName).waitFor();
  });
}

test('sending and closing in one, and a note that is tinted', async () => {
  await world.visitor('Split Sue');
  const agent = await world.agent();
  await openRoom(agent, 'Split Sue');
  await agent.fill('.composer textarea', 'All done!');
  await choose(agent, '.send-more', 'Send and close');
  await waitForBubble(agent, 'All done!');
  await agent.locator('.head .chip.closed').waitFor();
});

test('scrolled up, nothing moves when something comes; who sends sees it', async () => {
  const { visitor, room } = await world.visitor('Reader Ruth', ...Array.from({ length: 30 }, (_, at) => `line ${at}`));
  const agent = await world.agent();
  await openRoom(agent, 'Reader Ruth');
  await waitForBubble(agent, 'line 29');
  const fromEnd = () => agent.$eval('.conversation .log', (log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  await agent.$eval('.conversation .log', (log) => { log.scrollTop = 200; });
  await visitor.send(room, 'one more thing');
  await agent.locator('.below', { hasText: '1 new message' }).waitFor();
  assert.ok(await fromEnd() > 200);
  await write(agent, 'Here is the answer');
  await waitForBubble(agent, 'Here is the answer');
  await agent.locator('.below').waitFor({ state: 'detached' });
  assert.ok(await fromEnd() < 48);
});

test('a very long message is cut until it is asked for, and markup stays text', async () => {
  const { room, visitor } = await world.visitor('Long Lou', 'short');
  await visitor.send(room, `${'x'.repeat(149_000)} <b>end</b>`);
  const agent = await world.agent();
  await openRoom(agent, 'Long Lou');
  await agent.click('.show-all');
  await agent.locator('.bubble', { hasText: '<b>end</b>' }).waitFor();
  assert.equal(await agent.locator('.bubble b').count(), 0);
});

test('a very long Arabic message is shown whole without the page standing still', async () => {
  const { room, visitor } = await world.visitor('Long Layla', 'short');
  const long = `${'كلمة '.repeat(29_990)}انتهى`;
  await visitor.send(room, long);
  const agent = await world.agent({ lang: 'ar' });
  await openRoom(agent, 'Long Layla');
  await agent.click('.show-all');
  const bubble = agent.locator('.bubble', { hasText: 'انتهى' });
  await bubble.waitFor();
  const longest = await bubble.evaluate((element) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let most = 0;
    while (texts.nextNode()) most = Math.max(most, texts.currentNode.length);
    return most;
  });
  assert.ok(longest <= 2_000, `a run of ${longest} characters, which takes a browser its square`);
});

test('assigning from the menu moves the conversation between views', async () => {
  await world.visitor('Assigned Abe');
  const agent = await world.agent();
  await openRoom(agent, 'Assigned Abe');
  await assign(agent, 'Assign to me');
  await agent.click('.views >> text=Mine');
  await row(agent, 'Assigned Abe').waitFor();
  await agent.click('.views >> text=Unassigned');
  await row(agent, 'Assigned Abe').waitFor({ state: 'detached' });
});

// What a visitor does in the widget, beyond writing: files, voice, emoji, being offline, being slowed down, closed
// hours, two windows, the keyboard alone.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Agent, Client, contents } from '../lib/api.js';
import {
  assertAccessible, bubbles, fakeMicrophone, launchBrowser, openPage, openShop, waitForBubble, waitForCount, write,
} from '../lib/browser.js';
import { png } from '../lib/files.js';
import { startServer } from '../lib/server.js';

let server;
let demo;
let browser;
let agent;
let pages = [];
before(async () => {
  ({ server, demo } = await startServer());
  browser = await launchBrowser(fakeMicrophone);
  agent = new Agent(server, demo.agent_jwt);
});
afterEach(async () => {
  const problems = pages.flatMap((page) => page.problems);
  await Promise.all(pages.map((page) => page.context().close()));
  pages = [];
  assert.deepEqual(problems, [], 'the pages report no error');
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function visitorPage(options = {}, lang = 'en') {
  const visitor = await openPage(browser, { permissions: ['microphone'], ...options });
  pages.push(visitor);
  await openShop(visitor, server, lang);
  return visitor;
}

async function talkingVisitor(text, options, lang) {
  const visitor = await visitorPage(options, lang);
  await write(visitor, text);
  await waitForBubble(visitor, text);
  const { rooms } = await agent.get('/room', { search: text });
  return { visitor, room: rooms[0]._id };
}

const atEnd = (visitor) => visitor.waitForFunction(() => {
  const log = document.querySelector('parlor-chat').shadowRoot.querySelector('.log');
  return log.scrollHeight - log.scrollTop - log.clientHeight < 4;
});

const attach = (visitor, ...files) => visitor.setInputFiles('input[type=file]', files);
const picture = { name: 'lamp.png', mimeType: 'image/png', buffer: png(640, 480) };

// Files as the clipboard or a drag carries them.
const transfer = (visitor, event, name, bytes) => visitor.locator('.composer').evaluate((composer, [kind, fileName, size]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(size).fill(65)], fileName, { type: 'text/plain' }));
  composer.dispatchEvent(kind === 'paste'
    ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}, [event, name, bytes]);

test('pictures and files: chosen, pasted, dropped; a picture opens large and Esc gives the focus back', async () => {
  const { visitor, room } = await talkingVisitor('files for you');
  await attach(visitor, picture);
  await visitor.locator('.group:not(.upload) .shot').waitFor();
  await transfer(visitor, 'paste', 'pasted.txt', 20);
  await visitor.locator('.card', { hasText: 'pasted.txt' }).waitFor();
  await transfer(visitor, 'dragover', 'dropped.txt', 30);
  await visitor.locator('.dragging').waitFor();
  await transfer(visitor, 'drop', 'dropped.txt', 30);
  await visitor.locator('.group:not(.upload) .card', { hasText: 'dropped.txt' }).waitFor();
  const { messages: history } = await agent.history(room, { sort: 'asc' });
  assert.deepEqual(history.slice(1).map((message) => [message.type, message.attachments[0].name]),
    [['image', 'lamp.png'], ['file', 'pasted.txt'], ['file', 'dropped.txt']]);

  await visitor.click('.shot');
  await visitor.locator('.viewer img').waitFor();
  await assertAccessible(visitor, 'the picture viewer');
  await visitor.keyboard.press('Escape');
  await visitor.locator('.viewer').waitFor({ state: 'detached' });
  assert.ok(await visitor.isVisible('.panel'), 'Esc closed the picture only');
  assert.match(await visitor.evaluate(() => document.querySelector('parlor-chat').shadowRoot.activeElement.className), /shot/);
});

test('a file that is too large, an empty one, and one that is stopped on its way', async () => {
  const { visitor, room } = await talkingVisitor('too much');
  await transfer(visitor, 'paste', 'film.mov', 26 * 1024 * 1024);
  await visitor.locator('.notice.bad', { hasText: /film\.mov.*26 MB.*25 MB/ }).waitFor();
  await visitor.click('.notice.bad button');
  await transfer(visitor, 'paste', 'nothing.txt', 0);
  await visitor.locator('.notice.bad', { hasText: 'nothing.txt' }).waitFor();
  await visitor.route('**/user/attachment', () => undefined);
  await attach(visitor, picture);
  await visitor.locator('.upload .ring').click();
  await visitor.locator('.upload').waitFor({ state: 'detached' });
  assert.deepEqual(contents(await agent.history(room)), ['too much']);
});

test('who leaves while a file is on its way is asked first, and not once it has arrived', async () => {
  const { visitor } = await talkingVisitor('a long way');
  const asked = [];
  visitor.on('dialog', (dialog) => {
    asked.push(dialog.type());
    return dialog.dismiss();
  });
  let arrive;
  const onItsWay = new Promise((resolve) => (arrive = resolve));
  await visitor.route('**/attachment', async (route) => {
    await onItsWay;
    await route.continue();
  });
  await attach(visitor, picture);
  await visitor.locator('.upload').waitFor();
  await visitor.evaluate(() => location.reload());
  await visitor.waitForFunction(() => true);
  await visitor.locator('.upload').waitFor();
  assert.deepEqual(asked, ['beforeunload']);
  arrive();
  await visitor.locator('.group:not(.upload):not(.unsent) .shot').waitFor();
  await visitor.reload();
  assert.deepEqual(asked, ['beforeunload']);
});

test('a picture that is none is shown as a file', async () => {
  const { visitor, room } = await talkingVisitor('show me');
  const attachments = [{ url: `${server.url}/health`, type: 'image/png', name: 'none.png' }];
  await agent.post('/message', { room_id: room, message: { type: 'image', content: '', attachments } });
  await visitor.locator('.card', { hasText: 'none.png' }).waitFor();
  visitor.problems.length = 0; // the browser tells of the picture
  await visitor.setInputFiles('input[type=file]', [{ name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }]);
  await visitor.locator('.group:not(.upload) .card', { hasText: 'mine.png' }).waitFor();
  await waitForCount(visitor, '.unsent', (count) => count === 0);
  const { messages } = await agent.history(room, { limit: 1 });
  assert.deepEqual(messages.map((message) => message.type), ['file']);
});

test('a first message that is a file opens the conversation', async () => {
  const visitor = await visitorPage();
  await attach(visitor, picture);
  await visitor.locator('.group:not(.upload):not(.unsent) .shot').waitFor();
  await waitForCount(visitor, '.unsent', (count) => count === 0);
});

test('a voice message is recorded, sent and played; recording can be thrown away', async () => {
  const { visitor, room } = await talkingVisitor('listen');
  for (let index = 0; index < 12; index += 1) await agent.send(room, `before it ${index}`);
  await waitForBubble(visitor, 'before it 11');
  await visitor.click('[aria-label="Record a voice message"]');
  await visitor.locator('.recording .send:not(:disabled)').waitFor();
  await assertAccessible(visitor, 'recording');
  await visitor.click('[aria-label="Delete the recording"]');
  await visitor.click('[aria-label="Record a voice message"]');
  await visitor.locator('.recording time', { hasText: '0:01' }).waitFor();
  await visitor.click('.recording .send');
  await visitor.locator('.voice time', { hasText: '0:01' }).waitFor();
  await atEnd(visitor); // the player came after its message, and is whole
  await visitor.click('[aria-label=Play]');
  await visitor.locator('[aria-label=Pause]').waitFor();
  const { messages: [message] } = await agent.history(room);
  assert.match(message.attachments[0].name, /^voice-message\./);
});

test('without a microphone it says what to do, and the field comes back', async () => {
  const { visitor } = await talkingVisitor('no microphone');
  await visitor.evaluate(() => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))));
  await visitor.click('[aria-label="Record a voice message"]');
  await visitor.locator('.notice.bad', { hasText: 'Allow the microphone' }).waitFor();
  await visitor.locator('.composer textarea').waitFor();
});

test('emoji: by the keyboard, into the text where the caret stands', async () => {
  const visitor = await visitorPage();
  await visitor.fill('textarea', 'Hello!');
  await visitor.press('textarea', 'ArrowLeft');
  await visitor.click('[aria-label=Emoji]');
  await visitor.locator('.emoji button >> nth=0').waitFor();
  await assertAccessible(visitor, 'the emoji');
  for (const key of ['ArrowDown', 'ArrowRight', 'Enter', 'Escape']) await visitor.keyboard.press(key);
  await visitor.locator('.emoji').waitFor({ state: 'detached' });
  assert.match(await visitor.inputValue('textarea'), /^Hello\p{Extended_Pictographic}!$/u);
});

test('offline: messages and files wait, are said to wait, and go out once', async () => {
  const { visitor, room } = await talkingVisitor('before the tunnel');
  await visitor.context().setOffline(true);
  await write(visitor, 'in the tunnel');
  await visitor.locator('.notice', { hasText: 'offline' }).waitFor();
  await visitor.locator('.meta', { hasText: 'Waiting to send' }).waitFor();
  await assertAccessible(visitor, 'offline');
  await agent.send(room, 'said meanwhile');
  await visitor.context().setOffline(false);
  await waitForBubble(visitor, 'said meanwhile');
  await waitForBubble(visitor, 'in the tunnel');
  await visitor.locator('.notice').waitFor({ state: 'detached' });
  const history = contents(await agent.history(room, { sort: 'asc' }));
  assert.deepEqual(history.sort(), ['before the tunnel', 'in the tunnel', 'said meanwhile']);
  assert.deepEqual((await bubbles(visitor)).sort(), history);
  visitor.problems.length = 0; // the browser tells of requests that failed
});

test('a refused message says so, and can be tried again or deleted', async () => {
  const { visitor, room } = await talkingVisitor('refusals');
  const refusing = (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 400, json: { message: 'no' } }) : route.fallback());
  await visitor.route('**/user/message', refusing);
  await write(visitor, 'first try');
  await visitor.locator('.failed .meta', { hasText: 'Not sent' }).waitFor();
  await write(visitor, 'not needed');
  await waitForCount(visitor, '.failed', (count) => count === 2);
  await assertAccessible(visitor, 'refused messages');
  await visitor.unroute('**/user/message', refusing);
  await visitor.locator('.failed', { hasText: 'not needed' }).locator('text=Delete').click();
  await visitor.locator('.failed', { hasText: 'first try' }).locator('text=Try again').click();
  await waitForBubble(visitor, 'first try');
  assert.deepEqual(contents(await agent.history(room, { sort: 'asc' })), ['refusals', 'first try']);
  visitor.problems.length = 0; // the browser tells of the refusals
});

test('slowed down, it counts the seconds and then sends', async () => {
  const { visitor, room } = await talkingVisitor('too fast');
  let refused = 0;
  await visitor.route('**/user/message', (route) => {
    if (route.request().method() !== 'POST' || refused > 0) return route.fallback();
    refused += 1;
    return route.fulfill({ status: 429, headers: { 'retry-after': '2' }, json: { message: 'slowly' } });
  });
  await write(visitor, 'and again');
  await visitor.locator('.notice', { hasText: 'sending in 2 s' }).waitFor();
  await visitor.locator('.notice', { hasText: 'sending in 1 s' }).waitFor();
  await waitForBubble(visitor, 'and again');
  assert.deepEqual(contents(await agent.history(room, { sort: 'asc' })), ['too fast', 'and again']);
  visitor.problems.length = 0;
});

test('two windows of one visitor show the same conversation', async () => {
  const { visitor, room } = await talkingVisitor('two windows');
  const other = await visitor.context().newPage();
  await other.goto(`${server.url}/demo`);
  await other.click('.launcher');
  await waitForBubble(other, 'two windows');
  await write(other, 'from the second');
  await waitForBubble(other, 'from the second');
  await waitForBubble(visitor, 'from the second');
  await agent.send(room, 'to both');
  for (const each of [visitor, other]) {
    await waitForBubble(each, 'to both');
    assert.deepEqual(await bubbles(each), ['two windows', 'from the second', 'to both']);
  }
});

test('closed, it counts and quotes what comes in; a draft is there after a reload', async () => {
  const { visitor, room } = await talkingVisitor('I wait');
  await visitor.fill('textarea', 'half a thou');
  await visitor.keyboard.press('Escape');
  await visitor.locator('.panel').waitFor({ state: 'detached' });
  assert.equal(await visitor.evaluate(() => document.querySelector('parlor-chat').shadowRoot.activeElement.className), 'launcher');
  await agent.send(room, 'one answer');
  await agent.send(room, 'a second answer');
  await visitor.locator('.launcher[aria-label="Open chat, 2 unread"]').waitFor();
  await visitor.locator('.teaser', { hasText: 'a second answer' }).waitFor();
  await assertAccessible(visitor, 'the quoted message');
  await visitor.reload();
  await visitor.locator('.launcher[aria-label="Open chat, 2 unread"]').waitFor();
  await visitor.click('.launcher');
  await waitForBubble(visitor, 'a second answer');
  assert.equal(await visitor.inputValue('textarea'), 'half a thou');
  await visitor.keyboard.press('Escape');
  await visitor.locator('.launcher[aria-label="Open chat"]').waitFor();
});

test('scrolled up, nothing moves: a pill counts what is below', async () => {
  const { visitor, room } = await talkingVisitor('a long talk');
  for (let index = 0; index < 30; index += 1) await agent.send(room, `line ${index}`);
  await waitForBubble(visitor, 'line 29');
  await visitor.locator('.log').evaluate((log) => (log.scrollTop = 200));
  await visitor.waitForFunction(() => document.querySelector('parlor-chat').shadowRoot.querySelector('.log').scrollTop === 200);
  await agent.send(room, 'below one');
  await agent.send(room, 'below two');
  await visitor.locator('.below', { hasText: '2 new messages' }).waitFor();
  assert.equal(await visitor.locator('.log').evaluate((log) => log.scrollTop), 200);
  await visitor.click('.below');
  await visitor.locator('.below').waitFor({ state: 'detached' });
  assert.equal(await visitor.locator('.log').evaluate((log) => log.getRootNode().activeElement === log), true, 'the keyboard goes on there');
  await visitor.locator('.log').evaluate((log) => (log.scrollTop = 200));
  await write(visitor, 'my own'); // whoever sends wants to see it
  await waitForBubble(visitor, 'my own');
  await atEnd(visitor);
  assert.equal(await visitor.locator('.below').count(), 0);
});

test('a conversation that goes on and on keeps its newest messages', async () => {
  const { visitor, room } = await talkingVisitor('without end');
  for (let index = 1; index <= 420; index += 1) await agent.send(room, `line ${index}`);
  await waitForBubble(visitor, 'line 420');
  assert.ok(await visitor.locator('.bubble').count() <= 401);
  await visitor.locator('.log').evaluate((log) => (log.scrollTop = 0));
  await waitForBubble(visitor, 'without end');
});

test('bursts of messages are followed to the end, and the log stays short', async () => {
  const { visitor, room } = await talkingVisitor('a burst');
  const admin = new Agent(server, demo.admin_jwt);
  for (let index = 0; index < 900; index += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 ? agent : admin).send(room, `burst ${index + at}`)));
  }
  await agent.send(room, 'the last of them');
  await waitForBubble(visitor, 'the last of them');
  await atEnd(visitor);
  assert.equal(await visitor.locator('.below').count(), 0);
  assert.ok(await visitor.locator('.bubble').count() <= 401);
});

test('a very long message is shown in part, whole when asked, and direction marks stay inside it', async () => {
  const { visitor, room } = await talkingVisitor('at length');
  await agent.send(room, `\u202Eabc ${'word '.repeat(25_000)}end`);
  const bubble = visitor.locator('.in .bubble').last();
  await bubble.locator('text=Show all of it').click();
  await visitor.locator('.in .bubble', { hasText: 'end' }).waitFor();
  assert.equal(await visitor.locator('.panel').evaluate((panel) => panel.scrollWidth <= panel.clientWidth), true);
});

test('a very long Arabic message is written, sent and shown whole without the page standing still', async () => {
  const { visitor } = await talkingVisitor('long in Arabic');
  const long = `${'كلمة '.repeat(29_990)}انتهى`;
  // Set at once: what a browser needs to insert so much Arabic into a field is its own.
  await visitor.$eval('.panel textarea', (field, text) => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, long);
  await visitor.press('.panel textarea', 'Enter');
  await waitForCount(visitor, '.unsent', (count) => count === 0);
  const bubble = visitor.locator('.out .bubble').last();
  await bubble.locator('.link').click();
  await visitor.locator('.out .bubble', { hasText: 'انتهى' }).waitFor();
  const [text, longest] = await bubble.evaluate((element) => [element.textContent, Math.max(...[...element.childNodes].map((node) => node.textContent.length))]);
  assert.equal(text, long);
  assert.ok(longest <= 2_000, `a run of ${longest} characters, which takes a browser its square`);
});

test('what the bot wrote is set apart, and its answers are chosen by a click', async () => {
  const { visitor, room } = await talkingVisitor('help me');
  await visitor.route('**/user/message?*', async (route) => {
    const response = await route.fetch();
    const page = await response.json();
    for (const message of page.messages) if (message.content === 'Did it work?') message.quick_replies = [{ id: 'y', text: 'Yes' }, { id: 'n', text: 'No' }];
    await route.fulfill({ response, json: page });
  });
  await agent.post('/message', { room_id: room, message: { type: 'text', content: 'Did it work?' }, integration_app: 'bot' });
  await visitor.locator('.from-bot .bubble', { hasText: 'Did it work?' }).waitFor();
  await visitor.reload();
  await visitor.locator('.choices button', { hasText: 'Yes' }).waitFor();
  await assertAccessible(visitor, 'quick replies');
  await visitor.click('.choices button >> nth=1');
  await waitForBubble(visitor, 'No');
  await visitor.locator('.choices').waitFor({ state: 'detached' });
});

test('an inbox that is closed says when it opens, in both languages', async () => {
  const admin = new Client(server, { authorization: `Bearer ${demo.admin_jwt}` });
  const tomorrow = (new Date(Date.now() + 86_400_000).getUTCDay() + 6) % 7;
  const week = Array.from({ length: 7 }, (_, day) => (day === tomorrow ? ['09:00', '17:00'] : null));
  const hours = { timezone: 'UTC', week };
  await admin.patch(`/inbox/${demo.inbox_id}`, { hours });
  try {
    for (const [lang, text] of [['en', 'We’re back tomorrow at 09:00'], ['ar', 'نعود غداً الساعة 09:00']]) {
      const visitor = await visitorPage({ timezoneId: 'UTC' }, lang);
      await visitor.locator('.notice', { hasText: text }).waitFor();
      await visitor.locator('.dot.hollow').waitFor();
      await assertAccessible(visitor, `closed, ${lang}`);
    }
    await admin.patch(`/inbox/${demo.inbox_id}`, { away_message: 'Back after the holidays.' });
    await (await visitorPage()).locator('.notice', { hasText: 'Back after the holidays.' }).waitFor();
  } finally {
    await admin.call('PATCH', `/inbox/${demo.inbox_id}`, { body: { hours: null, away_message: '' } });
  }
});

test('the form before the first message: an e-mail that is none is said so, what is right goes along', async () => {
  const visitor = await visitorPage();
  await visitor.fill('.name-field', 'Ines Form');
  await visitor.fill('.email-field', 'ines at example');
  await write(visitor, 'with a form');
  await visitor.locator('.form [role=alert]').waitFor();
  await assertAccessible(visitor, 'a wrong e-mail');
  await visitor.fill('.email-field', 'ines@shop.example');
  await visitor.press('textarea', 'Enter');
  await waitForBubble(visitor, 'with a form');
  const { rooms } = await agent.get('/room', { search: 'ines@shop.example' });
  assert.equal(rooms[0].contact.name, 'Ines Form');
});

test('full screen, the focus is taken inside, by the keyboard too', async () => {
  const visitor = await openPage(browser, { width: 390, height: 844 });
  pages.push(visitor);
  await visitor.goto(`${server.url}/demo?lang=en`);
  await visitor.locator('.launcher').focus();
  await visitor.keyboard.press('Enter');
  const focused = (selector) => visitor.waitForFunction((sought) =>
    document.querySelector('parlor-chat').shadowRoot.activeElement?.matches(sought), selector);
  await focused('.panel');
  await visitor.locator('.panel textarea').waitFor();
  await visitor.keyboard.press('Shift+Tab');
  await focused('.panel .composer button');
  await visitor.keyboard.press('Tab');
  await focused('.panel .head button');
  await visitor.keyboard.press('Escape');
  await focused('.launcher');
});

test('full screen, the focus stays inside; a window behind another tells of messages in its title', async () => {
  const { visitor, room } = await talkingVisitor('small screen', { width: 390, height: 844 });
  const focused = () => visitor.evaluate(() => {
    const element = document.querySelector('parlor-chat').shadowRoot.activeElement;
    return element?.closest('.panel') ? element.tagName : null;
  });
  for (let press = 0; press < 12; press += 1) {
    await visitor.keyboard.press('Tab');
    assert.ok(await focused(), `after ${press + 1} tabs`);
  }
  const size = await visitor.locator('textarea').evaluate((field) => getComputedStyle(field).fontSize);
  assert.equal(size, '16px', 'iOS zooms in on less');
  await visitor.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await agent.send(room, 'look here');
  await visitor.waitForFunction(() => document.title === '(1) 1 new message');
  await visitor.evaluate(() => {
    delete document.visibilityState;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await visitor.waitForFunction(() => document.title === 'Juniper Lamps');
});

test('several conversations are listed, one goes back to each, and can begin another', async () => {
  const { visitor, room } = await talkingVisitor('the first matter');
  assert.equal(await visitor.locator('[aria-label="All conversations"]').count(), 0);
  const { data: known } = await agent.get(`/room/${room}`);
  const contact = known.contact?._id ?? known.contact_id;
  await agent.post('/message', {
    new_room: true, contact_id: contact, inbox_id: demo.inbox_id, message: { type: 'text', content: 'We found your umbrella' },
  });
  await visitor.click('[aria-label="All conversations"]');
  await visitor.locator('.rooms li button', { hasText: 'umbrella' }).locator('em', { hasText: '1' }).waitFor();
  await assertAccessible(visitor, 'the list of conversations');
  await visitor.locator('.rooms li button', { hasText: 'umbrella' }).click();
  await waitForBubble(visitor, 'We found your umbrella');
  await visitor.click('[aria-label="All conversations"]');
  await visitor.locator('.rooms li button', { hasText: 'the first matter' }).click();
  await waitForBubble(visitor, 'the first matter');
  assert.deepEqual(await bubbles(visitor), ['the first matter']);
  await visitor.click('[aria-label="All conversations"]');
  await visitor.click('.new-room');
  await visitor.locator('.empty h3').waitFor();
  await write(visitor, 'a third matter');
  await waitForBubble(visitor, 'a third matter');
  assert.deepEqual(await bubbles(visitor), ['a third matter']);
  await visitor.click('[aria-label="All conversations"]');
  await waitForCount(visitor, '.rooms li', (count) => count === 3);
});

// A signed-in student in the widget: the bot first, then a person, in both languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../lib/api.js';
import { assertAccessible, bubbles, fakeMicrophone, launchBrowser, openPage, waitForBubble, waitForCount, write } from '../lib/browser.js';
import { png } from '../lib/files.js';
import { startServer } from '../lib/server.js';

let server;
let demo;
let browser;
let admin;
before(async () => {
  ({ server, demo } = await startServer());
  browser = await launchBrowser(fakeMicrophone);
  admin = new Client(server, { authorization: `Bearer ${demo.student_admin_jwt}` });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

// The course site with its chat open, as this student.
async function studentPage(token, lang = 'en', options = {}) {
  const student = await openPage(browser, { permissions: ['microphone'], ...options });
  await student.route('**/demo/config.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), student_jwt: token } });
  });
  await student.goto(`${server.url}/demo/course?lang=${lang}`);
  await student.click('.launcher');
  await student.waitForSelector('.panel textarea');
  return student;
}

const asAdmin = async (method, path, body) => {
  const answer = await admin.call(method, `/api/support${path}`, { body });
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body;
};

test('the bot answers, a person takes over, sending pauses in between and the draft stays', async () => {
  const student = await studentPage(demo.student_jwt);
  await write(student, 'I can’t log in to my account');
  await waitForBubble(student, 'I can’t log in');
  await student.locator('.from-bot .bubble').first().waitFor();
  await student.locator('.choices button').first().waitFor();
  await assertAccessible(student, 'the bot’s answer');
  const answer = student.locator('.from-bot .bubble').last();
  assert.doesNotMatch(await answer.textContent(), /1\. Yes/, 'what can be clicked is not listed as text too');

  await student.fill('textarea', 'The receipt number is 5521');
  await student.locator('.choices button', { hasText: 'Talk to a person' }).click();
  await student.locator('.notice', { hasText: 'The team has your request' }).waitFor();
  await student.locator('.title', { hasText: 'A person answers next' }).waitFor();
  await student.locator('.from-bot .bubble', { hasText: '1. Yes' }).waitFor();
  assert.equal(await student.isDisabled('.send'), true);
  assert.equal(await student.inputValue('textarea'), 'The receipt number is 5521');
  await student.press('textarea', 'Enter');
  assert.equal(await student.inputValue('textarea'), 'The receipt number is 5521');
  await assertAccessible(student, 'waiting for a person');

  const { chats } = await asAdmin('GET', '/chats');
  await asAdmin('POST', '/messages', { chat_id: chats[0].id, text: 'Hello, I am a person.' });
  await waitForBubble(student, 'Hello, I am a person.');
  await student.locator('.notice').waitFor({ state: 'detached' });
  await student.press('textarea', 'Enter');
  await waitForBubble(student, 'The receipt number is 5521');
  await waitForCount(student, '.unsent', (count) => count === 0);
  const before = await bubbles(student);
  await student.reload();
  await waitForBubble(student, 'The receipt number is 5521');
  assert.deepEqual(await bubbles(student), before);
  assert.deepEqual(student.problems, []);
  await student.context().close();
});

test('files and voice messages of a student, and the unread count of what came meanwhile', async () => {
  const student = await studentPage(demo.student2_jwt);
  await student.setInputFiles('input[type=file]', { name: 'error.png', mimeType: 'image/png', buffer: png(300, 200) });
  await student.locator('.group:not(.upload) .shot').waitFor();
  await student.click('[aria-label="Record a voice message"]');
  await student.locator('.recording time', { hasText: '0:01' }).waitFor();
  await student.click('.recording .send');
  await student.locator('.voice time', { hasText: '0:01' }).waitFor();
  const { chats } = await asAdmin('GET', '/chats');
  const chat = chats.find((each) => each.student_name === 'Second Student');
  const { messages } = await asAdmin('GET', `/chats/${chat.id}/messages`);
  assert.deepEqual(messages.filter((each) => each.sender_role === 'student').map((each) => each.message_type), ['image', 'audio']);

  await student.keyboard.press('Escape');
  await student.locator('.launcher').waitFor();
  await asAdmin('POST', '/messages', { chat_id: chat.id, text: 'I have seen your picture.' });
  await student.locator('.teaser', { hasText: 'I have seen your picture.' }).waitFor();
  await student.locator('.launcher[aria-label*="unread"]').waitFor();
  await student.click('.launcher');
  await waitForBubble(student, 'I have seen your picture.');
  assert.deepEqual(student.problems, []);
  await student.context().close();
});

test('in Arabic, and across a restart of the server', async () => {
  const student = await studentPage(demo.student_jwt, 'ar', { width: 390, height: 844 });
  assert.equal(await student.locator('.panel').evaluate((panel) => getComputedStyle(panel).direction), 'rtl');
  await write(student, 'لا أستطيع تسجيل الدخول');
  await waitForBubble(student, 'لا أستطيع تسجيل الدخول');
  await server.kill();
  await write(student, 'ما زلت هنا');
  await student.locator('.unsent').waitFor();
  await server.start();
  await waitForBubble(student, 'ما زلت هنا');
  await waitForCount(student, '.unsent', (count) => count === 0);
  const texts = await bubbles(student);
  assert.equal(texts.filter((text) => text === 'ما زلت هنا').length, 1);
  await assertAccessible(student, 'Arabic');
  await student.context().close();
});

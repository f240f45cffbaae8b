// The student support chat: the complete flow of its document, blocked sends, who may call what, files, sockets.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, isoTime, uniqueKey, Visitor } from '../lib/api.js';
import { png } from '../lib/files.js';
import { within } from '../lib/sanitizer.js';
import { startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';
import { blockedMessage, mintToken, SupportClient, wav } from '../lib/student.js';

const secret = 'a secret of the course site with 32 bytes or more';
let server;
let demo;
let admin;
let agent;
const listeners = [];
before(async () => {
  ({ server, demo } = await startServer());
  admin = new SupportClient(server, demo.student_admin_jwt);
  agent = new Agent(server, demo.agent_jwt);
  await new Agent(server, demo.admin_jwt).patch('/account', { add_host_keys: [{ secret }] });
});
after(async () => {
  for (const listener of listeners) listener.close();
  await server?.close();
});

let students = 0;
function newStudent(name = 'Nada Newcomer') {
  const sub = `pupil-${++students}`;
  const token = mintToken(secret, { account_id: demo.account_id, sub, role: 'student', name, email: `${sub}@school.example` });
  return new SupportClient(server, token);
}

async function listen(client) {
  const listener = await connect(server, client.auth);
  listeners.push(listener);
  return listener;
}

const denied = { message: 'Access denied' };

for (const [language, words] of Object.entries({
  English: {
    problem: "I can't log in", failed: "This didn't work", thanks: 'Thank you, problem solved',
    guidance: /./, closing: /You're welcome|Great|Very good|Wonderful/, bot: 'Auto reply',
  },
  Arabic: {
    problem: 'مش قادر أسجل دخول', failed: 'لم ينجح ذلك', thanks: 'شكرا، تم حل المشكلة',
    guidance: /أهلاً بك/, closing: /العفو|رائع|ممتاز|جميل/, bot: 'رد تلقائي',
  },
})) {
  for (const byConsole of [false, true]) {
    test(`the complete flow in ${language}, answered ${byConsole ? 'in the console' : 'by an administrator'}`, async () => {
      const student = newStudent();
      const screen = await listen(student);
      const opened = await student.chat();
      assert.equal(opened.status, 'bot_handling');
      assert.equal(opened.admin_id, null);

      const first = await student.say(words.problem);
      assert.equal(first.message.sender_role, 'student');
      assert.equal(first.message.message_type, 'text');
      assert.equal(first.message.is_auto_reply, false);
      assert.equal(first.message.sender_name, 'Nada Newcomer');
      assert.match(first.message.created_at, isoTime);
      assert.equal(first.bot_reply.message_type, 'auto_reply');
      assert.equal(first.bot_reply.sender_role, 'admin');
      assert.equal(first.bot_reply.sender_id, opened.student_id);
      assert.equal(first.bot_reply.sender_name, words.bot);
      assert.equal(first.bot_reply.is_auto_reply, true);
      assert.match(first.bot_reply.text, words.guidance);
      const guided = await student.chat();
      assert.equal(guided.current_intent, 'LOGIN_PROBLEM');
      assert.equal(guided.bot_attempts, 1);

      const second = await student.say(words.failed);
      assert.ok(second.bot_reply.text.length > 0);
      assert.equal((await student.chat()).status, 'waiting_for_admin');
      await screen.waitFor('conversation:update', ({ conversation }) => conversation.status === 'waiting_for_admin');

      const blocked = { message: blockedMessage, status: 'waiting_for_admin' };
      assert.deepEqual(await student.expect(403, 'POST', '/messages', { body: { text: 'hello?' } }), blocked);
      const file = { blob: new Blob([png(4, 4)]), name: 'a.png' };
      assert.deepEqual((await student.upload('/messages/media', 'file', file)).body, blocked);
      const voice = { blob: new Blob([wav()]), name: 'a.wav' };
      assert.deepEqual((await student.upload('/messages/audio', 'audio', voice)).body, blocked);
      assert.deepEqual(await screen.emit('support:send-message', { text: 'hello?' }), { ok: false, ...blocked });
      await screen.waitFor('error', (error) => error.status === 'waiting_for_admin' && error.message === blockedMessage);

      if (byConsole) {
        const { rooms } = await agent.get('/room', { 'filter[status]': 'open' });
        const room = rooms.find(({ contact }) => contact?.name === 'Nada Newcomer') ?? rooms[0];
        await agent.send(room._id, 'An answer from the console');
      } else {
        const { message } = await admin.expect(201, 'POST', '/messages', { body: { text: 'An answer', chat_id: opened.id } });
        assert.equal(message.sender_role, 'admin');
        assert.equal(message.is_auto_reply, false);
      }
      await screen.waitFor('conversation:update', ({ conversation }) => conversation.status === 'admin_handling');
      const { message: heard } = await screen.waitFor('message:receive', ({ message }) => /An answer/.test(message.text));
      await screen.waitFor('support:new-message', ({ id }) => id === heard.id);
      await screen.waitFor('notification:new', ({ type, message }) => type === 'admin_reply' && message.id === heard.id);
      assert.ok((await student.chat()).admin_id > 0);

      const last = await student.say(words.thanks);
      assert.match(last.bot_reply.text, words.closing);
      assert.equal((await student.chat()).status, 'resolved');
      const history = await student.messages(opened.id);
      assert.deepEqual(history.map(({ sender_role: role }) => role), ['student', 'admin', 'student', 'admin', 'admin', 'student', 'admin']);
      assert.deepEqual([...history].sort((a, b) => a.seq - b.seq), history);
      assert.equal((await student.say(words.problem)).bot_reply.is_auto_reply, true);
      assert.equal((await student.chat()).status, 'bot_handling');
    });
  }
}

test('a chat that the bot has is pending in the console, and leaves its view with the hand-off', async () => {
  const student = newStudent('Viewed By Bot');
  await student.say("I can't log in");
  const shown = async (view) => (await agent.get('/room', { 'filter[view]': view })).rooms.find(({ last_message: last }) => last && /./.test(last.content));
  assert.equal((await shown('bot')).status, 'pending');
  const console_ = await listen(agent);
  await student.say('I want to talk to a person');
  await console_.waitFor('updateRoom', ({ type, data }) => type === 'status' && data.status === 'open');
  await console_.waitFor('support:notification', ({ type }) => type === 'escalation');
  await console_.waitFor('conversation:update', ({ conversation }) => conversation.status === 'waiting_for_admin');
});

test('two first requests at once make one chat', async () => {
  const student = newStudent();
  const chats = await Promise.all(Array.from({ length: 6 }, (_, i) => (i % 2 ? student.chat() : student.say(`hello ${i}`).then(({ message }) => ({ id: message.chat_id })))));
  assert.equal(new Set(chats.map(({ id }) => id)).size, 1);
});

test('a student may enter the own chat only, and ids are numbers', async () => {
  const one = newStudent();
  const other = newStudent();
  const { id } = await one.chat();
  await other.chat();
  assert.deepEqual(await other.expect(403, 'GET', `/chats/${id}/messages`), denied);
  assert.deepEqual(await one.expect(403, 'GET', '/chats/4503599627370495/messages'), denied);
  assert.deepEqual(await other.expect(403, 'POST', '/messages', { body: { text: 'x', chat_id: id } }), denied);
  for (const bad of ['x', '1e3', '-1', '1.5', '99999999999999999999', demo.inbox_id]) {
    assert.deepEqual(await one.expect(400, 'GET', `/chats/${bad}/messages`), { message: 'Invalid chat id' });
  }
  const screen = await listen(other);
  assert.equal((await screen.emit('support:join-chat', id)).ok, false);
  await screen.waitFor('error', ({ message }) => message === 'Access denied');
  assert.deepEqual(screen.all('support:joined-chat'), []);
});

test('calls of administrators are none of students, visitors, strangers or agents of another inbox', async () => {
  const student = newStudent();
  const { id } = await student.chat();
  const calls = [
    ['GET', '/chats'], ['POST', `/chats/${id}/assign`, {}], ['PATCH', `/chats/${id}/status`, { status: 'closed' }], ['GET', '/notifications'],
    ['POST', '/faq', { question: 'q', answer: 'a' }], ['GET', '/faq/admin'], ['PUT', '/faq/1', {}], ['DELETE', '/faq/1'],
    ['POST', '/faq/test-match', { text: 'x' }], ['GET', '/bot/stats'], ['GET', '/bot/intents'], ['PUT', '/bot/intents', {}], ['POST', '/bot/test', { text: 'x' }],
  ];
  const outsideAgent = new SupportClient(server, demo.agent2_jwt);
  for (const [method, path, body] of calls) {
    assert.deepEqual(await student.expect(403, method, path, { body }), denied, path);
    assert.deepEqual(await outsideAgent.expect(403, method, path, { body }), denied, path);
    assert.equal((await new SupportClient(server, 'nonsense').support(method, path, { body })).status, 401, path);
    const visitor = await Visitor.open(server, demo);
    assert.equal((await visitor.call(method, `/api/support${path}`, { body })).status, 401, path);
  }
  for (const [method, path, body] of [['GET', '/chat'], ['GET', '/unread-count'], ['POST', '/messages', { text: 'x', chat_id: id }]]) {
    assert.equal((await outsideAgent.support(method, path, { body })).status, 403, path);
  }
  assert.equal((await new SupportClient(server, demo.outsider_jwt).support('GET', `/chats/${id}/messages`)).status, 403);
  assert.deepEqual(await admin.expect(400, 'POST', '/messages', { body: { text: 'x' } }), { message: 'chat_id is required for admin' });
  assert.deepEqual(await admin.expect(404, 'POST', '/messages', { body: { text: 'x', chat_id: 7 } }), { message: 'Chat not found' });
});

test('media by content, signed, and what is wrong with a form', async () => {
  const student = newStudent();
  const picture = { blob: new Blob([png(10, 6)]), name: 'screen.jpg' };
  const { status, body } = await student.upload('/messages/media', 'file', picture, { text: 'the error' });
  assert.equal(status, 201, JSON.stringify(body));
  const { message } = body;
  assert.equal(message.message_type, 'image');
  assert.equal(message.media_type, 'image/png');
  assert.equal(message.media_name, 'screen.jpg');
  assert.equal(message.text, 'the error');
  assert.equal(body.bot_reply, undefined);
  assert.match(message.media_url, /^http:\/\//);
  assert.equal((await fetch(message.media_url)).status, 200);
  assert.equal((await fetch(message.media_url.split('?')[0])).status, 403);

  const document = await student.upload('/messages/media', 'file', { blob: new Blob(['%PDF-1.4\n%%EOF']), name: 'a.pdf' });
  assert.equal(document.body.message.message_type, 'file');
  const sound = await student.upload('/messages/media', 'file', { blob: new Blob([wav(2)]), name: 'a.wav' });
  assert.equal(sound.body.message.message_type, 'audio');
  assert.equal(sound.body.message.duration, 2);

  assert.deepEqual((await student.upload('/messages/media', 'upload', picture)).body, { message: 'file is required' });
  assert.deepEqual((await student.upload('/messages/media', 'file', null, { text: 'x' })).body, { message: 'file is required' });
  assert.deepEqual((await student.upload('/messages/audio', 'file', { blob: new Blob([wav()]), name: 'a.wav' })).body, { message: 'audio file is required' });
  assert.equal((await student.support('POST', '/messages/media', { body: {} })).status, 400);
  assert.equal((await student.upload('/messages/audio', 'audio', picture)).status, 400);
  const drawing = { blob: new Blob(['<svg xmlns="http://www.w3.org/2000/svg"></svg>']), name: 'a.svg' };
  const drawn = await student.upload('/messages/media', 'file', drawing);
  assert.equal(drawn.body.message.message_type, 'file', 'what no page shows is a file');
});

test('whoever waits is told to wait, whatever is wrong with the file', async () => {
  const student = newStudent();
  await student.say('I want to talk to a person');
  const stump = await student.upload('/messages/audio', 'audio', { blob: new Blob(['OggS']), name: 'a.ogg' });
  assert.deepEqual([stump.status, stump.body], [403, { message: blockedMessage, status: 'waiting_for_admin' }]);
});

test('a topic alone is no tale of lost money', async () => {
  for (const topic of ['payment', 'الدفع']) {
    const student = newStudent();
    await student.say(topic);
    assert.equal((await student.chat()).status, 'bot_handling', topic);
  }
});

test('sound with its duration, given or read from the file; truncated files do no harm', async () => {
  const student = newStudent();
  const given = await student.upload('/messages/audio', 'audio', { blob: new Blob([wav(3)]), name: 'voice.wav' }, { duration: '14.6' });
  assert.equal(given.status, 201);
  assert.equal(given.body.message.duration, 15);
  assert.equal(given.body.message.message_type, 'audio');
  assert.equal(given.body.message.media_type, 'audio/wav');
  const other = newStudent();
  const read = await other.upload('/messages/audio', 'audio', { blob: new Blob([wav(3)]), name: 'voice.wav' });
  assert.equal(read.body.message.duration, 3);
  const cut = await newStudent().upload('/messages/audio', 'audio', { blob: new Blob([wav(3).subarray(0, 50)]), name: 'cut.wav' });
  assert.equal(cut.status, 201);
  const stump = await newStudent().upload('/messages/audio', 'audio', { blob: new Blob([wav(3).subarray(0, 5)]), name: 'stump.wav' });
  assert.equal(stump.status, 400);
});

test('fifty megabytes are taken, one byte more is not', async () => {
  const limit = 50 * 1024 * 1024;
  const taken = await newStudent().upload('/messages/media', 'file', { blob: new Blob([Buffer.alloc(limit, 1)]), name: 'big.bin' });
  assert.equal(taken.status, 201, taken.text);
  assert.equal(taken.body.message.media_size, limit);
  const refused = await newStudent().upload('/messages/media', 'file', { blob: new Blob([Buffer.alloc(limit + 1, 1)]), name: 'big.bin' });
  assert.equal(refused.status, 413, refused.text);
  assert.match(refused.body.message, /50 MB/);
});

test('the own message is echoed to all devices behind the answer, in order with the reply', async () => {
  const student = newStudent();
  const one = await listen(student);
  const two = await listen(student);
  const key = uniqueKey();
  const { message, bot_reply: reply } = await student.say("I can't log in", { _uniqueId: key });
  assert.equal(message._uniqueId, key);
  assert.equal(reply._uniqueId, `msg_${reply.id}_${reply._timestamp}`);
  for (const screen of [one, two]) {
    await screen.waitFor('support:new-message', ({ id }) => id === reply.id);
    assert.deepEqual(screen.all('message:receive').map(({ message: { id } }) => id), [message.id, reply.id]);
    assert.equal(screen.all('message:receive')[0].message._uniqueId, key);
  }
  const again = await student.say("I can't log in", { _uniqueId: key });
  assert.deepEqual({ ...again, message: { ...again.message, status: message.status } }, { message, bot_reply: reply });
  assert.equal((await student.support('POST', '/messages', { body: { text: 'other', _uniqueId: key } })).status, 409);
});

test('sockets: sending, joining and leaving, typing, delivered and read', async () => {
  const student = newStudent();
  const screen = await listen(student);
  const desk = await listen(admin);
  const sent = await screen.emit('support:send-message', { text: 'I want to talk to a person' });
  assert.equal(sent.ok, true);
  assert.equal(sent.bot_reply.is_auto_reply, true);
  const chatId = sent.message.chat_id;
  await screen.waitFor('message:receive', ({ message }) => message.id === sent.message.id);
  await desk.waitFor('support:new-message', ({ id }) => id === sent.message.id);
  await desk.waitFor('support:notification', ({ type, chat_id: id }) => type === 'escalation' && id === chatId);

  assert.equal((await screen.emit('support:join-chat', chatId)).ok, true);
  assert.equal((await screen.waitFor('chat:ready')).chat_id, chatId);
  assert.equal((await screen.waitFor('support:joined-chat')).chat_id, chatId);
  assert.equal((await desk.emit('support:join-chat', chatId)).ok, true);

  await desk.emit('support:typing', { chat_id: chatId, is_typing: true });
  const typing = await screen.waitFor('support:user-typing', ({ is_typing: is }) => is);
  assert.equal(typing.user_role, 'admin');
  assert.equal(typing.chat_id, chatId);
  await screen.emit('support:typing', { chat_id: chatId, is_typing: true });
  await desk.waitFor('support:user-typing', ({ user_role: role }) => role === 'student');

  const { message } = await admin.say('Here I am', { chat_id: chatId });
  await screen.waitFor('message:receive', (data) => data.message.id === message.id);
  await desk.waitFor('message:status-updated', (data) => data.message_id === message.id && data.status === 'delivered');
  await screen.emit('support:mark-read', message.id);
  const read = await desk.waitFor('message:status-updated', (data) => data.message_id === message.id && data.status === 'read');
  assert.match(read.read_at, isoTime);
  await screen.waitFor('message:status-updated', (data) => data.message_id === message.id && data.status === 'read');
  await desk.emit('support:mark-read', sent.message.id);
  await screen.waitFor('message:status-updated', (data) => data.message_id === sent.message.id && data.status === 'read');
  assert.equal((await student.messages(chatId)).find(({ id }) => id === message.id).status, 'read');

  assert.equal((await screen.emit('support:leave-chat', chatId)).ok, true);
  const quiet = (await admin.say('Do you still hear me?', { chat_id: chatId })).message;
  await screen.waitFor('notification:new', (data) => data.message.id === quiet.id);
  await screen.emit('support:join-chat', chatId);
  assert.deepEqual(screen.all('message:receive', (data) => data.message.id === quiet.id), []);
});

test('unread counts go by role; reading the messages reads them, asking for the chat does not', async () => {
  const student = newStudent();
  const { message } = await student.say("I can't log in");
  const unread = async () => (await student.expect(200, 'GET', '/unread-count')).unread_count;
  assert.equal(await unread(), 1);
  await student.chat();
  assert.equal(await unread(), 1);
  await student.messages(message.chat_id);
  assert.equal(await unread(), 0);
});

test('administrators list, search, assign, set statuses and see what waits', async () => {
  const student = newStudent('Findable Farid');
  const { message } = await student.say('I want to talk to a person');
  const id = message.chat_id;
  const { chats, pagination } = await admin.expect(200, 'GET', '/chats', { query: { status: 'waiting_for_admin', limit: 5 } });
  const listed = chats.find((chat) => chat.id === id);
  assert.equal(listed.student_name, 'Findable Farid');
  assert.equal(listed.unread_count, 1);
  assert.equal(listed.escalation_reason, 'wants_person');
  assert.match(listed.escalated_at, isoTime);
  assert.equal(pagination.limit, 5);
  assert.equal(pagination.has_more, pagination.total > 5);
  const found = await admin.expect(200, 'GET', '/chats', { query: { search: 'Findable' } });
  assert.deepEqual(found.chats.map((chat) => chat.id), [id]);
  const { notifications } = await admin.expect(200, 'GET', '/notifications');
  assert.ok(notifications.some((notification) => notification.chat_id === id));

  assert.equal((await admin.expect(200, 'POST', `/chats/${id}/assign`)).message, 'Admin assigned to chat');
  assert.equal((await student.chat()).status, 'admin_handling');
  for (const status of ['resolved', 'closed', 'bot_handling', 'waiting_for_admin', 'admin_handling']) {
    assert.equal((await admin.expect(200, 'PATCH', `/chats/${id}/status`, { body: { status } })).message, 'Chat status updated');
    assert.equal((await student.chat()).status, status);
  }
  await admin.expect(400, 'PATCH', `/chats/${id}/status`, { body: { status: 'sleeping' } });
  await admin.expect(400, 'POST', `/chats/${id}/assign`, { body: { admin_id: 7 } });
});

test('the knowledge base is edited by administrators and read by students', async () => {
  const student = newStudent();
  const { faqs } = await student.expect(200, 'GET', '/faq');
  assert.ok(faqs.length > 10);
  assert.ok(faqs.every(({ answer }) => !/\{\w+\}/.test(answer)), 'what stands in braces is filled in');
  assert.deepEqual([...faqs].sort((a, b) => b.priority - a.priority), faqs);
  const arabic = (await student.expect(200, 'GET', '/faq', { query: { lang: 'ar' } })).faqs;
  assert.ok(arabic.length > 0 && arabic.every(({ language }) => language === 'ar'));
  const fields = { question: 'Where is the zebra crossing course?', answer: 'In the zoo.', priority: 1000, keywords: ['zebra'] };
  const { faq } = await admin.expect(201, 'POST', '/faq', { body: fields });
  assert.equal((await student.expect(200, 'GET', '/faq')).faqs[0].id, faq.id);
  assert.deepEqual((await student.expect(200, 'GET', '/faq', { query: { q: 'ZEBRA' } })).faqs.map(({ id }) => id), [faq.id]);
  await admin.expect(200, 'PUT', `/faq/${faq.id}`, { body: { is_published: false } });
  assert.deepEqual((await student.expect(200, 'GET', '/faq', { query: { q: 'zebra' } })).faqs, []);
  assert.ok((await admin.expect(200, 'GET', '/faq/admin')).faqs.some(({ id }) => id === faq.id));
  await admin.expect(200, 'DELETE', `/faq/${faq.id}`);
  await admin.expect(404, 'PUT', `/faq/${faq.id}`, { body: { answer: 'x' } });
  await admin.expect(400, 'POST', '/faq', { body: { question: ' ' } });
  await admin.expect(400, 'PUT', '/faq/x', { body: {} });
});

test('intents are replaced whole, refused with line and reason when wrong, and tried out', async () => {
  const trial = await admin.expect(200, 'POST', '/bot/test', { body: { text: "I can't log in" } });
  assert.equal(trial.intent, 'LOGIN_PROBLEM');
  assert.ok(trial.reply.text);
  const before = (await admin.support('GET', '/bot/intents')).text;
  for (const [wrong, reason] of [['{"version":1,', /line/], [before.replace('"LOGIN_PROBLEM"', '"PASSWORD_RESET"'), /line \d+/]]) {
    const refused = await admin.support('PUT', '/bot/intents', { raw: wrong });
    assert.equal(refused.status, 400, refused.text);
    assert.match(refused.body.message, reason);
  }
  assert.equal((await admin.support('GET', '/bot/intents')).text, before);
  const changed = JSON.parse(before);
  changed.intents.find(({ id }) => id === 'LOGIN_PROBLEM').steps[0].text.en = 'Please knock three times.';
  const begun = Date.now();
  assert.equal((await admin.support('PUT', '/bot/intents', { body: changed })).status, 200);
  const tookMs = Date.now() - begun;
  assert.match((await newStudent().say("I can't log in")).bot_reply.text, /knock three times/);
  assert.ok(tookMs < within(20_000), `${tookMs} ms`);
  assert.equal((await admin.support('PUT', '/bot/intents', { raw: before })).status, 200);
});

test('the bot says what it did', async () => {
  const stats = await admin.expect(200, 'GET', '/bot/stats');
  assert.ok(stats.total.messages > 0 && stats.total.answered > 0 && stats.total.escalated > 0);
  assert.ok(stats.total.escalated_why.did_not_work >= 4);
  assert.ok(stats.intents.some(({ intent, language }) => intent === 'LOGIN_PROBLEM' && language === 'ar'));
  await admin.expect(400, 'GET', '/bot/stats', { query: { from: 'yesterday' } });
});

test('an unknown path and a wrong body are told in the words of this API', async () => {
  const student = newStudent();
  assert.deepEqual(await student.expect(404, 'GET', '/nothing'), { message: 'Not Found' });
  for (const raw of ['', '{', '[]', '{"text":7}', '{"text":"x","chat_id":"y"}']) {
    const { message } = await student.expect(400, 'POST', '/messages', { raw });
    assert.equal(typeof message, 'string');
  }
  assert.equal((await student.expect(400, 'POST', '/messages', { body: { text: '   ' } })).message.length > 0, true);
});

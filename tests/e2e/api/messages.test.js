// Messages: sending, history with its refs, search, unread, receipts, idempotent sends.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, assertError, assertFields, contents, hexId, isoTime, uniqueKey, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { connect, settled } from '../lib/sockets.js';

let server;
let demo;
let agent;
let agent2;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  agent2 = new Agent(server, demo.agent2_jwt);
});
after(() => server?.close());

async function conversation(opening = 'm1', details = {}) {
  const visitor = await Visitor.open(server, demo, details);
  return { visitor, room: (await visitor.createRoom(opening)).id };
}
const unreadOf = async (person, room) =>
  (await person.get('/room', { limit: 100 })).rooms.find((entry) => entry._id === room)?.unread_count;
const visitorUnread = async (visitor) => (await visitor.get('/user/room')).rooms[0].unread_count;

test('an agent’s message is answered as documented', async () => {
  const { room } = await conversation();
  const answer = await agent.post('/message', {
    room_id: room, message: { type: 'text', content: 'Hello! How can I assist you today?' }, new_room: false,
    integration_app: null,
  });
  assertFields(answer, {
    success: true,
    messages: {
      message: {
        _id: hexId, room_id: room, conversation_id: hexId, content: 'Hello! How can I assist you today?', type: 'text',
        created_at: isoTime, seq: Number, status: 'sent',
      },
    },
  });
});

test('a visitor’s message is answered as documented', async () => {
  const { visitor, room } = await conversation();
  const answer = await visitor.post('/user/message', { room_id: room, message: { type: 'text', content: 'I need help' } });
  assertFields(answer, {
    success: true,
    messages: {
      message: {
        _id: hexId, room_id: room, conversation_id: visitor.session.conversation_id, content: 'I need help',
        type: 'text', created_at: isoTime, seq: Number, status: 'sent',
      },
    },
  });
});

test('history has the documented fields for both sides', async () => {
  const { visitor, room } = await conversation('question');
  const sent = await agent.send(room, 'answer');
  const forAgent = await agent.history(room);
  assert.equal(forAgent.success, true);
  assert.equal(forAgent.hasMore, false);
  assertFields(forAgent.messages[0], {
    _id: sent._id, content: 'answer', conversation_id: sent.conversation_id, created_at: isoTime, sender_type: 'agent', type: 'text',
  });
  assertFields(forAgent.messages[1], { content: 'question', sender_type: 'customer', conversation_id: visitor.session.conversation_id });
  const forVisitor = await visitor.history(room);
  assert.equal(forVisitor.success, true);
  assertFields(forVisitor.messages[0], { _id: sent._id, content: 'answer', created_at: isoTime, is_mine: false });
  assertFields(forVisitor.messages[1], { content: 'question', is_mine: true });
});

test('text comes back as it was written', async () => {
  const { visitor, room } = await conversation();
  const texts = [
    '<script>alert(1)</script>', 'وصلتني الطلبيّة مكسورة \u200f(hello)', '👩‍👩‍👧‍👦 e\u0301', '  spaces and\ttabs\r\nlines  ',
    '"quotes" \\ backslash \u0001\u001f', 'null\u0000byte', "Robert'); DROP TABLE message;--", '\ufeffbom\u2028line',
  ];
  for (const text of texts) {
    assert.equal((await visitor.send(room, text)).content, text);
  }
  const page = await agent.history(room, { sort: 'asc', limit: 100 });
  assert.deepEqual(contents(page).slice(1), texts);
});

test('long texts pass up to the bound', async () => {
  const { visitor, room } = await conversation();
  const longest = 'م'.repeat(150_000);
  assert.equal((await visitor.send(room, longest)).content, longest);
  const over = await visitor.call('POST', '/user/message', { body: { room_id: room, message: { content: `${longest}x` } } });
  assert.ok([400, 413].includes(over.status), String(over.status));
});

test('a message needs a room, a content and a known type', async () => {
  const { visitor, room } = await conversation();
  const post = (person, path, body) => person.call('POST', path, { body });
  for (const [person, path] of [[agent, '/message'], [visitor, '/user/message']]) {
    assertError(await post(person, path, { room_id: room }), 400, { message: /message/ });
    assertError(await post(person, path, { room_id: room, message: 'text' }), 400, { message: /message/ });
    assertError(await post(person, path, { room_id: room, message: { content: '' } }), 400, { message: /content/ });
    assertError(await post(person, path, { room_id: room, message: { content: 5 } }), 400, { message: /content/ });
    assertError(await post(person, path, { room_id: room, message: { content: 'x', type: 'video' } }), 400, { message: /type/ });
    assertError(await post(person, path, { message: { content: 'x' } }), 400, { message: /room_id/ });
    assertError(await post(person, path, { room_id: 'x', message: { content: 'x' } }), 404, { message: 'Room not found' });
  }
  const note = await post(visitor, '/user/message', { room_id: room, message: { type: 'note', content: 'x' } });
  assert.ok([400, 403].includes(note.status), note.text);
});

test('attachments are stored as sent, up to fifteen', async () => {
  const { visitor, room } = await conversation();
  const attachment = { url: 'https://cdn.example.test/a.png', type: 'image/png', size: 245_678 };
  const message = { type: 'image', content: 'Screenshot', attachments: [attachment] };
  const { messages } = await visitor.post('/user/message', { room_id: room, message });
  assert.deepEqual(messages.message.attachments, [attachment]);
  const [newest] = (await agent.history(room)).messages;
  assert.equal(newest.type, 'image');
  assert.deepEqual(newest.attachments, [attachment]);
  const many = { ...message, attachments: Array(16).fill(attachment) };
  assertError(await visitor.call('POST', '/user/message', { body: { room_id: room, message: many } }), 400);
});

test('integration_app is stored and returned', async () => {
  const { room } = await conversation();
  const { messages } = await agent.post('/message', { room_id: room, message: { content: 'auto' }, integration_app: 'crm' });
  assert.equal(messages.message.integration_app, 'crm');
  assert.equal((await agent.history(room)).messages[0].integration_app, 'crm');
});

test('new_room opens a room for a contact', async () => {
  const { visitor } = await conversation();
  const body = {
    new_room: true, contact_id: visitor.session.contact_id, inbox_id: demo.inbox_id, message: { type: 'text', content: 'We saw…' },
  };
  const { messages } = await agent.post('/message', body);
  const detail = await agent.get(`/room/${messages.message.room_id}`);
  assert.equal(detail.data.contact._id, visitor.session.contact_id);
  assert.equal(detail.data.assignees[0].conversation_id, messages.message.conversation_id);
  assert.deepEqual(contents(await visitor.history(messages.message.room_id)), ['We saw…']);
  const { contact_id: _, ...without } = body;
  assertError(await agent.call('POST', '/message', { body: without }), 400, { message: /contact_id/ });
});

test('whoever answers an unassigned room takes it, a note does not', async () => {
  const { room } = await conversation();
  await agent.send(room, 'looking', { type: 'note' });
  assert.equal((await agent.get(`/room/${room}`)).data.assignees.length, 0);
  const { conversation_id: me } = await agent.send(room, 'hello');
  assert.deepEqual((await agent.get(`/room/${room}`)).data.assignees.map((entry) => entry.conversation_id), [me]);
  const body = { room_id: room, message: { content: 'me too' } };
  assertError(await agent2.call('POST', '/message', { body }), 403, { error: 'Forbidden', message: 'Not assigned to room' });
});

test('a customer’s message reopens a closed room and keeps its assignees', async () => {
  const { visitor, room } = await conversation();
  await agent.send(room, 'done');
  await agent.patch('/room/status', { room_id: room, status: 'closed' });
  assert.equal((await visitor.get('/user/room')).rooms[0].status, 'closed');
  await visitor.send(room, 'not done');
  const { data } = await agent.get(`/room/${room}`);
  assert.equal(data.status, 'open');
  assert.equal(data.assignees.length, 1);
});

test('seq is dense over messages and changes, created_at strictly increases', async () => {
  const { visitor, room } = await conversation();
  await Promise.all(Array.from({ length: 30 }, (_, index) => visitor.send(room, `burst ${index}`)));
  const { messages } = await agent.history(room, { sort: 'asc', limit: 100 });
  const seqs = messages.map((message) => message.seq);
  assert.ok(seqs.every((seq, at) => at === 0 || seq === seqs[at - 1] + 1), seqs.join(' '));
  assert.ok(messages.every((message, at) => at === 0 || message.created_at > messages[at - 1].created_at));
});

test('refs page in both directions for both callers', async () => {
  const { visitor, room } = await conversation('m1');
  const ids = [(await visitor.history(room)).messages[0]._id];
  for (let index = 2; index <= 25; index += 1) ids.push((await visitor.send(room, `m${index}`))._id);
  const names = (from, to) => Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => `m${from + (to > from ? at : -at)}`);
  const id = (number) => ids[number - 1];
  for (const person of [agent, visitor]) {
    const check = async (query, expected, hasMore) => {
      const page = await person.history(room, query);
      assert.deepEqual(contents(page), expected, JSON.stringify(query));
      assert.equal(page.hasMore, hasMore, `hasMore ${JSON.stringify(query)}`);
    };
    await check({}, names(25, 6), true);
    await check({ limit: 100 }, names(25, 1), false);
    await check({ sort: 'asc', limit: 5 }, names(1, 5), true);
    await check({ upperRef: id(6), limit: 3 }, names(5, 3), true);
    await check({ upperRef: id(6), limit: 5 }, names(5, 1), false);
    await check({ upperRef: id(6), limit: 3, sort: 'asc' }, names(3, 5), true);
    await check({ upperRef: id(1) }, [], false);
    await check({ lowerRef: id(20), limit: 3, sort: 'asc' }, names(21, 23), true);
    await check({ lowerRef: id(20), limit: 3 }, names(23, 21), true);
    await check({ lowerRef: id(20), limit: 5, sort: 'asc' }, names(21, 25), false);
    await check({ lowerRef: id(25) }, [], false);
    await check({ upperRef: id(10), lowerRef: id(5), sort: 'asc' }, names(6, 9), false);
    await check({ upperRef: id(10), lowerRef: id(5), limit: 2 }, names(9, 8), true);
    for (const query of [{ limit: 0 }, { limit: 'x' }, { sort: 'up' }]) {
      assertError(await person.call('GET', person === agent ? '/message' : '/user/message', { query: { room_id: room, ...query } }), 400);
    }
    for (const ref of ['x', '0'.repeat(24), room]) {
      const path = person === agent ? '/message' : '/user/message';
      assertError(await person.call('GET', path, { query: { room_id: room, upperRef: ref } }), 404);
    }
  }
});

test('search finds messages in English and Arabic and marks nothing read', async () => {
  const { visitor, room } = await conversation('The dome has a crack');
  await visitor.send(room, 'وصلتني الطلبيّة مكسورة أمس');
  await agent2.history(room, { search: 'dome' });
  assert.equal(await unreadOf(agent2, room), 2);
  for (const person of [agent, visitor]) {
    for (const [search, count] of [['crack', 1], ['CRACK', 1], ['الطلبية', 1], ['امس', 1], ['nothing', 0]]) {
      assert.equal((await person.history(room, { search })).messages.length, count, search);
    }
  }
});

test('a message is found at once after it was sent', async () => {
  const { visitor, room } = await conversation();
  for (let index = 0; index < 20; index += 1) {
    await visitor.send(room, `needle${index}`);
    assert.equal((await agent.history(room, { search: `needle${index}` })).messages.length, 1);
  }
});

test('unread counts customer messages for each agent and team messages for the visitor', async () => {
  const { visitor, room } = await conversation('one');
  await visitor.send(room, 'two');
  assert.equal(await unreadOf(agent, room), 2);
  assert.equal(await unreadOf(agent2, room), 2);
  await agent.history(room);
  await eventually(async () => assert.equal(await unreadOf(agent, room), 0));
  assert.equal(await unreadOf(agent2, room), 2, 'reading is per agent');
  await agent.send(room, 'secret', { type: 'note' });
  assert.equal(await visitorUnread(visitor), 0, 'a note does not count');
  await agent.send(room, 'answer');
  await agent.send(room, 'more');
  assert.equal(await visitorUnread(visitor), 2);
  assert.equal(await unreadOf(agent, room), 0, 'one’s own messages do not count');
  await visitor.history(room);
  await eventually(async () => assert.equal(await visitorUnread(visitor), 0));
});

test('reading an older page marks nothing', async () => {
  const { visitor, room } = await conversation('one');
  const second = await visitor.send(room, 'two');
  await agent.history(room, { upperRef: second._id });
  await agent.history(room, { sort: 'asc', limit: 1 });
  assert.equal(await unreadOf(agent, room), 2);
});

test('a message is sent, then read by the other side', async () => {
  const { visitor, room } = await conversation('one');
  const statusOf = async () => (await visitor.history(room)).messages.find((message) => message.is_mine).status;
  assert.equal(await statusOf(), 'sent');
  await agent.history(room);
  await eventually(async () => assert.equal(await statusOf(), 'read'));
});

test('a message is delivered once somebody of the other side is connected', async () => {
  const listener = await connect(server, agent.auth);
  const { visitor, room } = await conversation('one');
  const statusOf = async () => (await visitor.history(room)).messages.find((message) => message.is_mine).status;
  await eventually(async () => assert.equal(await statusOf(), 'delivered'));
  listener.close();
});

test('the same client id is answered with the same answer and told nobody twice', async () => {
  const { visitor, room } = await conversation();
  const listener = await connect(server, agent.auth);
  for (const [person, path] of [[visitor, '/user/message'], [agent, '/message']]) {
    const key = uniqueKey();
    const body = { room_id: room, message: { type: 'text', content: `once ${path}` }, _uniqueId: key };
    const first = await person.post(path, body);
    assert.deepEqual(await person.post(path, body), first);
    const { _uniqueId: _, ...plain } = body;
    const byHeader = await person.ok('POST', path, { body: plain, headers: { 'Idempotency-Key': key } });
    assert.deepEqual(byHeader, first, 'header and field are one id');
    const other = { ...body, message: { type: 'text', content: 'another' } };
    assertError(await person.call('POST', path, { body: other }), 409);
  }
  const end = await visitor.send(room, 'end');
  await listener.waitFor('newMessage', ({ message }) => message._id === end._id);
  await settled(listener);
  const told = listener.all('newMessage').map(({ message }) => message.content).filter((text) => text.startsWith('once'));
  assert.equal(new Set(told).size, told.length, told.join());
  assert.ok(told.includes('once /user/message'));
  const kept = contents(await agent.history(room, { limit: 100 }));
  assert.equal(kept.filter((text) => text.startsWith('once')).length, 2);
  assert.ok(!kept.includes('another'));
  listener.close();
});

test('a client id belongs to its sender', async () => {
  const { visitor, room } = await conversation();
  const stranger = await conversation();
  const key = uniqueKey();
  const mine = await visitor.send(room, 'same', { key });
  const theirs = await stranger.visitor.send(stranger.room, 'same', { key });
  assert.notEqual(mine._id, theirs._id);
  assert.equal(theirs.room_id, stranger.room);
});

test('many at once with one client id write one message', async () => {
  const { visitor, room } = await conversation();
  const key = uniqueKey();
  const sent = await Promise.all(Array.from({ length: 20 }, () => visitor.send(room, 'only one', { key })));
  assert.equal(new Set(sent.map((message) => message._id)).size, 1);
  assert.equal(contents(await agent.history(room)).filter((text) => text === 'only one').length, 1);
});

test('a client id that is too long is a 400', async () => {
  const { visitor, room } = await conversation();
  const body = { room_id: room, message: { content: 'x' }, _uniqueId: 'k'.repeat(129) };
  assertError(await visitor.call('POST', '/user/message', { body }), 400);
});

test('a repeated send is answered although the room is closed by now', async () => {
  const { visitor, room } = await conversation();
  const key = uniqueKey();
  const first = await visitor.send(room, 'before', { key });
  await agent.patch('/room/status', { room_id: room, status: 'closed' });
  assert.deepEqual(await visitor.send(room, 'before', { key }), first);
  assert.equal((await agent.get(`/room/${room}`)).data.status, 'closed', 'a repetition reopens nothing');
});

// Read markers are written together, at most a moment later.
async function eventually(check) {
  const end = Date.now() + 5000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((next) => setTimeout(next, 30));
  }
}

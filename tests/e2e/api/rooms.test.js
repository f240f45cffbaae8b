// Rooms: created by visitors, listed, found, read and assigned by agents.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, assertError, assertFields, hexId, isoTime, uniqueKey, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';

let server;
let demo;
let agent;
let agent2;
let admin;
let me;
let me2;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  agent2 = new Agent(server, demo.agent2_jwt);
  admin = new Agent(server, demo.admin_jwt);
  me = demo.agent_conversation_id;
  me2 = demo.agent2_conversation_id;
});
after(() => server?.close());

test('a visitor creates a room', async () => {
  const visitor = await Visitor.open(server, demo, { name: 'Maya' });
  const description = 'I can’t access my account. '.repeat(5);
  const answer = await visitor.post('/user/room', { inbox_id: demo.inbox_id, description });
  assertFields(answer, {
    success: true, result: { id: hexId, status: 'open', inbox_id: demo.inbox_id, created_at: isoTime },
  });
  const list = await visitor.get('/user/room');
  assert.equal(list.rooms.length, 1);
  assertFields(list.rooms[0], {
    _id: answer.result.id, subject: String, status: 'open', unread_count: 0, created_at: isoTime,
    last_message: { content: description, created_at: isoTime },
  });
  assert.ok([...list.rooms[0].subject].length <= 80);
  assert.ok(description.startsWith(list.rooms[0].subject.trim()));
  const history = await visitor.history(answer.result.id);
  assert.deepEqual(history.messages.map((message) => message.content), [description]);
  assert.equal(history.messages[0].is_mine, true);
});

test('the visitor list says nothing of agents, tags and notes', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = await visitor.createRoom('hello');
  await agent.send(room.id, 'answer');
  const [entry] = (await visitor.get('/user/room')).rooms;
  for (const hidden of ['assignees', 'tags', 'notes', 'contact', 'priority']) assert.ok(!(hidden in entry), hidden);
  assert.equal(entry.unread_count, 1);
  assert.equal(entry.last_message.content, 'answer');
});

test('verified=true shows nothing to a session that is not', async () => {
  const visitor = await Visitor.open(server, demo);
  await visitor.createRoom('hello');
  assert.deepEqual((await visitor.get('/user/room', { verified: true })).rooms, []);
  assert.equal((await visitor.get('/user/room', { verified: false })).rooms.length, 1);
});

test('creating a room needs an inbox of the account and a description', async () => {
  const visitor = await Visitor.open(server, demo);
  const create = (body) => visitor.call('POST', '/user/room', { body });
  assertError(await create({ inbox_id: demo.inbox_id }), 400, { message: /description/ });
  assertError(await create({ inbox_id: demo.inbox_id, description: '' }), 400, { message: /description/ });
  assertError(await create({ inbox_id: demo.inbox_id, description: 7 }), 400, { message: /description/ });
  assertError(await create({ description: 'x' }), 400, { message: /inbox_id/ });
  for (const id of ['x', '0'.repeat(24), 'f'.repeat(24), demo.account_id, `${demo.inbox_id}0`]) {
    assertError(await create({ inbox_id: id, description: 'x' }), 404);
  }
  assert.equal((await visitor.get('/user/room')).rooms.length, 0);
});

test('creating a room twice with one client id creates one', async () => {
  const visitor = await Visitor.open(server, demo);
  const key = uniqueKey();
  const body = { inbox_id: demo.inbox_id, description: 'once', _uniqueId: key };
  const first = await visitor.post('/user/room', body);
  assert.deepEqual(await visitor.post('/user/room', body), first);
  assertError(await visitor.call('POST', '/user/room', { body: { ...body, description: 'other' } }), 409);
  assert.equal((await visitor.get('/user/room')).rooms.length, 1);
  assert.equal((await visitor.history(first.result.id)).messages.length, 1);
});

test('the agent list has the documented fields', async () => {
  const visitor = await Visitor.open(server, demo, { name: 'John Doe', email: 'john@example.test' });
  const room = await visitor.createRoom('I need help with…');
  const list = await agent.get('/room');
  assertFields(list.pagination, { page: 1, limit: 20, total: Number });
  const entry = list.rooms.find((candidate) => candidate._id === room.id);
  assertFields(entry, {
    _id: room.id, contact: { name: 'John Doe', email: 'john@example.test' },
    inbox: { _id: demo.inbox_id, name: String }, status: 'open', priority: 'medium', assignees: [],
    last_message: { content: 'I need help with…', created_at: isoTime }, unread_count: 1, created_at: isoTime,
  });
});

test('the list is newest first by default and pages without loss', async () => {
  const rooms = [];
  for (let index = 0; index < 5; index += 1) {
    rooms.push((await (await Visitor.open(server, demo)).createRoom(`page ${index}`)).id);
  }
  const first = await agent.get('/room', { limit: 2 });
  assert.deepEqual(first.rooms.map((room) => room._id), [rooms[4], rooms[3]]);
  const second = await agent.get('/room', { limit: 2, page: 2 });
  assert.deepEqual(second.rooms.map((room) => room._id), [rooms[2], rooms[1]]);
  assert.equal(second.pagination.page, 2);
  await agent.send(rooms[0], 'moves up');
  assert.equal((await agent.get('/room', { limit: 1 })).rooms[0]._id, rooms[0]);
  assert.equal((await agent.get('/room', { limit: 1000 })).pagination.limit, 100);
  for (const query of [{ limit: 0 }, { limit: -1 }, { limit: 'x' }, { page: 0 }, { page: 'x' }, { sort: 'name' }]) {
    assertError(await agent.call('GET', '/room', { query }), 400);
  }
});

test('the list sorts by creation and by priority', async () => {
  const visitor = await Visitor.open(server, demo);
  const low = await visitor.createRoom('low');
  const urgent = await (await Visitor.open(server, demo)).createRoom('urgent');
  await agent.patch('/room', { room_id: low.id, priority: 'low' });
  await agent.patch('/room', { room_id: urgent.id, priority: 'urgent' });
  const byPriority = (await agent.get('/room', { sort: 'priority', limit: 100 })).rooms;
  assert.equal(byPriority[0]._id, urgent.id);
  assert.equal(byPriority.at(-1)._id, low.id);
  const rank = { urgent: 0, high: 1, medium: 2, low: 3 };
  assert.ok(byPriority.every((room, at) => at === 0 || rank[byPriority[at - 1].priority] <= rank[room.priority]));
  const byCreation = (await agent.get('/room', { sort: 'created_at', limit: 100 })).rooms.map((room) => room.created_at);
  assert.deepEqual(byCreation, [...byCreation].sort().reverse());
});

test('the list filters in both spellings', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = await visitor.createRoom('to be closed');
  await agent.patch('/room/status', { room_id: room.id, status: 'closed' });
  for (const query of [{ 'filter[status]': 'closed' }, { filter: '{"status":"closed"}' }]) {
    const { rooms } = await agent.get('/room', { ...query, limit: 100 });
    assert.ok(rooms.some((entry) => entry._id === room.id));
    assert.ok(rooms.every((entry) => entry.status === 'closed'));
  }
  const open = await agent.get('/room', { 'filter[status]': 'open', limit: 100 });
  assert.ok(open.rooms.every((entry) => entry.status === 'open'));
  const both = await agent.get('/room', { 'filter[inbox_id]': demo.inbox_id, 'filter[priority]': 'medium', limit: 100 });
  assert.ok(both.rooms.every((entry) => entry.priority === 'medium'));
  assertError(await agent.call('GET', '/room', { query: { 'filter[status]': 'ajar' } }), 400, { message: /open/ });
  assertError(await agent.call('GET', '/room', { query: { 'filter[priority]': 'huge' } }), 400, { message: /urgent/ });
  assertError(await agent.call('GET', '/room', { query: { filter: '{"status"' } }), 400);
});

test('search finds names, e-mails and messages, notes too, in English and Arabic', async () => {
  const visitor = await Visitor.open(server, demo, { name: 'Zacharias Quux', email: 'zq@findme.test' });
  const room = await visitor.createRoom('The thermocouple is broken');
  await visitor.send(room.id, 'وصلتني الطلبيّة مكسورة');
  await agent.send(room.id, 'velociraptor in the warehouse', { type: 'note' });
  for (const search of ['Zacharias', 'quux', 'zq@findme.test', 'thermocouple', 'THERMOCOUPLE', 'الطلبية', 'مكسوره', 'velociraptor']) {
    const { rooms } = await agent.get('/room', { search });
    assert.deepEqual(rooms.map((entry) => entry._id), [room.id], search);
  }
  assert.deepEqual((await agent.get('/room', { search: 'nowhere-to-be-found' })).rooms, []);
  const [unsearched] = (await agent.get('/room', { limit: 1 })).rooms;
  assert.equal('match' in unsearched, false);
  for (const search of ['"', '*', 'a OR b', "'; DROP TABLE room; --", 'NEAR(', '(', '%', '_']) {
    assert.equal((await agent.call('GET', '/room', { query: { search } })).status, 200, search);
  }
  assert.ok([200, 400].includes((await agent.call('GET', '/room', { query: { search: '\u0000' } })).status));
});

test('a room that a search finds comes with the newest message that matches, its words marked', async () => {
  const visitor = await Visitor.open(server, demo, { name: 'Marked Mona' });
  const room = await visitor.createRoom('My barometer is broken');
  await visitor.send(room.id, `${'It fell from the shelf yesterday. '.repeat(20)}The BAROMETER fell, ${'again '.repeat(60)}`);
  await visitor.send(room.id, 'Thanks');
  const found = async (search) => (await agent.get('/room', { search })).rooms.find((entry) => entry._id === room.id)?.match;
  const match = await found('fell barom');
  assertFields(match, { _id: hexId, conversation_id: visitor.session.conversation_id, seq: Number, type: 'text', sender_type: 'customer', created_at: isoTime });
  assert.deepEqual(match.excerpt.filter((piece) => piece.is_match).map((piece) => piece.text).slice(0, 1), ['fell']);
  const text = (await found('barometer')).excerpt.map((piece) => piece.text).join('');
  assert.ok([...text].length <= 162 && text.startsWith('…') && text.endsWith('…'), text);
  assert.deepEqual((await found('barometer')).excerpt[1], { text: 'BAROMETER', is_match: true });
  await agent.send(room.id, 'ask for the hygrometer', { type: 'note' });
  assert.equal((await found('hygrometer')).type, 'note');
  assert.equal(await found('marked mona'), undefined, 'the name is what matches');
});

test('the visitor list can be searched, and never by a note', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = await visitor.createRoom('my kettle whistles');
  await agent.send(room.id, 'pelican', { type: 'note' });
  assert.equal((await visitor.get('/user/room', { search: 'kettle' })).rooms.length, 1);
  assert.equal((await visitor.get('/user/room', { search: 'pelican' })).rooms.length, 0);
});

test('another agent’s list is for admins', async () => {
  assertError(await agent.call('GET', '/room', { query: { conversation_id: me2 } }), 403, { error: 'Forbidden' });
  const visitor = await Visitor.open(server, demo);
  const room = await visitor.createRoom('taken');
  await agent2.assign(room.id, [me2]);
  const { rooms } = await admin.get('/room', { conversation_id: me2, limit: 100 });
  assert.ok(rooms.some((entry) => entry._id === room.id));
  const own = await agent.get('/room', { limit: 100 });
  assert.ok(!own.rooms.some((entry) => entry._id === room.id), 'a colleague’s room is not in the list');
  const all = await admin.get('/room', { limit: 100 });
  assert.ok(all.rooms.some((entry) => entry._id === room.id), 'an admin sees all');
});

test('a room is found by its contact', async () => {
  const visitor = await Visitor.open(server, demo, { email: 'one@where.test', phone: '+1555000111' });
  const room = await visitor.createRoom('first');
  const find = async (query) => (await agent.get('/room/id', query)).data;
  assert.deepEqual(await find({ email: 'one@where.test' }), { room_id: room.id, exists: true });
  assert.deepEqual(await find({ phone: '+1555000111' }), { room_id: room.id, exists: true });
  assert.deepEqual(await find({ contact_id: visitor.session.contact_id, email: 'one@where.test' }), { room_id: room.id, exists: true });
  assert.deepEqual(await find({ email: 'one@where.test', phone: '+999' }), { room_id: null, exists: false });
  assert.deepEqual(await find({ email: 'nobody@where.test' }), { room_id: null, exists: false });
  assertError(await agent.call('GET', '/room/id'), 400);
  const later = await visitor.createRoom('second');
  assert.equal((await find({ email: 'one@where.test' })).room_id, later.id);
  await agent.patch('/room/status', { room_id: later.id, status: 'closed' });
  assert.equal((await find({ email: 'one@where.test' })).room_id, room.id, 'a room that is not closed comes first');
});

test('the detail of a room has the documented fields', async () => {
  const visitor = await Visitor.open(server, demo, { name: 'John', email: 'j@d.test', phone: '+1234567890' });
  const room = await visitor.createRoom('detail');
  await agent.assign(room.id, [me]);
  const answer = await agent.get(`/room/${room.id}`);
  assertFields(answer, {
    success: true,
    data: {
      _id: room.id, conversation_id: visitor.session.conversation_id,
      contact: { _id: visitor.session.contact_id, name: 'John', email: 'j@d.test', phone: '+1234567890' },
      inbox_id: demo.inbox_id, status: 'open', priority: 'medium', tags: [], notes: '', created_at: isoTime,
      last_activity: isoTime,
    },
  });
  assert.equal(answer.data.assignees.length, 1);
  assertFields(answer.data.assignees[0], { conversation_id: me, user: { name: String, email: demo.agent_email } });
});

test('assigning replaces, answers all assignees, and an empty list unassigns', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = await visitor.createRoom('assign');
  const both = await agent.assign(room.id, [me, me2], { inbox_id: demo.inbox_id });
  assert.equal(both.success, true);
  assert.equal(both.message, 'Assignee updated successfully');
  assert.deepEqual(both.data.assignees.map((entry) => entry.conversation_id), [me, me2]);
  for (const entry of both.data.assignees) assert.match(entry.assigned_at, isoTime);
  const one = await agent.assign(room.id, [me2]);
  assert.deepEqual(one.data.assignees.map((entry) => entry.conversation_id), [me2]);
  assertError(await agent.call('GET', `/room/${room.id}`), 403, { error: 'Forbidden', message: 'Not assigned to room' });
  assert.deepEqual((await agent2.assign(room.id, [])).data.assignees, []);
  assert.equal((await agent.get(`/room/${room.id}`)).data.assignees.length, 0);
});

test('assigning refuses who is no agent of the account', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = await visitor.createRoom('assign');
  const assign = (body) => agent.call('PATCH', '/room/assignee', { body: { room_id: room.id, ...body } });
  for (const id of ['x', '0'.repeat(24), visitor.session.conversation_id]) {
    const answer = await assign({ conversation_ids: [id] });
    assert.ok([400, 404].includes(answer.status), `${id}: ${answer.text}`);
  }
  assertError(await assign({}), 400, { message: /conversation_ids/ });
  assertError(await assign({ conversation_ids: 'me' }), 400, { message: /conversation_ids/ });
  assertError(await assign({ conversation_ids: [5] }), 400, { message: /conversation_ids/ });
  assert.equal((await assign({ conversation_ids: [me], inbox_id: '0'.repeat(24) })).status, 404);
});

test('status and priority change as documented', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = await visitor.createRoom('status');
  const answer = await agent.patch('/room', { room_id: room.id, status: 'pending', priority: 'high' });
  assertFields(answer, {
    success: true, message: 'Room updated successfully',
    data: { _id: room.id, status: 'pending', priority: 'high', updated_at: isoTime },
  });
  const closed = await agent.patch('/room/status', { room_id: room.id, status: 'closed' });
  assert.equal(closed.data.status, 'closed');
  assertError(await agent.call('PATCH', '/room', { body: { room_id: room.id } }), 400);
  assertError(await agent.call('PATCH', '/room', { body: { room_id: room.id, status: 'x' } }), 400, { message: /pending/ });
  assertError(await agent.call('PATCH', '/room/status', { body: { room_id: room.id, status: 'x' } }), 400, { message: /pending/ });
});

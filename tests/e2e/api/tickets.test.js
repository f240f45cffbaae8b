// Ticket rooms over HTTP: every call, by every kind of caller, and what it refuses.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Agent, assertFields, Client, hexId, isoTime, uniqueKey, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { SupportClient } from '../lib/student.js';
import { newTicket, Ticket } from '../lib/tickets.js';

let server;
let demo;
let agent;
let agent2;
let outsider;
let visitor;
let stranger;
let student;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  agent2 = new Agent(server, demo.agent2_jwt);
  outsider = new Agent(server, demo.outsider_jwt);
  visitor = await Visitor.open(server, demo, { name: 'Maya' });
  stranger = await Visitor.open(server, demo);
  student = new SupportClient(server, demo.student_jwt);
});
after(async () => {
  await server?.close();
});

const own = async (more = {}) => {
  const ticket = new Ticket(agent, newTicket());
  await ticket.metadata({ contactId: visitor.session.contact_id, ...more });
  return ticket;
};
const userIds = (members) => members.map(({ actor }) => actor.userId);

test('the calls of the example, with its bodies', async () => {
  const ticket = new Ticket(agent, newTicket());
  const set = await ticket.metadata({ priority: 'high', assignedAgentId: 'agent_7', status: 'open' });
  assert.deepEqual(set, {
    room: ticket.room, metadata: { ticketId: ticket.id, priority: 'high', assignedAgentId: 'agent_7', status: 'open' }, version: 1,
  });
  const joined = await ticket.join({ role: 'support' });
  assertFields(joined, {
    room: ticket.room,
    member: {
      actor: { kind: 'agent', userId: demo.agent_conversation_id }, metadata: { role: 'support' },
      presence: { status: 'online', typing: false }, joinedAt: isoTime, expiresAt: isoTime,
    },
    metadata: set.metadata, history: [], resumeToken: String,
  });
  assert.equal(Date.parse(joined.member.expiresAt) - Date.parse(joined.member.joinedAt), 45_000);
  assert.deepEqual(joined.members, [joined.member]);
  const typing = await ticket.typing(true);
  assert.deepEqual(typing.member.presence, { status: 'online', typing: true });
  const members = await ticket.members({ limit: 25 });
  assert.equal(members.length, 1);
  assertFields(members[0], { actor: { kind: 'agent' }, metadata: { role: 'support' }, presence: { typing: true }, joinedAt: joined.member.joinedAt });
  const closed = await ticket.close();
  assertFields(closed, { room: ticket.room, status: 'destroyed', closedAt: isoTime });
  assert.deepEqual(await ticket.close(), closed);
});

test('metadata is merged: absent fields stay, null deletes, ticketId is always there', async () => {
  const ticket = new Ticket(agent, newTicket());
  await ticket.metadata({ priority: 'high', area: { floor: 3 } });
  const { metadata, version } = await ticket.metadata({ area: null, ticketId: 'x', status: 'waiting', n: 1.5 });
  assert.deepEqual(metadata, { ticketId: ticket.id, priority: 'high', status: 'waiting', n: 1.5 });
  assert.equal(version, 2);
  assert.equal((await ticket.metadata({ status: 'waiting' })).version, 2);
  const room = (bytes) => ({ x: 'x'.repeat(bytes - JSON.stringify({ ticketId: ticket.id, x: '' }).length) });
  const another = new Ticket(agent, newTicket());
  await another.metadata(room(16 * 1024));
  await another.refused(413, 'POST', '/metadata', { body: room(16 * 1024 + 1) }, /16384/);
});

test('joining again keeps since when, leaving is idempotent, typing needs a membership', async () => {
  const ticket = await own();
  const first = await ticket.join({ role: 'support' });
  await ticket.as(visitor).join({ role: 'customer' });
  const again = await ticket.join({ role: 'lead' });
  assert.equal(again.member.joinedAt, first.member.joinedAt);
  assert.equal(again.resumeToken, first.resumeToken);
  assert.deepEqual(again.member.metadata, { role: 'lead' });
  assert.deepEqual(userIds(again.members), [demo.agent_conversation_id, visitor.session.contact_id]);
  assert.deepEqual(await ticket.leave(), { room: ticket.room, left: true });
  assert.deepEqual(await ticket.leave(), { room: ticket.room, left: true });
  assert.deepEqual(userIds(await ticket.as(visitor).members()), [visitor.session.contact_id]);
  await ticket.refused(409, 'POST', '/typing', { body: { typing: true } }, /join/);
});

test('members come in pages by the order of joining', async () => {
  const ticket = await own();
  await ticket.as(visitor).join();
  await ticket.join();
  await ticket.as(agent2).join();
  const page = await ticket.ok('GET', '/members', { query: { limit: 2 } });
  assert.deepEqual(userIds(page.members), [visitor.session.contact_id, demo.agent_conversation_id]);
  const rest = await ticket.ok('GET', '/members', { query: { limit: 2, cursor: page.nextCursor } });
  assert.deepEqual(userIds(rest.members), [demo.agent2_conversation_id]);
  assert.equal(rest.nextCursor, undefined);
});

test('messages have a dense seq and are read newest first', async () => {
  const ticket = await own();
  const message = await ticket.publish({ text: 'سلام', list: [1, null] });
  assertFields(message, { id: hexId, seq: 1, type: 'text', data: { text: 'سلام', list: [1, null] }, actor: { kind: 'agent', userId: demo.agent_conversation_id }, createdAt: isoTime });
  await ticket.as(visitor).publish('two');
  await ticket.publish(null);
  const page = await ticket.history({ limit: 2 });
  assert.deepEqual(page.messages.map(({ data }) => data), [null, 'two']);
  const rest = await ticket.history({ limit: 2, cursor: page.nextCursor });
  assert.deepEqual(rest.messages, [message]);
  assert.equal(rest.nextCursor, undefined);
});

test('the same idempotencyKey and body is one message, another body a conflict', async () => {
  const ticket = await own();
  const key = uniqueKey();
  const first = await ticket.publish('once', { idempotencyKey: key });
  assert.deepEqual(await ticket.publish('once', { idempotencyKey: key }), first);
  assert.equal((await ticket.history()).messages.length, 1);
  await ticket.refused(409, 'POST', '/messages', { body: { type: 'text', data: 'another', idempotencyKey: key } });
  const ordered = await ticket.publish({ a: 1, b: { c: 2, d: 3 } }, { idempotencyKey: `${key}-2` });
  assert.deepEqual(await ticket.publish({ b: { d: 3, c: 2 }, a: 1 }, { idempotencyKey: `${key}-2` }), ordered, 'whatever the order of the fields');
  const other = await own();
  assert.equal((await other.publish('once', { idempotencyKey: key })).seq, 1, 'a key is of its ticket');
  await ticket.close();
  assert.deepEqual(await ticket.publish('once', { idempotencyKey: key }), first, 'also after the close');
});

test('pages of other sites may call, as those of the account\'s sites', async () => {
  const ticket = await own();
  const origin = 'https://shop.example';
  const preflight = await fetch(`${server.url}/support/${ticket.id}/join`, {
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-support-token' },
  });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-origin'), origin);
  assert.match(preflight.headers.get('access-control-allow-methods'), /POST/);
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'x-support-token');
  const read = await fetch(`${server.url}/support/${ticket.id}`, { headers: { Origin: origin, ...agent.headers } });
  assert.equal(read.status, 200);
  assert.equal(read.headers.get('access-control-allow-origin'), origin);
  assert.equal(read.headers.get('cache-control'), 'no-store');
  assert.equal(read.headers.get('x-content-type-options'), 'nosniff');
});

test('what is closed is read, not written, until an agent opens it again', async () => {
  const ticket = await own();
  const mine = ticket.as(visitor);
  await mine.join();
  await mine.publish('hello');
  await ticket.close();
  for (const [path, body] of [['/metadata', {}], ['/join', {}], ['/messages', { type: 'text', data: 1 }], ['/snapshots', { name: 'x' }], ['/typing', {}]]) {
    await ticket.refused(410, 'POST', path, { body }, /room closed/);
  }
  await mine.refused(410, 'POST', '/messages', { body: { type: 'text', data: 1 } }, /room closed/);
  await mine.refused(403, 'POST', '/join', { body: { reopen: true } });
  assert.deepEqual(await mine.members(), []);
  await mine.leave();
  assert.equal((await mine.history()).messages.length, 1);
  assert.equal((await ticket.get()).status, 'destroyed');
  const joined = await ticket.join({ reopen: true });
  assert.equal(joined.history.length, 1);
  assert.equal((await ticket.get()).status, 'active');
  assert.equal((await mine.publish('again')).seq, 2);
});

test('deleteHistory and deleteSnapshots delete, and closing again does nothing', async () => {
  const ticket = await own();
  await Promise.all(Array.from({ length: 12 }, (_, i) => ticket.publish(i)));
  await ticket.ok('POST', '/snapshots', { body: { name: 'before' } });
  await ticket.close({ deleteHistory: true, deleteSnapshots: true });
  assert.deepEqual(await ticket.history(), { messages: [] });
  assert.deepEqual(await ticket.ok('GET', '/snapshots'), { snapshots: [] });
  const kept = await own();
  await kept.publish('kept');
  await kept.close();
  await kept.close({ deleteHistory: true, deleteSnapshots: true });
  assert.equal((await kept.history()).messages.length, 1);
});

test('snapshots keep named states', async () => {
  const ticket = await own({ step: 1 });
  await ticket.publish('x');
  const { snapshot } = await ticket.ok('POST', '/snapshots', { body: { name: 'first' } });
  assertFields(snapshot, { name: 'first', metadata: { ticketId: ticket.id, step: 1 }, version: 1, seq: 1, createdAt: isoTime, actor: { kind: 'agent' } });
  await ticket.metadata({ step: 2 });
  await ticket.ok('POST', '/snapshots', { body: { name: 'second' } });
  const { snapshots } = await ticket.ok('GET', '/snapshots');
  assert.deepEqual(snapshots.map(({ name, metadata }) => [name, metadata.step]), [['second', 2], ['first', 1]]);
});

test('a student writes in the ticket of their chat as in the chat: the bot answers, and a hand-off makes them wait', async () => {
  const sam = new SupportClient(server, demo.student2_jwt);
  const chat = await sam.chat();
  const { rooms: [room] } = await new Agent(server, demo.admin_jwt).get('/room', { limit: 1, sort: 'created_at' });
  const ticket = new Ticket(sam, room._id);
  await ticket.join({});
  await ticket.publish('I forgot my password');
  const said = await sam.messages(chat.id);
  assert.deepEqual((await ticket.history()).messages.map(({ actor }) => actor.kind), ['agent', 'student']);
  assert.deepEqual(said.map(({ sender_role: role }) => role).slice(-2), ['student', 'admin'], JSON.stringify(said));
  await ticket.publish('I want to talk to a person');
  assert.equal((await sam.chat()).status, 'waiting_for_admin');
  await ticket.refused(403, 'POST', '/messages', { body: { type: 'text', data: 'hello?' } });
});

test('each kind of caller may do what is theirs', async () => {
  const ticket = await own({ studentId: '5' });
  const denied = [['POST', '/metadata', {}], ['POST', '/close', {}], ['POST', '/snapshots', { name: 'x' }], ['GET', '/snapshots']];
  for (const customer of [visitor, student]) {
    const mine = ticket.as(customer);
    await mine.join({ role: 'customer' });
    await mine.typing(true);
    await mine.publish('mine');
    await mine.history();
    await mine.members();
    await mine.get();
    for (const [method, path, body] of denied) await mine.refused(403, method, path, body && { body });
    await mine.leave();
  }
  const calls = [...denied, ['POST', '/join', {}], ['POST', '/typing', {}], ['POST', '/leave', {}], ['POST', '/messages', { type: 'text', data: 1 }], ['GET', '/history'], ['GET', '/members'], ['GET', '']];
  const another = new Ticket(agent, newTicket());
  await another.metadata({});
  for (const [method, path, body] of calls) {
    await ticket.as(stranger).refused(403, method, path, body && { body });
    await another.as(visitor).refused(403, method, path, body && { body });
    await another.as(student).refused(403, method, path, body && { body });
    await new Ticket(visitor, newTicket()).refused(403, method, path, body && { body });
    await ticket.as(new Client(server)).refused(401, method, path, body && { body });
    await ticket.as(new Client(server, { Authorization: 'Bearer x' })).refused(401, method, path, body && { body });
  }
  assertFields((await ticket.history()).messages.map(({ actor }) => actor), [{ kind: 'student', userId: '5' }, { kind: 'contact', userId: visitor.session.contact_id }]);
  await another.as(outsider).refused(404, 'GET', '');
  await new Ticket(agent, newTicket()).refused(404, 'GET', '/history');
});

test('another owner ends what the first may do', async () => {
  const ticket = await own();
  await ticket.as(visitor).join();
  await ticket.join();
  await ticket.metadata({ contactId: stranger.session.contact_id });
  assert.deepEqual(userIds(await ticket.members()), [demo.agent_conversation_id]);
  await ticket.as(visitor).refused(403, 'POST', '/join', { body: {} });
  await ticket.as(stranger).join();
});

test('a visitor who is identified brings their tickets along', async () => {
  const { data } = await new Agent(server, demo.admin_jwt).patch('/account', { rotate_identity_key: true });
  const vouched = { identifier: 'maya-7', identifier_hash: createHmac('sha256', data.identity_key).update('maya-7').digest('hex') };
  const elsewhere = await Visitor.open(server, demo, vouched);
  const anonymous = await Visitor.open(server, demo);
  const ticket = new Ticket(agent, newTicket());
  await ticket.metadata({ contactId: anonymous.session.contact_id, area: 'billing' });
  await ticket.publish('for you');
  await ticket.as(anonymous).join();
  const known = await Visitor.open(server, demo, { device_id: anonymous.deviceId, ...vouched });
  assert.equal(known.session.contact_id, elsewhere.session.contact_id);
  for (const visitor of [known, elsewhere]) {
    assert.deepEqual((await ticket.as(visitor).history()).messages.map(({ data: said }) => said), ['for you']);
    assert.deepEqual(await ticket.as(visitor).members(), [], 'who was there joins again, by the other name');
  }
  assertFields((await ticket.get()).metadata, { contactId: known.session.contact_id, area: 'billing' });
  await ticket.as(stranger).refused(403, 'GET', '');
});

test('what cannot be read is refused, saying what', async () => {
  for (const id of ['a b', 'a%2Fb', 'ä', 'x'.repeat(129), '{}']) {
    await new Ticket(agent, id).refused(400, 'POST', '/join', { body: {} }, /128/);
  }
  await new Ticket(agent, 'x'.repeat(128)).join();
  const ticket = await own();
  await ticket.join();
  const wrong = [
    ['/join', { role: 5 }, /role/], ['/join', { role: 'x'.repeat(65) }, /role/], ['/join', { reopen: 'yes' }, /reopen/], ['/join', { resumeToken: 1 }, /resumeToken/],
    ['/typing', { typing: 'yes' }, /typing/], ['/typing', { presence: [] }, /presence/],
    ['/messages', {}, /type/], ['/messages', { type: 'text' }, /data/], ['/messages', { type: '', data: 1 }, /type/], ['/messages', { type: 'x'.repeat(65), data: 1 }, /type/],
    ['/messages', { type: 'text', data: 1, idempotencyKey: 'x'.repeat(129) }, /id/], ['/messages', { type: 'text', data: 1, idempotencyKey: 5 }, /idempotencyKey/],
    ['/close', { deleteHistory: 'yes' }, /deleteHistory/], ['/snapshots', {}, /name/], ['/snapshots', { name: ' ' }, /name/],
    ['/metadata', { contactId: {} }, /contactId/],
  ];
  for (const [path, body, message] of wrong) await ticket.refused(400, 'POST', path, { body }, message);
  for (const raw of ['{', '[]', 'null', '"x"', '{"a":'.repeat(40), '\u0000']) await ticket.refused(400, 'POST', '/metadata', { raw });
  await ticket.refused(413, 'POST', '/typing', { body: { presence: { x: 'x'.repeat(1024 - 7) } } }, /1024/);
  await ticket.ok('POST', '/typing', { body: { presence: { x: 'x'.repeat(1024 - 8) } } });
  await ticket.refused(413, 'POST', '/messages', { body: { type: 'text', data: 'x'.repeat(64 * 1024) } }, /65536/);
  await ticket.refused(413, 'POST', '/messages', { body: { type: 'text', data: 'x'.repeat(1024 * 1024) } });
  const another = await own();
  await another.publish(1);
  await another.publish(2);
  const { nextCursor } = await another.history({ limit: 1 });
  for (const path of ['/history', '/members', '/snapshots']) {
    for (const limit of [0, -1, 'x', '1e9', 1.5]) await ticket.refused(400, 'GET', path, { query: { limit } }, /limit/);
    await ticket.ok('GET', path, { query: { limit: 1e9 } });
    for (const cursor of [nextCursor, 'x', '!', 'AAAA']) await ticket.refused(400, 'GET', path, { query: { cursor } }, /cursor/);
  }
  await ticket.refused(404, 'GET', '/nothing');
});

test('a hundred entries of 64 KiB make a join of at most 256 KiB, with a cursor', async () => {
  const ticket = await own();
  for (let i = 0; i < 100; i += 10) {
    await Promise.all(Array.from({ length: 10 }, () => ticket.publish('x'.repeat(64 * 1024 - 6))));
  }
  const answer = await ticket.call('POST', '/join', { body: {} });
  assert.equal(answer.status, 200);
  assert.ok(answer.text.length <= 256 * 1024 + 16 * 1024, String(answer.text.length));
  assert.equal(answer.body.history[0].seq, 100);
  const seen = answer.body.history.map(({ seq }) => seq);
  let cursor = answer.body.nextCursor;
  while (cursor) {
    const page = await ticket.history({ limit: 200, cursor });
    seen.push(...page.messages.map(({ seq }) => seq));
    cursor = page.nextCursor;
  }
  assert.deepEqual(seen, Array.from({ length: 100 }, (_, i) => 100 - i));
});

test('a support room is the ticket of its id', async () => {
  const { id } = await visitor.createRoom('My order is late');
  const ticket = new Ticket(agent, id);
  const mine = ticket.as(visitor);
  await agent.send(id, 'only for us', { type: 'note' });
  assert.deepEqual((await mine.history()).messages.map(({ type, data }) => [type, data]), [['text', { content: 'My order is late' }]]);
  assert.deepEqual((await ticket.history()).messages.map(({ type }) => type), ['note', 'text']);
  assert.equal((await mine.join()).history.length, 1);
  assert.equal((await new Ticket(agent, id.toUpperCase()).join()).history.length, 2);
  assert.equal((await ticket.members()).length, 2, 'capitals name the same room');

  const { metadata } = await ticket.metadata({ priority: 'urgent', assignedAgentId: demo.agent_conversation_id, area: 'billing' });
  assertFields(metadata, { ticketId: id, contactId: visitor.session.contact_id, status: 'open', priority: 'urgent', assignedAgentId: demo.agent_conversation_id, area: 'billing' });
  const { data } = await agent.get(`/room/${id}`);
  assert.equal(data.priority, 'urgent');
  assert.deepEqual((data.assignees ?? data.assignee).map(({ conversation_id: one }) => one), [demo.agent_conversation_id]);
  await agent.patch('/room', { room_id: id, priority: 'low' });
  assert.equal((await ticket.get()).metadata.priority, 'low');
  await ticket.refused(400, 'POST', '/metadata', { body: { priority: 'extreme' } }, /priority/);
  await ticket.refused(400, 'POST', '/metadata', { body: { contactId: stranger.session.contact_id } }, /customer/);
  await ticket.as(stranger).refused(403, 'GET', '/history');
  await ticket.as(agent2).refused(403, 'GET', '/history');
  await ticket.as(outsider).refused(404, 'GET', '/history');

  await ticket.publish('We are on it');
  assert.equal((await visitor.history(id)).messages[0].content, 'We are on it');
  await ticket.refused(400, 'POST', '/messages', { body: { type: 'custom', data: 1 } }, /support room/);
  await ticket.refused(409, 'POST', '/close', { body: { deleteHistory: true } }, /history/);
  await ticket.close();
  assert.equal((await agent.get(`/room/${id}`)).data.status, 'closed');
  assert.deepEqual(await ticket.members(), []);
  assert.equal((await ticket.get()).status, 'destroyed');
  assert.deepEqual((await mine.publish('one more thing')).data, { content: 'one more thing' });
  assert.equal((await agent.get(`/room/${id}`)).data.status, 'open');
});

test('tickets survive a kill, members do not', async () => {
  const ticket = await own({ priority: 'high' });
  await ticket.publish('kept');
  await ticket.join();
  await server.kill();
  await server.start();
  assert.equal((await ticket.get()).metadata.priority, 'high');
  assert.equal((await ticket.history()).messages.length, 1);
  assert.deepEqual(await ticket.members(), []);
});

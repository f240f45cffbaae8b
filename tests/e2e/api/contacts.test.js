// Contacts as agents see them; blocking; the conversation of a visitor.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, assertError, assertFields, Client, hexId, isoTime, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { assertRefused, connect } from '../lib/sockets.js';

let server;
let demo;
let agent;
let agent2;
let admin;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  agent2 = new Agent(server, demo.agent2_jwt);
  admin = new Agent(server, demo.admin_jwt);
});
after(() => server?.close());

const missing = '0'.repeat(24);

test('a contact shows who it is', async () => {
  const visitor = await Visitor.open(server, demo, { name: 'Mira', email: 'mira@shop.test', phone: '+15550001' });
  const id = visitor.session.contact_id;
  for (const person of [agent, agent2, admin]) {
    assertFields(await person.get(`/contact/${id}`), {
      success: true,
      data: {
        _id: id, conversation_id: visitor.session.conversation_id, name: 'Mira', email: 'mira@shop.test',
        phone: '+15550001', identifier: null, blocked: false, created_at: isoTime,
      },
    });
  }
});

test('only the account’s agents see and change contacts', async () => {
  const visitor = await Visitor.open(server, demo, { name: 'Private' });
  const id = visitor.session.contact_id;
  const outsider = new Agent(server, demo.outsider_jwt);
  for (const [method, path] of [['GET', ''], ['PATCH', ''], ['GET', '/rooms']]) {
    const options = method === 'PATCH' ? { body: { name: 'x' } } : {};
    assertError(await outsider.call(method, `/contact/${id}${path}`, options), 404, { error: 'Contact not found' });
    assertError(await agent.call(method, `/contact/${missing}${path}`, options), 404);
    assertError(await agent.call(method, `/contact/nobody${path}`, options), 404);
    assertError(await new Client(server).call(method, `/contact/${id}${path}`, options), 401);
    assert.ok([401, 403].includes((await visitor.call(method, `/contact/${id}${path}`, options)).status));
  }
});

test('changing a contact shows in the rooms, and search finds it', async () => {
  const visitor = await Visitor.open(server, demo, { name: 'Before' });
  const room = await visitor.createRoom('who am I');
  const id = visitor.session.contact_id;
  const { data } = await agent.patch(`/contact/${id}`, { name: 'Wilhelmina', email: 'Wil@Shop.test', phone: '+15550002' });
  assertFields(data, { _id: id, name: 'Wilhelmina', email: 'wil@shop.test', phone: '+15550002' });
  assert.equal((await agent.get(`/room/${room.id}`)).data.contact.name, 'Wilhelmina');
  assert.deepEqual((await agent.get('/room', { search: 'wilhelm' })).rooms.map((entry) => entry._id), [room.id]);
  assert.equal((await agent.patch(`/contact/${id}`, { phone: '' })).data.phone, '');
  for (const body of [{}, { name: 5 }, { email: 'nobody' }, { name: 'x'.repeat(101) }, { blocked: 'yes' }, { phone: [] }]) {
    assertError(await agent.call('PATCH', `/contact/${id}`, { body }), 400);
  }
});

test('earlier rooms are listed to every member, also those that it may not enter', async () => {
  const visitor = await Visitor.open(server, demo);
  const taken = (await visitor.createRoom('taken')).id;
  await agent.send(taken, 'mine');
  const open = (await visitor.createRoom('open')).id;
  const list = await agent2.get(`/contact/${visitor.session.contact_id}/rooms`, { limit: 10 });
  assert.deepEqual(list.rooms.map((room) => [room._id, room.may_enter]), [[open, true], [taken, false]]);
  assert.deepEqual(list.pagination, { page: 1, limit: 10, total: 2 });
  assertFields(list.rooms[1], { subject: 'taken', status: 'open', inbox: { _id: demo.inbox_id }, last_message: { content: 'mine' }, created_at: isoTime });
  assert.equal(list.rooms[1].closed_by, undefined);
  await agent.patch('/room/status', { room_id: taken, status: 'closed' });
  const later = await agent2.get(`/contact/${visitor.session.contact_id}/rooms`, { limit: 10 });
  assert.equal(later.rooms.find((room) => room._id === taken).closed_by, demo.agent_conversation_id);
  assertError(await agent2.call('GET', '/message', { query: { room_id: taken } }), 403);
  assertError(await agent2.call('GET', `/contact/${visitor.session.contact_id}/rooms`, { query: { limit: 0 } }), 400);
});

test('a blocked contact reads but does not write, and its sockets end', async () => {
  const details = { device_id: 'blocked-device' };
  const visitor = await Visitor.open(server, demo, details);
  const room = (await visitor.createRoom('let me in')).id;
  const socket = await connect(server, visitor.auth);
  const ended = new Promise((done) => { socket.socket.once('disconnect', done); });
  const { data } = await agent.patch(`/contact/${visitor.session.contact_id}`, { blocked: true });
  assertFields(data, { blocked: true, blocked_at: isoTime });
  await ended;
  await assertRefused(server, visitor.auth);
  const bodies = [
    ['/user/message', { room_id: room, message: { type: 'text', content: 'hello?' } }],
    ['/user/room', { inbox_id: demo.inbox_id, description: 'again' }],
  ];
  for (const [path, body] of bodies) {
    assertError(await visitor.call('POST', path, { body }), 403, { error: 'Forbidden', message: /Blocked/ });
    const again = await Visitor.open(server, demo, details);
    assertError(await again.call('POST', path, { body }), 403, { message: /Blocked/ });
  }
  assert.equal((await visitor.history(room)).messages.length, 1);
  await agent.send(room, 'goodbye');
  await agent.patch(`/contact/${visitor.session.contact_id}`, { blocked: false });
  await visitor.send(room, 'thank you');
  (await connect(server, visitor.auth)).close();
});

test('a conversation shows the visitor’s sessions, never their secrets', async () => {
  const visitor = await Visitor.open(server, demo, { name: 'Two Tabs' });
  const again = await Visitor.open(server, demo, { device_id: visitor.deviceId });
  const id = visitor.session.conversation_id;
  const answer = await agent.call('GET', `/conversation/${id}`);
  assert.equal(answer.status, 200);
  assertFields(answer.body, {
    _id: id, account_id: hexId, contact_id: visitor.session.contact_id, type: 'support', status: 'active', created_at: isoTime,
  });
  assert.equal(answer.body.sessions.length, 2);
  for (const session of answer.body.sessions) {
    assertFields(session, {
      session_id: hexId, device_id: visitor.deviceId, ip: '127.0.0.1', started_at: isoTime, last_activity: isoTime,
    });
  }
  for (const { session } of [visitor, again]) assert.ok(!answer.text.includes(session.session_id));
  assertError(await agent.call('GET', `/conversation/${missing}`), 404, { error: 'Conversation not found' });
  assertError(await agent.call('GET', '/conversation/x'), 404);
  assertError(await new Agent(server, demo.outsider_jwt).call('GET', `/conversation/${id}`), 404);
  assert.ok([401, 403].includes((await visitor.call('GET', `/conversation/${id}`)).status));
});

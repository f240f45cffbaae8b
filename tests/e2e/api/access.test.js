// Who may not: outsiders, other visitors, colleagues; on every call.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, assertError, Visitor } from '../lib/api.js';
import { parlorCli, startServer } from '../lib/server.js';

let server;
let demo;
let visitor;
let room;
let message;
let agent;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  visitor = await Visitor.open(server, demo);
  room = (await visitor.createRoom('private matter')).id;
  message = await agent.send(room, 'taken');
});
after(() => server?.close());

const agentCalls = (roomId, conversationId) => [
  ['GET', `/room/${roomId}`],
  ['GET', `/message?room_id=${roomId}`],
  ['GET', `/message?room_id=${roomId}&search=private`],
  ['POST', '/message', { room_id: roomId, message: { type: 'text', content: 'x' } }],
  ['POST', '/message', { room_id: roomId, message: { type: 'note', content: 'x' } }],
  ['PATCH', '/room/assignee', { room_id: roomId, conversation_ids: [conversationId] }],
  ['PATCH', '/room', { room_id: roomId, priority: 'low' }],
  ['PATCH', '/room/status', { room_id: roomId, status: 'closed' }],
];
const notIds = ['x', '0'.repeat(24), 'f'.repeat(24), 'z'.repeat(24), `${'0'.repeat(23)}1`, '1', "'", '%00', 'a'.repeat(500)];

test('another account gets 404 for every room of this one', async () => {
  const outsider = new Agent(server, demo.outsider_jwt);
  for (const [method, path, body] of agentCalls(room, message.conversation_id)) {
    assertError(await outsider.call(method, path, { body }), 404, { error: 'Room not found', message: 'Room not found' });
  }
  assert.deepEqual((await outsider.get('/room')).rooms, []);
  assert.deepEqual((await outsider.get('/room', { search: 'private' })).rooms, []);
  assert.deepEqual((await outsider.get('/room/id', { contact_id: visitor.session.contact_id })).data, { room_id: null, exists: false });
  assert.deepEqual((await agent.history(room)).messages.length, 2, 'nothing was written');
});

test('a visitor of another account gets nothing of this one, and its inbox is no inbox', async () => {
  const { account_id: account } = JSON.parse(Buffer.from(demo.outsider_jwt.split('.')[1], 'base64url'));
  const made = JSON.parse(await parlorCli('token', 'create', '--data-dir', server.dataDir, '--account', account, '--name', 'other'));
  const foreign = await Visitor.open(server, { support_token: made.support_token, inbox_id: demo.inbox_id });
  assertError(await foreign.call('POST', '/user/room', { body: { inbox_id: demo.inbox_id, description: 'x' } }), 404);
  assertError(await foreign.call('GET', '/user/message', { query: { room_id: room } }), 404, { message: 'Room not found' });
  const body = { room_id: room, message: { content: 'x' } };
  assertError(await foreign.call('POST', '/user/message', { body }), 404, { message: 'Room not found' });
  const mixed = visitor.with({ 'X-Support-Token': made.support_token });
  assertError(await mixed.call('GET', '/user/room'), 401);
});

test('a foreign id and one that never was answer alike', async () => {
  const outsider = new Agent(server, demo.outsider_jwt);
  const foreign = await outsider.call('GET', `/room/${room}`);
  const missing = await outsider.call('GET', `/room/${'0'.repeat(24)}`);
  assert.deepEqual(foreign.body, missing.body);
});

test('a colleague who is not assigned gets 403', async () => {
  const colleague = new Agent(server, demo.agent2_jwt);
  for (const [method, path, body] of agentCalls(room, message.conversation_id)) {
    assertError(await colleague.call(method, path, { body }), 403, { error: 'Forbidden', message: 'Not assigned to room' });
  }
  const { rooms } = await colleague.get('/room', { search: 'private' });
  assert.deepEqual(rooms, [], 'search shows nothing either');
});

test('an admin may', async () => {
  const admin = new Agent(server, demo.admin_jwt);
  assert.equal((await admin.get(`/room/${room}`)).data._id, room);
  assert.equal((await admin.history(room)).messages.length, 2);
});

test('ids that are none are 404 on every call', async () => {
  for (const id of notIds) {
    for (const [method, path, body] of agentCalls(encodeURIComponent(id), message.conversation_id)) {
      const sent = body && { ...body, room_id: id };
      const answer = await agent.call(method, path, { body: sent });
      assert.equal(answer.status, 404, `${method} ${path} ${JSON.stringify(id)}: ${answer.text}`);
    }
    const answer = await visitor.call('POST', '/user/message', { body: { room_id: id, message: { content: 'x' } } });
    assert.equal(answer.status, 404, `${id}: ${answer.text}`);
  }
  for (const id of [5, null, {}, [], true, '']) {
    const answer = await agent.call('POST', '/message', { body: { room_id: id, message: { content: 'x' } } });
    assert.ok([400, 404].includes(answer.status), `${JSON.stringify(id)}: ${answer.text}`);
  }
});

test('an id of another kind is no room', async () => {
  for (const id of [demo.inbox_id, demo.account_id, message._id, visitor.session.contact_id, visitor.session.conversation_id]) {
    assertError(await agent.call('GET', `/room/${id}`), 404);
  }
});

test('both halves of an id are checked', async () => {
  const seconds = (Number.parseInt(room.slice(0, 8), 16) ^ 1).toString(16).padStart(8, '0');
  assertError(await agent.call('GET', `/room/${seconds}${room.slice(8)}`), 404);
  const upper = await agent.call('GET', `/room/${room.toUpperCase()}`);
  assert.ok([200, 404].includes(upper.status));
});

test('another visitor gets nothing of a room', async () => {
  const stranger = await Visitor.open(server, demo);
  const read = await stranger.call('GET', '/user/message', { query: { room_id: room } });
  const write = await stranger.call('POST', '/user/message', { body: { room_id: room, message: { content: 'x' } } });
  for (const answer of [read, write]) assert.ok([403, 404].includes(answer.status), answer.text);
  assert.deepEqual((await stranger.get('/user/room')).rooms, []);
  const { cursor } = await stranger.get('/sync');
  await agent.send(room, 'for its visitor only');
  assert.deepEqual((await stranger.get('/sync', { after: cursor })).events, []);
});

test('unknown paths and methods are clear answers', async () => {
  for (const path of ['/nothing', '/room/x/y/z', '/message/5', '/user']) {
    assert.ok([404, 405].includes((await agent.call('GET', path)).status), path);
  }
  for (const [method, path] of [['DELETE', '/room'], ['PUT', '/message'], ['PATCH', '/message'], ['POST', '/room/id']]) {
    assert.ok([404, 405].includes((await agent.call(method, path, { body: {} })).status), `${method} ${path}`);
  }
});

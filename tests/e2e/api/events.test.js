// Socket.IO events: what is told, and to exactly whom.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, assertFields, hexId, isoTime, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { connect, settled } from '../lib/sockets.js';

let server;
let demo;
let agent;
let sockets;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  sockets = {
    agent: await connect(server, agent.auth),
    agent2: await connect(server, { token: demo.agent2_jwt }),
    admin: await connect(server, { token: demo.admin_jwt }),
    outsider: await connect(server, { token: demo.outsider_jwt }),
    stranger: await connect(server, (await Visitor.open(server, demo)).auth),
  };
});
after(async () => {
  for (const listener of Object.values(sockets ?? {})) listener.close();
  await server?.close();
});

async function conversation() {
  const visitor = await Visitor.open(server, demo, { name: 'Maya' });
  const listener = await connect(server, visitor.auth);
  const { id } = await visitor.createRoom('question');
  return { visitor, listener, room: id };
}

// Everything that any of these was told of the room so far.
async function toldOf(room, listeners) {
  await settled(...Object.values(listeners));
  const told = {};
  for (const [name, listener] of Object.entries(listeners)) {
    told[name] = listener.events.filter(({ data }) => (data.room_id ?? data.message?.room_id) === room);
  }
  return told;
}
const names = (events) => events.map((event) => event.name);

test('a new room is told to the queue’s members and its visitor, its message to the admin too, to nobody else', async () => {
  const { listener, room } = await conversation();
  const all = { ...sockets, visitor: listener };
  for (const name of ['agent', 'agent2', 'visitor']) {
    const event = await all[name].waitFor('joinRoom', (data) => data.room_id === room);
    assertFields(event, { room_id: room, type: 'support' });
  }
  for (const name of ['agent', 'agent2', 'admin']) {
    const event = await all[name].waitFor('newMessage', ({ message }) => message.room_id === room);
    assertFields(event, {
      type: 'support',
      message: { _id: hexId, room_id: room, conversation_id: hexId, content: 'question', type: 'text', created_at: isoTime, seq: Number },
    });
  }
  const told = await toldOf(room, all);
  assert.deepEqual(told.outsider, []);
  assert.deepEqual(told.stranger, []);
  listener.close();
});

test('a customer’s message goes to the agents, as support', async () => {
  const { visitor, listener, room } = await conversation();
  const sent = await visitor.send(room, 'more');
  for (const name of ['agent', 'agent2', 'admin']) {
    const event = await sockets[name].waitFor('newMessage', ({ message }) => message._id === sent._id);
    assert.equal(event.type, 'support');
    assert.equal(event.message.content, 'more');
  }
  const told = await toldOf(room, sockets);
  assert.deepEqual([...told.outsider, ...told.stranger], []);
  listener.close();
});

test('an agent’s message goes to the visitor as team, and from then on only to those who may see the room', async () => {
  const { visitor, listener, room } = await conversation();
  const sent = await agent.send(room, 'answer');
  const event = await listener.waitFor('newMessage', ({ message }) => message._id === sent._id);
  assert.equal(event.type, 'team');
  assertFields(event.message, { _id: sent._id, room_id: room, content: 'answer', type: 'text', created_at: isoTime });
  const lost = await sockets.agent2.waitFor('updateRoom', (data) => data.room_id === room && data.type === 'assignee');
  assert.deepEqual(Object.keys(lost.data), ['assignees'], 'those who lost access are told the assignees alone');
  const before2 = (await toldOf(room, sockets)).agent2.length;
  const later = await visitor.send(room, 'after it was taken');
  await sockets.agent.waitFor('newMessage', ({ message }) => message._id === later._id);
  await sockets.admin.waitFor('newMessage', ({ message }) => message._id === later._id);
  await agent.send(room, 'a note', { type: 'note' });
  await agent.patch('/room', { room_id: room, priority: 'high' });
  await sockets.agent.waitFor('updateRoom', (data) => data.room_id === room && data.data.priority === 'high');
  const told = await toldOf(room, sockets);
  assert.equal(told.agent2.length, before2, JSON.stringify(told.agent2));
  assert.deepEqual([...told.outsider, ...told.stranger], []);
  listener.close();
});

test('assigning tells the new assignee to join and the others the assignees', async () => {
  const { listener, room } = await conversation();
  const { conversation_id: me } = await agent.send(room, 'mine');
  const other = demo.agent2_conversation_id;
  await sockets.agent2.waitFor('updateRoom', (data) => data.room_id === room);
  const joinsBefore = sockets.agent2.all('joinRoom', (data) => data.room_id === room).length;
  await agent.assign(room, [me, other]);
  await sockets.agent2.waitFor('joinRoom', (data) => data.room_id === room, joinsBefore + 1);
  const update = await sockets.agent.waitFor('updateRoom', ({ room_id, type, data }) =>
    room_id === room && type === 'assignee' && data.assignees.length === 2);
  assert.deepEqual(update.data.assignees.map((entry) => entry.conversation_id ?? entry), [me, other]);
  const told = await toldOf(room, { ...sockets, visitor: listener });
  assert.ok(!names(told.visitor).includes('updateRoom'), 'the visitor hears nothing of assignees');
  listener.close();
});

test('the visitor is told of a status only, and only when it changed', async () => {
  const { listener, room } = await conversation();
  await agent.patch('/room', { room_id: room, priority: 'urgent' });
  await agent.patch('/room', { room_id: room, tags: ['vip'], notes: 'careful' });
  await agent.patch('/room/status', { room_id: room, status: 'closed' });
  const event = await listener.waitFor('updateRoom', (data) => data.room_id === room);
  assert.deepEqual(event.data, { status: 'closed' });
  assert.equal(event.type, 'status');
  const told = await toldOf(room, { visitor: listener });
  assert.equal(names(told.visitor).filter((name) => name === 'updateRoom').length, 1);
  const forAgent = sockets.agent.all('updateRoom', (data) => data.room_id === room).map((data) => data.type);
  assert.deepEqual([...new Set(forAgent)].sort(), ['notes', 'status', 'tags']);
  listener.close();
});

test('a customer’s message in a closed room tells that it is open again', async () => {
  const { visitor, listener, room } = await conversation();
  await agent.patch('/room/status', { room_id: room, status: 'closed' });
  await visitor.send(room, 'wait');
  await sockets.agent.waitFor('updateRoom', ({ room_id, data }) => room_id === room && data.status === 'open');
  await listener.waitFor('updateRoom', ({ room_id, data }) => room_id === room && data.status === 'open');
  listener.close();
});

test('typing reaches the other side and ends by itself', async () => {
  const { visitor, listener, room } = await conversation();
  await sockets.agent.waitFor('joinRoom', (data) => data.room_id === room);
  const answer = await listener.emit('typing', { room_id: room, is_typing: true });
  assert.equal(answer.success, true);
  for (const name of ['agent', 'agent2']) {
    const event = await sockets[name].waitFor('typing', (data) => data.room_id === room);
    assert.deepEqual(event, {
      room_id: room, is_typing: true,
      from: { conversation_id: visitor.session.conversation_id, kind: 'customer', name: 'Maya' },
    });
  }
  const startedAt = Date.now();
  await sockets.agent.waitFor('typing', (data) => data.room_id === room && !data.is_typing);
  const lasted = Date.now() - startedAt;
  assert.ok(lasted > 4500 && lasted < 8000, `ended after ${lasted} ms`);
  await sockets.agent.emit('typing', { room_id: room, is_typing: true });
  const fromAgent = await listener.waitFor('typing', (data) => data.room_id === room);
  assertFields(fromAgent, { is_typing: true, from: { kind: 'agent', name: String, conversation_id: hexId } });
  await sockets.agent2.waitFor('typing', (data) => data.room_id === room && data.from.kind === 'agent');
  const told = await toldOf(room, sockets);
  assert.deepEqual([...told.outsider, ...told.stranger], []);
  assert.ok(!told.agent.some((event) => event.name === 'typing' && event.data.from.kind === 'agent'), 'not to oneself');
  listener.close();
});

test('nobody types or reads in a room that is not theirs', async () => {
  const { listener, room } = await conversation();
  await agent.send(room, 'taken');
  const before = (await toldOf(room, { visitor: listener })).visitor.length;
  for (const name of ['outsider', 'stranger', 'agent2']) {
    for (const event of ['typing', 'read']) {
      const answer = await sockets[name].emit(event, { room_id: room, is_typing: true });
      assert.equal(answer.success, false, `${name} ${event}`);
    }
  }
  for (const data of [{}, { room_id: 5 }, { room_id: 'x' }, 'text', null, [], { room_id: room, is_typing: 'yes' }]) {
    assert.equal((await sockets.agent.emit('typing', data)).success, false, JSON.stringify(data));
  }
  const told = (await toldOf(room, { visitor: listener })).visitor.slice(before);
  assert.deepEqual(told.filter((event) => event.name === 'typing'), []);
  listener.close();
});

test('reading is told to the other side', async () => {
  const { visitor, listener, room } = await conversation();
  const answer = await agent.send(room, 'answer');
  await visitor.history(room);
  const byVisitor = await sockets.agent.waitFor('messageRead', (data) => data.room_id === room);
  assertFields(byVisitor, {
    room_id: room, last_read_id: answer._id,
    reader: { conversation_id: visitor.session.conversation_id, kind: 'customer', name: 'Maya' },
  });
  const more = await visitor.send(room, 'thanks');
  await sockets.agent.emit('read', { room_id: room, message_id: more._id });
  const byAgent = await listener.waitFor('messageRead', (data) => data.last_read_id === more._id);
  assertFields(byAgent, { room_id: room, reader: { conversation_id: answer.conversation_id, kind: 'agent', name: String } });
  const told = await toldOf(room, sockets);
  assert.deepEqual([...told.outsider, ...told.stranger], []);
  listener.close();
});

test('events of a room arrive in the order of seq', async () => {
  const { visitor, listener, room } = await conversation();
  await Promise.all([
    ...Array.from({ length: 40 }, (_, index) => visitor.send(room, `v${index}`)),
    ...Array.from({ length: 10 }, (_, index) => agent.send(room, `a${index}`)),
  ]);
  await sockets.admin.waitFor('newMessage', ({ message }) => message.room_id === room, 51);
  const seqs = sockets.admin.all('newMessage', ({ message }) => message.room_id === room).map(({ message }) => message.seq);
  assert.deepEqual(seqs, [...seqs].sort((a, b) => a - b));
  assert.equal(new Set(seqs).size, 51);
  listener.close();
});

test('a visitor’s events reach all of its devices', async () => {
  const { visitor, listener, room } = await conversation();
  const second = await connect(server, visitor.auth);
  const sent = await agent.send(room, 'to both');
  for (const device of [listener, second]) await device.waitFor('newMessage', ({ message }) => message._id === sent._id);
  listener.close();
  second.close();
});

test('unknown events and hostile ones end nothing', async () => {
  const { listener, room } = await conversation();
  for (const name of ['newMessage', 'updateRoom', 'joinRoom', 'join', 'account', 'constructor', '__proto__']) {
    listener.socket.emit(name, { room_id: room, message: { content: 'forged' } });
  }
  const sent = await agent.send(room, 'still here');
  await listener.waitFor('newMessage', ({ message }) => message._id === sent._id);
  const told = await toldOf(room, sockets);
  assert.ok(!JSON.stringify(told).includes('forged'));
  listener.close();
});

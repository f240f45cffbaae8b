// Ticket rooms over Socket.IO: who is here, who leaves and when, and that nothing is missed.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join as path } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { Agent, assertFields, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';
import { SupportClient } from '../lib/student.js';
import { newTicket, Ticket } from '../lib/tickets.js';

let server;
let demo;
let agent;
let agent2;
let visitor;
let student;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  agent2 = new Agent(server, demo.agent2_jwt);
  visitor = await Visitor.open(server, demo, { name: 'Maya' });
  student = new SupportClient(server, demo.student_jwt);
});
after(async () => {
  await server?.close();
});

// A ticket of the visitor's and the student's, and agent2 who watches it from its own socket.
async function scene() {
  const ticket = new Ticket(agent, newTicket());
  await ticket.metadata({ contactId: visitor.session.contact_id, studentId: '5' });
  const watcher = await connect(server, agent2.auth);
  const joined = await watcher.emit('room:join', { room: ticket.room, role: 'lead' });
  assert.equal(joined.error, undefined);
  return { ticket, watcher, joined };
}
const isOf = (userId) => ({ member }) => member.actor.userId === userId;
const presences = (listener) => listener.events.filter(({ name }) => name.startsWith('presence:')).map(({ name, data }) => `${name} ${data.member.actor.userId}`);

test('each event answers as its call does, and the others are told', async () => {
  const { ticket, watcher } = await scene();
  const socket = await connect(server, visitor.auth);
  const joined = await socket.emit('room:join', { room: ticket.room, role: 'customer' });
  assertFields(joined, { room: ticket.room, member: { actor: { kind: 'contact', userId: visitor.session.contact_id }, metadata: { role: 'customer' } }, resumeToken: String });
  assert.equal(joined.members.length, 2);
  const mine = isOf(visitor.session.contact_id);
  assert.deepEqual(await watcher.waitFor('presence:join', mine), { room: ticket.room, member: joined.member });

  const present = await socket.emit('room:presence', { room: ticket.room, typing: true });
  assert.deepEqual(present.member.presence, { status: 'online', typing: true });
  assert.deepEqual(await watcher.waitFor('presence:update', mine), present);
  await socket.emit('room:presence', { room: ticket.room, presence: { status: 'away', since: 5 } });
  await watcher.waitFor('presence:update', ({ member }) => member.presence.since === 5);

  assert.equal((await socket.emit('room:publish', { room: ticket.room, type: 'note', data: 'not mine' })).error.code, 'forbidden');
  const { message: note } = await watcher.emit('room:publish', { room: ticket.room, type: 'note', data: 'only for us' });
  assert.deepEqual(await watcher.waitFor('room:message', ({ message: { type } }) => type === 'note'), { room: ticket.room, message: note });
  const { message } = await socket.emit('room:publish', { room: ticket.room, type: 'text', data: 'hello' });
  assert.deepEqual(await watcher.waitFor('room:message', ({ message: { type } }) => type === 'text'), { room: ticket.room, message });
  assert.deepEqual(await socket.waitFor('room:message'), { room: ticket.room, message });
  const set = await watcher.emit('room:metadata', { room: ticket.room, priority: 'high' });
  assert.deepEqual(await socket.waitFor('room:metadata'), set);
  assert.equal(set.metadata.priority, 'high');

  assert.deepEqual(await socket.emit('room:leave', { room: ticket.room }), { room: ticket.room, left: true });
  await watcher.waitFor('presence:leave', mine);
  await watcher.emit('room:publish', { room: ticket.room, type: 'text', data: 'unheard' });
  const refused = await socket.emit('room:presence', { room: ticket.room, typing: false });
  assert.equal(refused.error.code, 'conflict');
  assert.equal(socket.all('room:message').length, 1, 'who has left hears nothing');

  await socket.emit('room:join', { room: ticket.room });
  const closed = await ticket.close();
  for (const listener of [socket, watcher]) {
    assert.deepEqual(await listener.waitFor('room:closed'), { room: ticket.room, closedAt: closed.closedAt });
  }
  assert.equal((await socket.emit('room:presence', { room: ticket.room })).error.code, 'gone');
  assert.equal((await socket.emit('room:join', { room: ticket.room })).error.code, 'gone');
  socket.close();
  watcher.close();
});

test('what is wrong is said in the acknowledgement, to every kind of caller', async () => {
  const { ticket, watcher } = await scene();
  const sockets = { visitor: await connect(server, visitor.auth), student: await connect(server, student.auth) };
  const stranger = await connect(server, (await Visitor.open(server, demo)).auth);
  const code = async (socket, event, argument) => (await socket.emit(event, argument)).error?.code;
  for (const event of ['room:join', 'room:leave', 'room:presence', 'room:publish', 'room:metadata']) {
    for (const argument of [null, 'x', [], {}, { room: 5 }, { room: 'x' }, { room: 'ticket_' }, { room: 'ticket_a b' }, { room: `ticket_${'x'.repeat(129)}` }]) {
      assert.equal(await code(watcher, event, argument), 'invalid', `${event} ${JSON.stringify(argument)}`);
    }
    const good = { room: ticket.room, type: 'text', data: 1 };
    assert.equal(await code(stranger, event, good), 'forbidden', event);
    assert.equal(await code(watcher, event, { ...good, data: Buffer.from('bytes') }), 'invalid', `${event} with bytes`);
  }
  for (const socket of Object.values(sockets)) {
    assert.equal(await code(socket, 'room:presence', { room: ticket.room }), 'conflict');
    assert.equal(await code(socket, 'room:join', { room: ticket.room }), undefined);
    assert.equal(await code(socket, 'room:metadata', { room: ticket.room, priority: 'x' }), 'forbidden');
    assert.equal(await code(socket, 'room:join', { room: ticket.room, reopen: true }), 'forbidden');
    assert.equal(await code(socket, 'room:publish', { room: ticket.room, type: 'text', data: 'x'.repeat(65_536) }), 'too_large');
    assert.equal(await code(socket, 'room:presence', { room: ticket.room, presence: { x: 'x'.repeat(1017) } }), 'too_large');
    assert.equal(await code(socket, 'room:presence', { room: ticket.room, presence: { x: 'x'.repeat(1016) } }), undefined);
    assert.equal(await code(socket, 'room:presence', { room: ticket.room, typing: 'yes' }), 'invalid');
  }
  for (const socket of [...Object.values(sockets), stranger, watcher]) socket.close();
});

test('three tabs of one person are one member; the last one closed leaves after the grace', async () => {
  const { ticket, watcher } = await scene();
  const tabs = [];
  for (let i = 0; i < 3; ++i) {
    tabs.push(await connect(server, visitor.auth));
    await tabs[i].emit('room:join', { room: ticket.room });
  }
  assert.equal((await ticket.members()).length, 2);
  assert.equal((await ticket.get()).activeConnections, 4);
  tabs[0].close();
  tabs[1].socket.io.engine.close();
  await tabs[2].emit('room:presence', { room: ticket.room, typing: true });
  const lastAt = Date.now();
  tabs[2].close();
  await watcher.waitFor('presence:leave', isOf(visitor.session.contact_id));
  const tookMs = Date.now() - lastAt;
  assert.ok(tookMs >= 4_900 && tookMs < 6_500, `left after ${tookMs} ms`);
  const me = visitor.session.contact_id;
  assert.deepEqual(presences(watcher), [`presence:join ${me}`, `presence:update ${me}`, `presence:leave ${me}`]);
  watcher.close();
});

test('a reload does not flicker, and keeps the presence', async () => {
  const { ticket, watcher } = await scene();
  const tab = await connect(server, visitor.auth);
  const { resumeToken, member } = await tab.emit('room:join', { room: ticket.room, role: 'customer' });
  await tab.emit('room:presence', { room: ticket.room, typing: true });
  tab.close();
  const again = await connect(server, visitor.auth);
  const resumed = await again.emit('room:join', { room: ticket.room, resumeToken });
  assert.equal(resumed.member.joinedAt, member.joinedAt);
  assert.deepEqual(resumed.member.presence, { status: 'online', typing: true });
  assert.deepEqual(resumed.member.metadata, { role: 'customer' });
  // Longer than the grace: nothing else may have been told by then.
  const until = Date.now() + 6_000;
  while (Date.now() < until) await again.emit('room:presence', { room: ticket.room, typing: true });
  const me = visitor.session.contact_id;
  assert.deepEqual(presences(watcher), [`presence:join ${me}`, `presence:update ${me}`]);
  again.close();
  watcher.close();
});

test('a process that is killed leaves without a goodbye', async () => {
  const { ticket, watcher } = await scene();
  const child = fork(path(fileURLToPath(import.meta.url), '../../lib/ticket_child.js'), [server.url, JSON.stringify(student.auth), ticket.room]);
  await new Promise((joined) => child.once('message', joined));
  await watcher.waitFor('presence:join', isOf('5'));
  child.kill('SIGKILL');
  await watcher.waitFor('presence:leave', isOf('5'));
  assert.equal((await ticket.members()).length, 1);
  watcher.close();
});

test('a member is there for 45 seconds from each sign of life, by the clock on the wall', { timeout: 90_000 }, async () => {
  const { ticket, watcher } = await scene();
  const { member } = await ticket.as(student).join();
  const expiresAt = Date.parse(member.expiresAt);
  const heartbeat = setInterval(() => watcher.socket.emit('room:presence', { room: ticket.room, typing: false }), 10_000);
  // 44 s: still there, asked without any traffic of theirs.
  await new Promise((passed) => setTimeout(passed, expiresAt - 1_000 - Date.now()));
  assert.equal((await ticket.members()).length, 2);
  assert.deepEqual(watcher.all('presence:leave'), []);
  await watcher.waitFor('presence:leave', isOf('5'));
  const lateMs = Date.now() - expiresAt;
  assert.ok(lateMs >= -50 && lateMs < 1_000, `left ${lateMs} ms after its end`);
  assert.equal((await ticket.members()).length, 1);
  clearInterval(heartbeat);
  watcher.close();
});

test('joining misses nothing and doubles nothing while others publish', async () => {
  const { ticket, watcher } = await scene();
  let stop = false;
  const publishing = (async () => {
    for (let i = 1; !stop; ++i) await ticket.publish(i);
  })();
  for (let round = 0; round < 15; ++round) {
    const socket = await connect(server, visitor.auth);
    const joined = await socket.emit('room:join', { room: ticket.room });
    const newest = joined.history[0]?.seq ?? 0;
    await socket.waitFor('room:message', ({ message }) => message.seq >= newest + 5);
    const told = socket.all('room:message').map(({ message }) => message.seq);
    assert.deepEqual(told, Array.from(told, (_, i) => newest + 1 + i), `joined at ${newest}`);
    socket.close();
  }
  stop = true;
  await publishing;
  watcher.close();
});

test('in a support room, what other APIs do is told, and notes stay with the team', async () => {
  const { id } = await visitor.createRoom('hello');
  const room = `ticket_${id}`;
  const customer = await connect(server, visitor.auth);
  const colleague = await connect(server, agent.auth);
  await customer.emit('room:join', { room });
  await colleague.emit('room:join', { room });
  await agent.send(id, 'only for us', { type: 'note' });
  await visitor.send(id, 'from the widget');
  await agent.send(id, 'from the console');
  const contents = (listener) => listener.all('room:message').map(({ message }) => message.data.content);
  for (const listener of [customer, colleague]) {
    await listener.waitFor('room:message', ({ message }) => message.data.content === 'from the console');
  }
  assert.deepEqual(contents(customer), ['from the widget', 'from the console']);
  assert.deepEqual(contents(colleague), ['only for us', 'from the widget', 'from the console']);
  await agent.patch('/room', { room_id: id, priority: 'urgent' });
  assertFields(await colleague.waitFor('room:metadata', ({ metadata }) => metadata.priority === 'urgent'), { room, metadata: { ticketId: id, status: 'open' } });

  // Assigned to somebody else, the room is no longer the first agent's: their socket hears no more of it.
  await agent.assign(id, [demo.agent2_conversation_id]);
  await customer.waitFor('presence:leave', isOf(demo.agent_conversation_id));
  await visitor.send(id, 'who hears this?');
  await customer.waitFor('room:message', ({ message }) => message.data.content === 'who hears this?');
  await colleague.emit('room:presence', { room });
  assert.ok(!contents(colleague).includes('who hears this?'));

  await agent2.patch('/room/status', { room_id: id, status: 'closed' });
  await customer.waitFor('room:closed');
  customer.close();
  colleague.close();
});

test('what a call makes of a support room’s metadata is told once, complete, and to customers without the team’s fields', async () => {
  const { id } = await visitor.createRoom('hello');
  const ticket = new Ticket(agent, id);
  await ticket.metadata({ area: 'billing' });
  const customer = await connect(server, visitor.auth);
  const colleague = await connect(server, agent.auth);
  const joined = await customer.emit('room:join', { room: ticket.room });
  const shown = { area: 'billing', ticketId: id, contactId: visitor.session.contact_id, status: 'open' };
  assert.deepEqual(joined.metadata, shown);
  assert.deepEqual((await ticket.as(visitor).get()).metadata, shown);
  await colleague.emit('room:join', { room: ticket.room });

  const set = await ticket.metadata({ priority: 'urgent', status: 'pending', assignedAgentId: demo.agent_conversation_id, floor: 3 });
  assertFields(set.metadata, { area: 'billing', floor: 3, priority: 'urgent', status: 'pending', assignedAgentId: demo.agent_conversation_id });
  const again = await ticket.metadata({ priority: 'low' });
  await agent.patch('/room', { room_id: id, priority: 'high', status: 'open' });
  const last = await colleague.waitFor('room:metadata', ({ metadata }) => metadata.priority === 'high');
  assertFields(last, { metadata: { area: 'billing', floor: 3, status: 'open' }, version: Number });
  assert.deepEqual(last.metadata, (await ticket.get()).metadata);
  assert.deepEqual(colleague.all('room:metadata'), [set, again, last]);
  await customer.waitFor('room:metadata', ({ metadata }) => metadata.status === 'open');
  assert.deepEqual(customer.all('room:metadata').map(({ metadata }) => metadata), [{ ...shown, status: 'pending', floor: 3 }, { ...shown, floor: 3 }]);
  for (const listener of [customer, colleague]) listener.close();
});

test('who types in a support room is heard in every API', async () => {
  const { id } = await visitor.createRoom('hello');
  const room = `ticket_${id}`;
  const [customer, widget, lead, console] = [await connect(server, visitor.auth), await connect(server, visitor.auth), await connect(server, agent.auth), await connect(server, agent2.auth)];
  await customer.emit('room:join', { room });
  await lead.emit('room:join', { room });
  const isHis = ({ from }) => from.conversation_id === demo.agent_conversation_id;

  await lead.emit('room:presence', { room, typing: true });
  for (const listener of [widget, console]) {
    assertFields(await listener.waitFor('typing', isHis), { room_id: id, from: { kind: 'agent', name: String }, is_typing: true });
  }
  await lead.emit('room:presence', { room, typing: false });
  await widget.waitFor('typing', (data) => isHis(data) && !data.is_typing);
  await customer.emit('room:presence', { room, typing: true });
  assertFields(await console.waitFor('typing', ({ from }) => from.kind === 'customer'), { room_id: id, is_typing: true });
  assert.deepEqual(lead.all('typing').filter(isHis), [], 'not one\'s own');

  // The other way round: agent2 has not joined, and is there while they type.
  const isHers = isOf(demo.agent2_conversation_id);
  await console.emit('typing', { room_id: id, is_typing: true });
  assertFields(await customer.waitFor('presence:join', isHers), { room, member: { actor: { kind: 'agent' }, metadata: {}, presence: { status: 'online', typing: true } } });
  assert.equal((await new Ticket(agent, id).members()).length, 3);
  await console.emit('typing', { room_id: id, is_typing: false });
  await lead.waitFor('presence:leave', isHers);
  await customer.emit('room:presence', { room, typing: false });
  await widget.emit('typing', { room_id: id, is_typing: true });
  await lead.waitFor('presence:update', (data) => isOf(visitor.session.contact_id)(data) && data.member.presence.typing, 2);
  // Nobody says that it ends: it ends by itself.
  await console.emit('typing', { room_id: id, is_typing: true });
  await lead.waitFor('presence:leave', isHers, 2);
  await lead.waitFor('presence:update', (data) => isOf(visitor.session.contact_id)(data) && !data.member.presence.typing, 2);
  for (const listener of [customer, widget, lead, console]) listener.close();
});

test('who has a student’s chat open, and who types there, is told with names, and ends', async () => {
  await student.say('I need a person');
  const admin = new Agent(server, demo.admin_jwt);
  const { rooms } = await admin.get('/room', { search: 'I need a person' });
  const id = rooms[0]._id ?? rooms[0].room_id;
  const sockets = [await connect(server, agent.auth), await connect(server, admin.auth)];
  await sockets[0].emit('viewing', { room_id: id, open: true });
  const seen = await sockets[1].waitFor('viewing', (data) => data.room_id === id && data.agents.length === 1);
  assert.equal(typeof seen.agents[0].name, 'string');
  await sockets[0].emit('typing', { room_id: id, is_typing: true });
  assert.equal((await sockets[1].waitFor('typing', (data) => data.room_id === id && data.is_typing)).from.name, seen.agents[0].name);
  await sockets[1].waitFor('typing', (data) => data.room_id === id && !data.is_typing);
  sockets[0].close();
  await sockets[1].waitFor('viewing', (data) => data.room_id === id && data.agents.length === 0);
  sockets[1].close();
});

test('heartbeats write nothing', async () => {
  const { ticket, watcher } = await scene();
  await ticket.get();
  const size = async () => {
    const files = await Promise.all(['parlor.db', 'parlor.db-wal'].map((name) => stat(path(server.dataDir, name)).catch(() => null)));
    return files.map((file) => file && [file.size, file.mtimeMs]);
  };
  const beat = async (times) => {
    for (let i = 0; i < times; ++i) watcher.socket.emit('room:presence', { room: ticket.room, typing: false });
    assert.equal((await watcher.emit('room:presence', { room: ticket.room, typing: false })).error, undefined);
  };
  // What the coming of the agent's socket writes is written before long.
  let before;
  do {
    before = await size();
    await beat(500);
  } while (JSON.stringify(await size()) !== JSON.stringify(before));
  await beat(2_000);
  assert.deepEqual(await size(), before);
  watcher.close();
});

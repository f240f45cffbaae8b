// Every event, and exactly who hears of it. One row of the table is one thing that happens in a room; whoever is not named
// in it hears nothing: a colleague who is not assigned, an agent of no inbox, other visitors, another account's agents and
// admins. People named twice are on two devices.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Audience } from '../lib/audience.js';
import { messagesOf } from '../lib/events_document.js';
import { startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';

let server;
let audience;
before(async () => {
  const started = await startServer();
  server = started.server;
  audience = await Audience.gather(server, started.demo);
});
after(async () => {
  audience?.close();
  await server?.close();
});

// To the same events for each of those people.
const to = (people, ...events) => Object.fromEntries(people.map((name) => [name, events]));
const customer = ['customer', 'tablet'];
const assignee = ['assignee', 'assignee2'];
const queue = [...assignee, 'colleague'];  // the members of the inbox
const secret = 'zyzzyva';

// {what happens, the room before it: queued, assigned or shared, how, who is told}
const table = [
  ['a customer starts a conversation', 'queued',
    async ({ visitor, inboxId }) => (await visitor.post('/user/room', { inbox_id: inboxId, description: 'another' })).result.id,
    { ...to(queue, 'joinRoom', 'newMessage support'), ...to(['admin'], 'newMessage support'), ...to(customer, 'joinRoom') }],
  ['a customer starts one in an inbox that routes', 'queued',
    async ({ visitor }) => (await visitor.post('/user/room', { inbox_id: audience.routedInbox, description: 'for anybody' })).result.id,
    { ...to(assignee, 'joinRoom', 'newMessage support'), ...to(['admin'], 'newMessage support'), ...to(customer, 'joinRoom') }],
  ['an agent starts one', 'queued',
    async ({ assignee: agent, visitor, inboxId }) =>
      (await agent.post('/room/internal', { inbox_id: inboxId, contact_id: visitor.session.contact_id })).result.id,
    { ...to(assignee, 'joinRoom'), ...to(customer, 'joinRoom') }],
  ['an agent starts one with a note', 'queued',
    async ({ assignee: agent, visitor, inboxId }) => (await agent.post('/message', {
      new_room: true, inbox_id: inboxId, contact_id: visitor.session.contact_id, message: { type: 'note', content: secret },
    })).messages.message.room_id,
    { ...to(assignee, 'joinRoom'), ...to(['admin'], 'newMessage note'), ...to(customer, 'joinRoom') }],
  ['a customer writes while nobody is assigned', 'queued',
    ({ visitor, room }) => visitor.send(room, 'more'),
    to([...queue, 'admin'], 'newMessage support')],
  ['a customer writes', 'assigned',
    ({ visitor, room }) => visitor.send(room, 'more'),
    to([...assignee, 'admin'], 'newMessage support')],
  ['a customer writes where members see each other’s rooms', 'shared',
    ({ visitor, room }) => visitor.send(room, 'more'),
    to([...queue, 'admin'], 'newMessage support')],
  ['an agent answers', 'assigned',
    ({ assignee: agent, room }) => agent.send(room, 'answer'),
    to([...customer, 'admin'], 'newMessage team')],
  ['an admin answers', 'assigned',
    ({ admin, room }) => admin.send(room, 'answer'),
    to([...customer, ...assignee], 'newMessage team')],
  ['an agent answers where members see each other’s rooms', 'shared',
    ({ assignee: agent, room }) => agent.send(room, 'answer'),
    to([...customer, 'colleague', 'admin'], 'newMessage team')],
  ['an agent answers what was nobody’s', 'queued',
    ({ assignee: agent, room }) => agent.send(room, 'mine'),
    {
      ...to(assignee, 'joinRoom', 'updateRoom assignee'), colleague: ['updateRoom access-lost'],
      admin: ['updateRoom assignee', 'newMessage team'], ...to(customer, 'joinRoom', 'newMessage team'),
    }],
  ['an agent leaves a note', 'assigned',
    ({ assignee: agent, room }) => agent.send(room, secret, { type: 'note' }),
    to(['admin'], 'newMessage note')],
  ['an agent leaves a note while nobody is assigned', 'queued',
    ({ assignee: agent, room }) => agent.send(room, secret, { type: 'note' }),
    to(['colleague', 'admin'], 'newMessage note')],
  ['an agent leaves a note in a closed conversation', 'assigned',
    async ({ assignee: agent, room }) => {
      await agent.patch('/room/status', { room_id: room, status: 'closed' });
      await agent.send(room, secret, { type: 'note' });
    },
    { ...to([...assignee, ...customer], 'updateRoom status'), admin: ['updateRoom status', 'newMessage note'] }],
  ['a room is given to a colleague', 'assigned',
    ({ assignee: agent, colleague, room }) => agent.assign(room, [colleague.conversationId]),
    {
      ...to(assignee, 'updateRoom access-lost'), colleague: ['joinRoom', 'updateRoom assignee'], admin: ['updateRoom assignee'],
      ...to(customer, 'joinRoom'),
    }],
  ['a colleague joins the assignee', 'assigned',
    ({ assignee: agent, colleague, room }) => agent.assign(room, [agent.conversationId, colleague.conversationId]),
    { ...to([...assignee, 'admin'], 'updateRoom assignee'), colleague: ['joinRoom', 'updateRoom assignee'], ...to(customer, 'joinRoom') }],
  ['a room goes to an agent of no inbox', 'assigned',
    ({ admin, bystander, room }) => admin.assign(room, [bystander.conversationId]),
    {
      ...to(assignee, 'updateRoom access-lost'), bystander: ['joinRoom', 'updateRoom assignee'], admin: ['updateRoom assignee'],
      ...to(customer, 'joinRoom'),
    }],
  ['a room goes back to the queue', 'assigned',
    ({ assignee: agent, room }) => agent.assign(room, []),
    { ...to(queue, 'joinRoom', 'updateRoom assignee'), admin: ['updateRoom assignee'], ...to(customer, 'joinRoom') }],
  ['a room is closed', 'assigned',
    ({ assignee: agent, room }) => agent.patch('/room/status', { room_id: room, status: 'closed' }),
    to([...assignee, 'admin', ...customer], 'updateRoom status')],
  ['a room nobody is assigned to is closed', 'queued',
    ({ admin, room }) => admin.patch('/room', { room_id: room, status: 'closed' }),
    to([...queue, 'admin', ...customer], 'updateRoom status')],
  ['rooms are closed at once', 'assigned',
    ({ admin, room }) => admin.post('/room/bulk', { room_ids: [room], status: 'closed', tags: ['done'] }),
    { ...to([...assignee, 'admin'], 'updateRoom status', 'updateRoom tags'), ...to(customer, 'updateRoom status') }],
  ['a customer writes in a closed conversation', 'assigned',
    async ({ assignee: agent, visitor, room }) => {
      await agent.patch('/room/status', { room_id: room, status: 'closed' });
      await visitor.send(room, 'one more thing');
    },
    {
      ...to([...assignee, 'admin'], 'updateRoom status', 'updateRoom status', 'newMessage support'),
      ...to(customer, 'updateRoom status', 'updateRoom status'),
    }],
  ['a priority changes', 'assigned',
    ({ assignee: agent, room }) => agent.patch('/room', { room_id: room, priority: 'urgent' }),
    to([...assignee, 'admin'], 'updateRoom status')],
  ['tags change', 'assigned',
    ({ assignee: agent, room }) => agent.patch('/room', { room_id: room, tags: ['vip'] }),
    to([...assignee, 'admin'], 'updateRoom tags')],
  ['the room’s notes change', 'assigned',
    ({ assignee: agent, room }) => agent.patch('/room', { room_id: room, notes: secret }),
    to([...assignee, 'admin'], 'updateRoom notes')],
  ['a customer types', 'assigned',
    ({ listeners, room }) => listeners.customer.emit('typing', { room_id: room, is_typing: true }),
    to([...assignee, 'admin'], 'typing customer')],
  ['a customer types while nobody is assigned, and stops', 'queued',
    async ({ listeners, room }) => {
      await listeners.customer.emit('typing', { room_id: room, is_typing: true });
      await listeners.customer.emit('typing', { room_id: room, is_typing: false });
    },
    to([...queue, 'admin'], 'typing customer', 'typing customer')],
  ['an agent types', 'assigned',
    ({ listeners, room }) => listeners.assignee.emit('typing', { room_id: room, is_typing: true }),
    to([...customer, 'admin'], 'typing agent')],
  ['a customer reads', 'assigned',
    ({ visitor, room }) => visitor.history(room),
    to([...assignee, 'admin'], 'messageRead customer')],
  ['a customer reads up to what was said before a note', 'assigned',
    async ({ assignee: agent, visitor, room }) => {
      await agent.send(room, secret, { type: 'note' });
      await visitor.history(room);
    },
    { ...to(assignee, 'messageRead customer'), admin: ['newMessage note', 'messageRead customer'] }],
  ['an agent opens a room', 'assigned',
    ({ listeners, room }) => listeners.assignee.emit('viewing', { room_id: room, open: true }),
    to([...assignee, 'admin'], 'viewing')],
  ['an agent opens a room nobody is assigned to, and closes it', 'queued',
    async ({ listeners, room }) => {
      await listeners.colleague.emit('viewing', { room_id: room, open: true });
      await listeners.colleague.emit('viewing', { room_id: room, open: false });
    },
    to([...queue, 'admin'], 'viewing', 'viewing')],
  ['an agent opens a room on a second device', 'assigned',
    async ({ listeners, room }) => {
      await listeners.assignee.emit('viewing', { room_id: room, open: true });
      await listeners.assignee2.emit('viewing', { room_id: room, open: true });
    },
    { ...to(assignee, 'viewing', 'viewing'), admin: ['viewing'] }],
  ['an agent marks a favourite', 'assigned',
    ({ assignee: agent, room }) => agent.post(`/room/${room}/favorite`),
    to(assignee, 'updateRoom favorite')],
  ['a colleague of the inbox marks one', 'shared',
    ({ colleague, room }) => colleague.post(`/room/${room}/favorite`),
    { colleague: ['updateRoom favorite'] }],
  ['an agent snoozes', 'assigned',
    ({ assignee: agent, room }) => agent.post(`/room/${room}/snooze`, { time: Date.now() + 3_600_000 }),
    to(assignee, 'updateRoom snooze')],
  ['an admin answers in a room that its assignee snoozes', 'assigned',
    async ({ assignee: agent, admin, room }) => {
      await agent.post(`/room/${room}/snooze`, { time: Date.now() + 3_600_000 });
      await admin.send(room, 'no need to wake up');
      await admin.send(room, secret, { type: 'note' });
    },
    { ...to(assignee, 'updateRoom snooze'), ...to(customer, 'newMessage team') }],
  ['a customer wakes a snoozed room', 'assigned',
    async ({ assignee: agent, visitor, room }) => {
      await agent.post(`/room/${room}/snooze`, { time: Date.now() + 3_600_000 });
      await visitor.send(room, 'wake up');
    },
    { ...to(assignee, 'updateRoom snooze', 'updateRoom snooze', 'newMessage support'), admin: ['newMessage support'] }],
  ['an agent reads', 'assigned',
    ({ listeners, room }) => listeners.assignee.emit('read', { room_id: room }),
    to(customer, 'messageRead agent')],
];

const told = new Set();
for (const [what, state, act, expected] of table) {
  test(`${what} (${state})`, async () => {
    const { events } = await audience.check(state, act, expected);
    for (const name of [...customer, 'otherVisitor', 'foreignVisitor']) {
      assert.ok(!JSON.stringify(events[name]).includes(secret), `${name} was told of a note`);
    }
    for (const name of customer) {
      for (const { name: event, data } of events[name]) {
        if (event === 'updateRoom') assert.deepEqual(Object.keys(data.data), ['status'], 'a visitor hears of the status alone');
      }
    }
    for (const event of Object.values(events).flat()) told.add(event.name === 'updateRoom' ? `updateRoom ${event.data.type}` : event.name);
  });
}

test('those who may not are told nothing when they try, and neither is anybody else', async () => {
  await audience.check('assigned', async ({ listeners, room }) => {
    for (const name of ['colleague', 'bystander', 'outsider', 'foreignAdmin', 'otherVisitor', 'foreignVisitor']) {
      for (const event of messagesOf('agents', 'receive').map((message) => message.name)) {
        const answer = await listeners[name].emit(event, { room_id: room, is_typing: true, open: true });
        assert.equal(answer.success, false, `${name} ${event}`);
      }
    }
    for (const event of ['newMessage', 'joinRoom', 'updateRoom', 'messageRead']) {
      listeners.otherVisitor.socket.emit(event, { room_id: room, message: { room_id: room, content: 'forged' } });
    }
  }, {});
});

test('after access is lost nothing more is told', async () => {
  const scene = await audience.scene('assigned');
  const { assignee: agent, colleague, visitor, room } = scene;
  await agent.assign(room, [colleague.conversationId]);
  await audience.settle(scene.listeners);
  const { told: later } = await audience.toldBy(scene, async () => {
    await visitor.send(room, 'who is there?');
    await colleague.send(room, 'me');
    await colleague.send(room, secret, { type: 'note' });
    await colleague.patch('/room', { room_id: room, priority: 'high', tags: ['a'], notes: 'b', status: 'closed' });
    await scene.listeners.customer.emit('typing', { room_id: room, is_typing: true });
  }, { colleague: ['typing customer'] });
  for (const name of assignee) assert.deepEqual(later[name], [], name);
  scene.listeners.customer.close();
  scene.listeners.tablet.close();
});

test('a socket that ends has nothing open any more, and a room that is lost is not open', async () => {
  const scene = await audience.scene('assigned');
  const { assignee: agent, colleague, room } = scene;
  const viewersAt = (name) => scene.listeners[name].all('viewing', (data) => data.room_id === room)
    .map(({ agents }) => agents.map((viewer) => viewer.conversation_id));
  const phone = await connect(server, agent.auth);
  await phone.emit('viewing', { room_id: room, open: true });
  phone.close();
  await scene.listeners.admin.waitFor('viewing', (data) => data.room_id === room && data.agents.length === 0);
  await scene.listeners.assignee.emit('viewing', { room_id: room, open: true });
  await agent.assign(room, [colleague.conversationId]);
  await scene.listeners.colleague.waitFor('viewing', (data) => data.room_id === room && data.agents.length === 0);
  await audience.settle(scene.listeners);
  const me = agent.conversationId;
  assert.deepEqual(viewersAt('admin'), [[me], [], [me], []]);
  assert.deepEqual(viewersAt('assignee'), [[me], [], [me]], 'who lost the room hears no more of it');
  assert.deepEqual(viewersAt('colleague'), [[]]);
  for (const name of ['bystander', 'outsider', ...customer]) assert.deepEqual(viewersAt(name), [], name);
  scene.listeners.customer.close();
  scene.listeners.tablet.close();
});

test('the table has every documented event', () => {
  const documented = messagesOf('agents', 'send').flatMap(({ name, message }) =>
    (name === 'updateRoom' ? message.payload.properties.type.enum.map((type) => `updateRoom ${type}`) : [name]));
  assert.deepEqual([...told].sort(), documented.sort());
});

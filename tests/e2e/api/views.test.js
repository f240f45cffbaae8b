// The views and filters of the agents' list, and changing many rooms at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, assertError, assertFields, Client, uniqueKey, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { connect, settled } from '../lib/sockets.js';

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
  const room = await newRoom('who is who');
  me = (await agent.send(room, 'one')).conversation_id;
  await agent.assign(room, []);
  me2 = (await agent2.send(room, 'two')).conversation_id;
});
after(() => server?.close());

const newRoom = async (text = 'hello') => (await (await Visitor.open(server, demo)).createRoom(text)).id;
const idsOf = async (person, query) => (await person.get('/room', { limit: 100, ...query })).rooms.map((room) => room._id);
const view = (person, name, more = {}) => idsOf(person, { 'filter[view]': name, ...more });

test('each view has its rooms, and its total', async () => {
  const queued = await newRoom('queued');
  const mine = await newRoom('mine');
  const theirs = await newRoom('theirs');
  await agent.send(mine, 'taken');
  await agent2.send(theirs, 'taken');
  await agent.post(`/room/${mine}/favorite`);
  await agent.post(`/room/${queued}/snooze`, { time: Date.now() + 3_600_000 });

  assert.deepEqual(await view(agent, 'mine'), [mine]);
  assert.deepEqual(await view(agent, 'favorite'), [mine]);
  assert.deepEqual(await view(agent, 'snoozed'), [queued]);
  assert.ok((await view(agent2, 'mine')).includes(theirs));
  assert.deepEqual(await view(agent2, 'favorite'), []);
  const unassigned = await view(agent, 'unassigned');
  assert.ok(unassigned.includes(queued) && !unassigned.includes(mine) && !unassigned.includes(theirs));
  assert.deepEqual(await view(agent, 'all'), await idsOf(agent, {}));
  assert.ok((await view(admin, 'all')).includes(theirs));
  assert.deepEqual(await view(admin, 'mine'), []);
  assert.deepEqual(await view(admin, 'mine', { conversation_id: me }), [mine]);
  assert.deepEqual(await view(agent, 'bot'), []);
  for (const name of ['mine', 'favorite', 'snoozed', 'unassigned', 'bot', 'all']) {
    const { rooms, pagination } = await agent.get('/room', { 'filter[view]': name, limit: 100 });
    assert.equal(pagination.total, rooms.length, name);
  }
  assertError(await agent.call('GET', '/room', { query: { 'filter[view]': 'everything' } }), 400, { message: /snoozed/ });
});

test('views combine with filters, search, sort and paging, in both spellings', async () => {
  const rooms = [];
  for (const text of ['zebra one', 'zebra two', 'zebra three']) {
    const id = await newRoom(text);
    await agent.send(id, 'taken');
    rooms.push(id);
  }
  await agent.patch('/room', { room_id: rooms[1], priority: 'urgent' });
  assert.deepEqual(await view(agent, 'mine', { 'filter[priority]': 'urgent' }), [rooms[1]]);
  assert.deepEqual(await idsOf(agent, { filter: JSON.stringify({ view: 'mine', priority: 'urgent' }) }), [rooms[1]]);
  assert.deepEqual((await view(agent, 'mine', { search: 'zebra' })).sort(), [...rooms].sort());
  assert.deepEqual(await view(agent, 'unassigned', { search: 'zebra' }), []);
  assert.equal((await view(agent, 'mine', { sort: 'priority' }))[0], rooms[1]);
  assert.deepEqual(await view(agent, 'mine', { limit: 1, page: 2, sort: 'created_at' }), [rooms[1]]);
  await agent.post(`/room/${rooms[0]}/favorite`);
  assert.deepEqual(await view(agent, 'favorite', { search: 'zebra' }), [rooms[0]]);
  assert.deepEqual(await view(agent, 'favorite', { 'filter[inbox_id]': demo.inbox_id, search: 'one' }), [rooms[0]]);
  assert.deepEqual(await view(agent, 'favorite', { 'filter[status]': 'closed' }), []);
});

test('a tag finds the rooms that carry it, among those that the caller may see', async () => {
  const seen = await newRoom('tagged');
  const hidden = await newRoom('tagged too');
  await agent2.send(hidden, 'taken');
  for (const room_id of [seen, hidden]) await admin.patch('/room', { room_id, tags: ['VIP ⭐', 'late'] });
  assert.deepEqual(await idsOf(agent, { 'filter[tag]': 'VIP ⭐' }), [seen]);
  assert.deepEqual((await idsOf(admin, { filter: '{"tag":"VIP ⭐"}' })).sort(), [seen, hidden].sort());
  assert.deepEqual(await view(agent2, 'mine', { 'filter[tag]': 'late' }), [hidden]);
  await agent.patch('/room', { room_id: seen, tags: [] });
  assert.deepEqual(await idsOf(agent, { 'filter[tag]': 'VIP ⭐' }), []);
  assertError(await agent.call('GET', '/room', { query: { 'filter[tag]': 'x'.repeat(51) } }), 400, { message: /tag/ });
});

test('the same update sent twice happens once and answers the same', async () => {
  const room = await newRoom();
  const headers = { 'Idempotency-Key': uniqueKey() };
  const close = { headers, body: { room_id: room, status: 'closed', tags: ['a'] } };
  const first = await agent.ok('PATCH', '/room', close);
  await agent.patch('/room/status', { room_id: room, status: 'open' });
  assert.deepEqual(await agent.ok('PATCH', '/room', close), first);
  assert.equal((await agent.get(`/room/${room}`)).data.status, 'open');
  assertError(await agent.call('PATCH', '/room', { headers, body: { room_id: room, status: 'pending' } }), 409);
});

test('many rooms change with one answer for each', async () => {
  const [one, two, theirs] = [await newRoom('one'), await newRoom('two'), await newRoom('theirs')];
  await agent2.send(theirs, 'taken');
  const told = await connect(server, agent2.auth);
  const body = { room_ids: [one, theirs, 'x', '0'.repeat(24), two], status: 'pending', priority: 'high', tags: ['bulk'] };
  const { success, data } = await agent.post('/room/bulk', body);
  assert.equal(success, true);
  assert.deepEqual(data.map((entry) => [entry.room_id, entry.success, entry.code]), [
    [one, true, 200], [theirs, false, 403], ['x', false, 404], ['0'.repeat(24), false, 404], [two, true, 200]]);
  assertFields(data[0].data, { status: 'pending', priority: 'high', tags: ['bulk'], assignees: [] });
  assertFields(data[1], { error: 'Forbidden', message: 'Not assigned to room' });
  for (const room of [one, two]) {
    assertFields((await agent.get(`/room/${room}`)).data, { status: 'pending', priority: 'high', tags: ['bulk'] });
    await told.waitFor('updateRoom', (update) => update.room_id === room && update.type === 'tags');
  }
  await settled(told);
  assert.deepEqual(told.all('updateRoom', (update) => update.room_id === theirs), []);
  told.close();
});

test('many rooms are assigned at once: one id, several, none', async () => {
  const rooms = [await newRoom(), await newRoom()];
  const assign = async (assignee) => (await agent.post('/room/bulk', { room_ids: rooms, assignee })).data
    .map((entry) => entry.data?.assignees.map((each) => each.conversation_id) ?? entry.code);
  assert.deepEqual(await assign(me), [[me], [me]]);
  assert.deepEqual(await assign([me, me2]), [[me, me2], [me, me2]]);
  assert.deepEqual(await assign([]), [[], []]);
  assert.deepEqual(await assign(me2), [[me2], [me2]]);
  assert.deepEqual(await assign(me), [403, 403], 'they are another’s now');
});

test('a hundred rooms change at once, and not one more', async () => {
  const visitor = await Visitor.open(server, demo);
  const rooms = [];
  for (let index = 0; index < 100; index += 1) rooms.push((await visitor.createRoom(`bulk ${index}`)).id);
  const headers = { 'Idempotency-Key': uniqueKey() };
  const options = { headers, body: { room_ids: rooms, status: 'closed' } };
  const { data } = await agent.ok('POST', '/room/bulk', options);
  assert.ok(data.every((entry) => entry.success && entry.data.status === 'closed'));
  assert.deepEqual(data.map((entry) => entry.room_id), rooms);
  assert.deepEqual((await agent.ok('POST', '/room/bulk', options)).data, data, 'and again the same');
  assertError(await agent.call('POST', '/room/bulk', { body: { room_ids: [...rooms, rooms[0]], status: 'open' } }), 400, { message: /100/ });
});

test('a bulk change that is malformed, or nobody’s, is refused as a whole', async () => {
  const room = await newRoom();
  const bad = [
    {}, { room_ids: room, status: 'open' }, { room_ids: [] , status: 'open' }, { room_ids: [5], status: 'open' },
    { room_ids: [room] }, { room_ids: [room], status: 'ajar' }, { room_ids: [room], priority: 'huge' },
    { room_ids: [room], tags: 'x' }, { room_ids: [room], assignee: 5 },
  ];
  for (const body of bad) assertError(await agent.call('POST', '/room/bulk', { body }), 400);
  assertError(await agent.call('POST', '/room/bulk', { body: { room_ids: [room], assignee: 'x' } }), 404);
  const body = { room_ids: [room], status: 'closed' };
  assertError(await new Client(server).call('POST', '/room/bulk', { body }), 401);
  assertError(await new Agent(server, 'nonsense').call('POST', '/room/bulk', { body }), 401);
  const visitor = await Visitor.open(server, demo);
  assert.ok([401, 403].includes((await visitor.call('POST', '/room/bulk', { body })).status));
  const outsider = new Agent(server, demo.outsider_jwt);
  assert.deepEqual((await outsider.post('/room/bulk', body)).data.map((entry) => entry.code), [404]);
  assert.equal((await agent.get(`/room/${room}`)).data.status, 'open');
});

test('sync tells an agent which rooms it lost', async () => {
  const room = await newRoom('to be lost');
  const { cursor } = await agent.get('/sync');
  await agent2.send(room, 'mine now');
  await agent2.send(room, 'secret');
  const told = [];
  for (let page = { cursor, more: true }; page.more;) {
    page = await agent.get('/sync', { after: page.cursor });
    told.push(...page.events.filter((event) => event.room_id === room));
  }
  assert.equal(told.length, 1);
  assertFields(told[0], {
    event: 'updateRoom', access_lost: true,
    data: { room_id: room, type: 'assignee', data: { assignees: [{ conversation_id: me2 }] } },
  });
});

test('two agents answer, reassign and close one room at once: every call counts, in one order', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('all at once')).id;
  await admin.assign(room, [me, me2]);
  const watcher = await connect(server, admin.auth);
  const calls = [];
  for (let turn = 0; turn < 8; turn += 1) {
    for (const person of [agent, agent2]) {
      const own = person === agent ? me : me2;
      calls.push(person.call('POST', '/message', { body: { room_id: room, message: { type: 'text', content: `${own} ${turn}` } } }));
      calls.push(person.call('PATCH', '/room/assignee', { body: { room_id: room, conversation_ids: [own] } }));
      calls.push(person.call('PATCH', '/room/status', { body: { room_id: room, status: turn % 2 ? 'open' : 'closed' } }));
    }
  }
  const answers = await Promise.all(calls);
  for (const { status, text } of answers) assert.ok([200, 403].includes(status), text);
  const sent = answers.filter((answer) => answer.status === 200 && answer.body.messages).map((answer) => answer.body.messages.message);

  const { data } = await admin.get(`/room/${room}`);
  if (sent.some((message) => message.seq === data.seq)) {
    await watcher.waitFor('newMessage', ({ message }) => message.seq === data.seq);
  } else {
    await watcher.waitFor('updateRoom', (update) => update.seq === data.seq);
  }
  const owner = data.assignees.map((entry) => entry.conversation_id);
  assert.equal(owner.length, 1, 'the last to assign it has it');
  const [holder, other] = owner[0] === me ? [agent, agent2] : [agent2, agent];
  assert.equal((await holder.get(`/room/${room}`)).data.status, data.status);
  assertError(await other.call('GET', `/room/${room}`), 403);

  const history = await admin.history(room, { limit: 100, sort: 'asc' });
  assert.deepEqual(
    history.messages.map((message) => message._id).slice(1).sort(), sent.map((message) => message._id).sort());
  const seqs = watcher.events
    .filter(({ data: told }) => told.room_id === room || told.message?.room_id === room)
    .map(({ data: told }) => told.seq ?? told.message.seq);
  assert.deepEqual([...new Set(seqs)], [...new Set(seqs)].sort((a, b) => a - b), 'everybody is told in one order');
  assert.equal(new Set(history.messages.map((message) => message.seq)).size, history.messages.length);
  watcher.close();
});

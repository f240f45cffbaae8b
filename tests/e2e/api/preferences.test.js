// An agent's own view of a room: favourite, snooze.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, assertError, assertFields, contents, uniqueKey, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { connect, settled } from '../lib/sockets.js';

let server;
let demo;
let agent;
let agent2;
let me;
let me2;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  agent2 = new Agent(server, demo.agent2_jwt);
  const visitor = await Visitor.open(server, demo);
  const room = await visitor.createRoom('who is who');
  me = (await agent.send(room.id, 'one')).conversation_id;
  await agent.assign(room.id, []);
  me2 = (await agent2.send(room.id, 'two')).conversation_id;
});
after(() => server?.close());

const hourMs = 3_600_000;
const entryOf = async (person, id) => (await person.get('/room', { limit: 100 })).rooms.find((room) => room._id === id);
const newRoom = async (text = 'hello') => {
  const visitor = await Visitor.open(server, demo);
  return { visitor, id: (await visitor.createRoom(text)).id };
};

test('favourite toggles for the calling agent and tells its own sockets only', async () => {
  const { id, visitor } = await newRoom();
  const [mine, alsoMine, hers, theirs] = await Promise.all([
    connect(server, agent.auth), connect(server, agent.auth), connect(server, agent2.auth), connect(server, visitor.auth)]);
  assert.deepEqual(await agent.post(`/room/${id}/favorite`), { success: true, room: { _id: id, is_favorite: true } });
  for (const socket of [mine, alsoMine]) {
    const told = await socket.waitFor('updateRoom', (update) => update.type === 'favorite');
    assert.deepEqual(told, { room_id: id, type: 'favorite', data: { _id: id, is_favorite: true } });
  }
  assert.equal((await entryOf(agent, id)).is_favorite, true);
  assert.equal((await agent.get(`/room/${id}`)).data.is_favorite, true);
  assert.equal((await entryOf(agent2, id)).is_favorite, false);
  assert.equal((await agent.post(`/room/${id}/favorite`)).room.is_favorite, false);
  await settled(hers, theirs);
  assert.deepEqual([...hers.all('updateRoom'), ...theirs.all('updateRoom')], []);
  for (const socket of [mine, alsoMine, hers, theirs]) socket.close();
});

test('the same favourite sent twice toggles once', async () => {
  const { id } = await newRoom();
  const headers = { 'Idempotency-Key': uniqueKey() };
  for (let time = 0; time < 2; time += 1) {
    const answer = await agent.ok('POST', `/room/${id}/favorite`, { headers });
    assert.equal(answer.room.is_favorite, true);
  }
});

test('snooze echoes its time, shows in the room, and zero clears it', async () => {
  const { id } = await newRoom();
  const time = Date.now() + hourMs;
  assert.deepEqual(await agent.post(`/room/${id}/snooze`, { time }), { success: true, data: { _id: id, snoozed_until: time } });
  assert.equal((await entryOf(agent, id)).snoozed_until, time);
  assert.equal((await entryOf(agent2, id)).snoozed_until, 0);
  const example = { success: true, data: { _id: id, snoozed_until: 1633110000000 } };
  assert.deepEqual(await agent.post(`/room/${id}/snooze`, { time: 1633110000000 }), example);
  assert.equal((await agent.get(`/room/${id}`)).data.snoozed_until, time, 'a past time has no effect');
  assert.equal((await agent.post(`/room/${id}/snooze`, { time: 0 })).data.snoozed_until, 0);
  assert.equal((await agent.get(`/room/${id}`)).data.snoozed_until, 0);
});

test('bad times and rooms are refused', async () => {
  const { id } = await newRoom();
  for (const body of [{}, { time: null }, { time: 'tomorrow' }, { time: -1 }, { time: 1.5 }, { time: 1e300 }, { time: [1] }]) {
    assertError(await agent.call('POST', `/room/${id}/snooze`, { body }), 400, { message: /time/ });
  }
  assertError(await agent.call('POST', `/room/${id}/snooze`, { raw: '{' }), 400);
  for (const call of ['favorite', 'snooze']) {
    const options = { body: { time: 0 } };
    assertError(await agent.call('POST', `/room/${'0'.repeat(24)}/${call}`, options), 404, { error: 'Room not found' });
    assertError(await agent.call('POST', `/room/nothing/${call}`, options), 404, { error: 'Room not found' });
    const outsider = new Agent(server, demo.outsider_jwt);
    assertError(await outsider.call('POST', `/room/${id}/${call}`, options), 404, { error: 'Room not found' });
    await agent2.assign(id, [me2]);
    assertError(await agent.call('POST', `/room/${id}/${call}`, options), 403, { message: 'Not assigned to room' });
    await agent2.assign(id, []);
    const { visitor } = await newRoom();
    assert.ok([401, 403].includes((await visitor.call('POST', `/room/${id}/${call}`, options)).status));
  }
});

test('while an agent has snoozed a room, colleagues’ messages do not reach its sockets; sync has them', async () => {
  const { id } = await newRoom();
  await agent.assign(id, [me, me2]);
  const { cursor } = await agent.get('/sync');
  const mine = await connect(server, agent.auth);
  await agent.post(`/room/${id}/snooze`, { time: Date.now() + hourMs });
  await agent2.send(id, 'between us', { type: 'note' });
  await agent2.send(id, 'looking into it');
  await agent2.patch('/room', { room_id: id, priority: 'high' });
  await mine.waitFor('updateRoom', (update) => update.room_id === id && update.type === 'status');
  assert.deepEqual(mine.all('newMessage', (event) => event.message.room_id === id), []);
  const { events } = await agent.get('/sync', { after: cursor });
  const told = events.filter((event) => event.room_id === id && event.event === 'newMessage');
  assert.deepEqual(told.map((event) => event.data.message.content), ['between us', 'looking into it']);
  mine.close();
});

test('a customer’s message wakes the room: first that is told, then the message', async () => {
  const { id, visitor } = await newRoom();
  const mine = await connect(server, agent.auth);
  await agent.post(`/room/${id}/snooze`, { time: Date.now() + hourMs });
  await visitor.send(id, 'are you there?');
  const message = await mine.waitFor('newMessage', (event) => event.message.content === 'are you there?');
  assert.equal(message.type, 'support');
  const updates = mine.all('updateRoom', (update) => update.type === 'snooze');
  assert.deepEqual(updates.map((update) => update.data.snoozed_until > 0), [true, false]);
  assert.equal((await entryOf(agent, id)).snoozed_until, 0);
  mine.close();
});

test('its time wakes a room, also when that came while the server was down', async () => {
  const soon = await newRoom();
  const later = await newRoom();
  const mine = await connect(server, agent.auth);
  await agent.post(`/room/${later.id}/snooze`, { time: Date.now() + hourMs });
  const time = Date.now() + 150;
  await agent.post(`/room/${soon.id}/snooze`, { time });
  const woken = await mine.waitFor('updateRoom', (update) => update.data.snoozed_until === 0);
  assert.equal(woken.room_id, soon.id);
  assert.ok(Date.now() >= time);
  mine.close();

  await agent.post(`/room/${soon.id}/snooze`, { time: Date.now() + 100 });
  await server.kill();
  await server.start();
  const again = await connect(server, agent.auth);
  for (;;) {
    if ((await entryOf(agent, soon.id)).snoozed_until === 0) break;
  }
  assert.ok((await entryOf(agent, later.id)).snoozed_until > Date.now(), 'the other one sleeps on');
  assertFields(await agent.history(soon.id), { success: true });
  assert.deepEqual(contents(await agent.history(soon.id)), ['hello']);
  again.close();
});

// A note reaches no visitor by any way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, uniqueKey, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { connect, settled } from '../lib/sockets.js';

let server;
let demo;
let agent;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
});
after(() => server?.close());

const secret = 'zyzzyva';

async function roomWithNotes() {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('question')).id;
  const listener = await connect(server, visitor.auth);
  const { cursor } = await visitor.get('/sync');
  const note = await agent.send(room, `first ${secret}`, { type: 'note' });
  await agent.send(room, 'answer');
  await agent.send(room, `last ${secret}`, { type: 'note' });
  return { visitor, room, listener, cursor, note };
}

test('not in the history, whatever is asked', async () => {
  const { visitor, room, note, listener } = await roomWithNotes();
  for (const query of [{}, { sort: 'asc' }, { limit: 1 }, { limit: 100 }, { search: secret }, { search: 'first' }]) {
    const answer = await visitor.call('GET', '/user/message', { query: { room_id: room, ...query } });
    assert.equal(answer.status, 200);
    assert.ok(!answer.text.includes(secret), JSON.stringify(query));
    assert.ok(!answer.text.includes('"note"'));
  }
  for (const ref of ['upperRef', 'lowerRef']) {
    const answer = await visitor.call('GET', '/user/message', { query: { room_id: room, [ref]: note._id } });
    assert.equal(answer.status, 404, 'a note is no ref of a visitor’s');
  }
  listener.close();
});

test('paging past notes loses no message and shows no gap', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('m0')).id;
  for (let index = 1; index <= 6; index += 1) {
    await agent.send(room, `note ${index} ${secret}`, { type: 'note' });
    await agent.send(room, `m${index}`);
  }
  await agent.send(room, secret, { type: 'note' });
  const seen = [];
  let upperRef;
  for (let more = true; more; ) {
    const page = await visitor.history(room, { limit: 2, upperRef });
    seen.push(...page.messages.map((message) => message.content));
    upperRef = page.messages.at(-1)?._id;
    more = page.hasMore;
  }
  assert.deepEqual(seen, ['m6', 'm5', 'm4', 'm3', 'm2', 'm1', 'm0']);
});

test('not in last_message, unread or search of the list', async () => {
  const { visitor, listener } = await roomWithNotes();
  const answer = await visitor.call('GET', '/user/room');
  assert.ok(!answer.text.includes(secret));
  assert.equal(answer.body.rooms[0].last_message.content, 'answer');
  assert.equal(answer.body.rooms[0].unread_count, 1);
  assert.deepEqual((await visitor.get('/user/room', { search: secret })).rooms, []);
  listener.close();
});

test('not over the socket', async () => {
  const { room, listener } = await roomWithNotes();
  const end = await agent.send(room, 'the end');
  await listener.waitFor('newMessage', ({ message }) => message._id === end._id);
  await settled(listener);
  assert.ok(!JSON.stringify(listener.events).includes(secret));
  const told = listener.all('newMessage').map(({ message }) => message.content);
  assert.deepEqual(told, ['answer', 'the end']);
  listener.close();
});

test('not in sync', async () => {
  const { visitor, cursor, listener } = await roomWithNotes();
  const answer = await visitor.call('GET', '/sync', { query: { after: cursor } });
  assert.ok(!answer.text.includes(secret));
  assert.ok(answer.text.includes('answer'));
  listener.close();
});

test('not by repeating a client id', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('question')).id;
  const key = uniqueKey();
  await agent.send(room, secret, { type: 'note', key });
  await agent.send(room, 'answer');
  const body = { room_id: room, message: { type: 'text', content: 'mine' }, _uniqueId: key };
  const answer = await visitor.call('POST', '/user/message', { body });
  assert.ok(!answer.text.includes(secret), answer.text);
});

test('an agent’s socket and history do have it', async () => {
  const listener = await connect(server, new Agent(server, demo.agent2_jwt).auth);
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('question')).id;
  const note = await agent.send(room, secret, { type: 'note' });
  const event = await listener.waitFor('newMessage', ({ message }) => message._id === note._id);
  assert.equal(event.type, 'team');
  assert.equal(event.message.type, 'note');
  assert.equal((await agent.history(room)).messages[0].content, secret);
  listener.close();
});

test('reading receipts of a visitor never name a note', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('question')).id;
  const answer = await agent.send(room, 'answer');
  await agent.send(room, secret, { type: 'note' });
  const listener = await connect(server, agent.auth);
  await visitor.history(room);
  const event = await listener.waitFor('messageRead', (data) => data.room_id === room);
  assert.equal(event.last_read_id, answer._id);
  listener.close();
});

// Coming back, and joining while messages stream in: no gap, no double, in order.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, assertError, assertFields, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { connect, settled } from '../lib/sockets.js';

let server;
let demo;
let agent;
before(async () => {
  ({ server, demo } = await startServer({ args: ['--threads', '2'] }));
  agent = new Agent(server, demo.agent_jwt);
});
after(() => server?.close());

// Everything since the cursor, page after page.
async function catchUp(person, cursor) {
  const events = [];
  for (let more = true; more; ) {
    const page = await person.get('/sync', { after: cursor });
    assertFields(page, { success: true, cursor: String, more: Boolean });
    events.push(...page.events);
    ({ cursor, more } = page);
  }
  return { events, cursor };
}

test('without a cursor there are no events, and then what changed since', async () => {
  const visitor = await Visitor.open(server, demo);
  const start = await visitor.get('/sync');
  assert.deepEqual(start.events, []);
  const room = (await visitor.createRoom('one')).id;
  const answer = await agent.send(room, 'two');
  await agent.patch('/room/status', { room_id: room, status: 'closed' });
  const { events, cursor } = await catchUp(visitor, start.cursor);
  for (const event of events) assertFields(event, { event: String, seq: Number, room_id: room, data: {} });
  const message = events.find((event) => event.event === 'newMessage' && event.data.message._id === answer._id);
  assertFields(message, { seq: answer.seq, data: { type: 'team', message: { content: 'two', room_id: room, seq: answer.seq } } });
  const update = events.find((event) => event.event === 'updateRoom');
  assertFields(update, { data: { room_id: room, type: 'status', data: { status: 'closed' } } });
  assert.deepEqual((await catchUp(visitor, cursor)).events.filter((event) => event.seq > update.seq), []);
});

test('a cursor that is none is a 400', async () => {
  const visitor = await Visitor.open(server, demo);
  for (const after of ['x', '-1', '{}', 'AAAA', 'a'.repeat(4000), '\u0000']) {
    assertError(await visitor.call('GET', '/sync', { query: { after } }), 400);
  }
});

test('an agent catches up on every room it may see and on no other', async () => {
  const agent2 = new Agent(server, demo.agent2_jwt);
  const { cursor } = await agent2.get('/sync');
  const visitor = await Visitor.open(server, demo);
  const open = (await visitor.createRoom('open to both')).id;
  const taken = (await (await Visitor.open(server, demo)).createRoom('taken at once')).id;
  await agent.send(taken, 'mine');
  await agent.send(taken, 'secret to agent2');
  const { events } = await catchUp(agent2, cursor);
  assert.ok(events.some((event) => event.room_id === open && event.event === 'newMessage'));
  assert.ok(!JSON.stringify(events).includes('secret to agent2'));
  const outsider = new Agent(server, demo.outsider_jwt);
  const start = await outsider.get('/sync');
  await agent.send(taken, 'more');
  assert.deepEqual((await catchUp(outsider, start.cursor)).events, []);
});

test('many changes come in pages, each room in order', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('m0')).id;
  const { cursor } = await agent.get('/sync');
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(Array.from({ length: 30 }, (_, index) => visitor.send(room, `m${round}-${index}`)));
  }
  const { events } = await catchUp(agent, cursor);
  const seqs = events.filter((event) => event.room_id === room && event.event === 'newMessage').map((event) => event.seq);
  const unique = [...new Set(seqs)];
  assert.equal(unique.length, 300);
  assert.deepEqual(unique, [...unique].sort((a, b) => a - b));
});

test('who connects while messages stream in misses none and sees none out of order', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('start')).id;
  let streaming = true;
  let sent = 0;
  const stream = (async () => {
    while (streaming) {
      await Promise.all([visitor.send(room, `s${sent++}`), visitor.send(room, `s${sent++}`)]);
    }
  })();
  try {
    for (let round = 0; round < 12; round += 1) {
      const transports = [['websocket'], ['polling'], ['polling', 'websocket']][round % 3];
      const { cursor } = await agent.get('/sync');
      const listener = await connect(server, agent.auth, { transports });
      const { events } = await catchUp(agent, cursor);
      const caughtUp = events
        .filter((event) => event.event === 'newMessage' && event.room_id === room)
        .map((event) => event.seq);
      await listener.waitFor('newMessage', ({ message }) => message.room_id === room, 15);
      const live = listener.all('newMessage', ({ message }) => message.room_id === room).map(({ message }) => message.seq);
      listener.close();
      assertConsecutive(live, `live, ${transports}`);
      const together = [...new Set([...caughtUp, ...live])].sort((a, b) => a - b);
      assertConsecutive(together, `caught up and live, ${transports}`);
    }
  } finally {
    streaming = false;
    await stream;
  }
});

test('a visitor who connects while an agent writes misses nothing', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('start')).id;
  await agent.send(room, 'taken');
  let streaming = true;
  let sent = 0;
  const stream = (async () => {
    while (streaming) await agent.send(room, `a${sent++}`, { type: sent % 3 === 0 ? 'note' : 'text' });
  })();
  try {
    for (let round = 0; round < 8; round += 1) {
      const { cursor } = await visitor.get('/sync');
      const listener = await connect(server, visitor.auth);
      const { events } = await catchUp(visitor, cursor);
      await listener.waitFor('newMessage', () => true, 8);
      const seen = new Map();
      for (const { data } of events.filter((event) => event.event === 'newMessage')) seen.set(data.message.seq, data.message);
      const live = listener.all('newMessage').map(({ message }) => message);
      listener.close();
      for (const message of live) seen.set(message.seq, message);
      const shown = [...seen.keys()].sort((a, b) => a - b);
      const history = await agent.history(room, { limit: 100 });
      const expected = history.messages
        .filter((message) => message.type !== 'note' && message.seq >= shown[0] && message.seq <= shown.at(-1))
        .map((message) => message.seq).reverse();
      assert.deepEqual(shown.filter((seq) => seq >= expected[0]), expected);
      assert.ok([...seen.values()].every((message) => message.type !== 'note'));
    }
  } finally {
    streaming = false;
    await stream;
  }
});

test('losing and getting back access while messages stream in keeps the order', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('start')).id;
  const mine = (await agent.send(room, 'mine')).conversation_id;
  const admin = new Agent(server, demo.admin_jwt);
  const listener = await connect(server, agent.auth);
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 10 }, (_, index) => visitor.send(room, `r${round}-${index}`)));
    await admin.assign(room, []);
    await admin.assign(room, [mine]);
  }
  const end = await visitor.send(room, 'end');
  await listener.waitFor('newMessage', ({ message }) => message._id === end._id);
  await settled(listener);
  const seqs = listener.all('newMessage', ({ message }) => message.room_id === room).map(({ message }) => message.seq);
  assert.deepEqual(seqs, [...new Set(seqs)].sort((a, b) => a - b));
  assert.equal(seqs.length, 51);
  listener.close();
});

function assertConsecutive(seqs, where) {
  for (let at = 1; at < seqs.length; at += 1) {
    assert.equal(seqs[at], seqs[at - 1] + 1, `${where}: ${seqs[at - 1]} is followed by ${seqs[at]}`);
  }
}

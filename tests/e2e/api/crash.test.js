// SIGKILL at any moment: every acknowledged message is there, once, in order, and a repeated send adds none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, uniqueKey, Visitor } from '../lib/api.js';
import { parlorCli, startServer } from '../lib/server.js';

let server;
let demo;
let agent;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
});
after(() => server?.close());

async function wholeHistory(person, room) {
  const messages = [];
  let upperRef;
  for (let more = true; more; ) {
    const page = await person.history(room, { limit: 100, upperRef });
    messages.unshift(...page.messages.reverse());
    upperRef = messages[0]?._id;
    more = page.hasMore;
  }
  return messages;
}

// One writer: sends on until told to stop; keeps what was acknowledged, repeats what was not.
function writer(visitor, room, name) {
  const acknowledged = [];
  let stopping = false;
  const sendOne = async (content, key) => {
    for (;;) {
      try {
        return await visitor.send(room, content, { key });
      } catch (error) {
        if (error.name === 'AssertionError') throw error;
        await new Promise((next) => setTimeout(next, 20));
      }
    }
  };
  const done = (async () => {
    for (let index = 0; !stopping; index += 1) {
      const content = `${name}-${index}`;
      const message = await sendOne(content, uniqueKey());
      acknowledged.push({ content, _id: message._id, seq: message.seq });
    }
  })();
  return { acknowledged, stop: () => ((stopping = true), done) };
}

test('a stream of sends survives kills at random moments', async () => {
  const writers = [];
  for (let index = 0; index < 6; index += 1) {
    const visitor = await Visitor.open(server, demo);
    const room = (await visitor.createRoom('start')).id;
    writers.push({ visitor, room, ...writer(visitor, room, `w${index}`) });
  }
  for (let kill = 0; kill < 8; kill += 1) {
    await new Promise((next) => setTimeout(next, 30 + Math.random() * 400));
    const ended = await server.kill();
    assert.equal(ended.signal, 'SIGKILL');
    await server.start();
  }
  await Promise.all(writers.map((one) => one.stop()));
  const admin = new Agent(server, demo.admin_jwt);
  let total = 0;
  for (const { visitor, room, acknowledged } of writers) {
    total += acknowledged.length;
    const kept = await wholeHistory(admin, room);
    assert.deepEqual(kept.slice(1).map((message) => message.content), acknowledged.map((entry) => entry.content));
    assert.deepEqual(kept.slice(1).map((message) => message._id), acknowledged.map((entry) => entry._id));
    assert.ok(kept.every((message, at) => at === 0 || message.seq > kept[at - 1].seq));
    const forVisitor = await wholeHistory(visitor, room);
    assert.deepEqual(forVisitor.map((message) => message._id), kept.map((message) => message._id));
  }
  assert.ok(total > 50, `only ${total} messages were acknowledged`);
});

test('unread counts, assignees and sessions survive a kill', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('one')).id;
  await visitor.send(room, 'two');
  const { conversation_id: me } = await agent.send(room, 'taken');
  await visitor.send(room, 'three');
  await server.kill();
  await server.start();
  const { data } = await agent.get(`/room/${room}`);
  assert.deepEqual(data.assignees.map((entry) => entry.conversation_id), [me]);
  const entry = (await visitor.get('/user/room')).rooms[0];
  assert.equal(entry.unread_count, 1);
  assert.equal(entry.last_message.content, 'three');
});

test('search knows what was written just before a kill', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('start')).id;
  await visitor.send(room, 'platypus');
  await server.kill();
  await server.start();
  assert.equal((await agent.history(room, { search: 'platypus' })).messages.length, 1);
});

test('the demo account stays the same', async () => {
  assert.deepEqual(JSON.parse(await parlorCli('demo', '--data-dir', server.dataDir)), demo);
});

test('SIGTERM drains and exits 0', async () => {
  const ended = await server.stop();
  assert.deepEqual(ended, { code: 0, signal: null });
  await server.start();
});

// Every event is as docs/asyncapi.yaml says: what sockets are told is validated, what clients emit is sent from the
// document's examples.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import asyncapiSpecs from '@asyncapi/specs';
import { asyncapi, checkEvent, eventSchemas, messagesOf } from '../lib/events_document.js';
import { ExampleWorld } from '../lib/example_world.js';
import { startServer } from '../lib/server.js';
import { connect, settled } from '../lib/sockets.js';

let server;
let world;
let team;
before(async () => {
  const started = await startServer();
  server = started.server;
  world = new ExampleWorld(server, started.demo);
  team = {
    agent: await connect(server, world.agent.auth),
    colleague: await connect(server, world.colleague.auth),
    admin: await connect(server, world.admin.auth),
  };
});
after(async () => {
  for (const listener of Object.values(team ?? {})) listener.close();
  await server?.close();
});

// A conversation with its visitor's socket, which hears of the room from its beginning.
async function beginScene() {
  const scene = world.scene();
  const visitor = await scene.get('visitor');
  const listener = await connect(server, visitor.auth);
  return { scene, visitor, listener, room: await scene.get('room') };
}

test('docs/asyncapi.yaml is valid AsyncAPI 3.0', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false });
  addFormats(ajv);
  const validate = ajv.compile(asyncapiSpecs.schemas['3.0.0']);
  assert.ok(validate(asyncapi), ajv.errorsText(validate.errors, { separator: '\n' }));
});

test('each documented event is an example of its own schema', () => {
  for (const [name, message] of Object.entries(asyncapi.components.messages)) {
    assert.ok(message.summary && message.examples.length > 0, `${name}: summary and examples`);
    for (const example of message.examples) {
      eventSchemas.check(['components', 'messages', name, 'payload'], example.payload, `${name}, ${example.name}`);
    }
  }
});

test('every message of a channel belongs to an operation', () => {
  for (const [channel, { messages }] of Object.entries(asyncapi.channels)) {
    const used = ['send', 'receive'].flatMap((action) => messagesOf(channel, action)).map(({ pointer }) => pointer.join('/'));
    for (const { $ref } of Object.values(messages)) assert.ok(used.includes($ref.slice(2)), `${channel}: ${$ref}`);
  }
});

test('everything that happens in a conversation is told as documented, and every documented event is told', async () => {
  const { visitor, listener, room } = await beginScene();
  const { agent, admin } = world;
  const answer = await agent.send(room, 'Hello!');
  await agent.send(room, 'only for us', { type: 'note' });
  await visitor.send(room, 'Thank you');
  await listener.emit('typing', { room_id: room, is_typing: true });
  await listener.emit('typing', { room_id: room, is_typing: false });
  await team.agent.emit('typing', { room_id: room, is_typing: true });
  await team.agent.emit('typing', { room_id: room, is_typing: false });
  await visitor.history(room);
  await agent.history(room);
  await team.agent.waitFor('messageRead', (data) => data.room_id === room);
  await listener.waitFor('messageRead', (data) => data.room_id === room);
  await team.agent.emit('viewing', { room_id: room, open: true });
  await agent.post(`/room/${room}/favorite`);
  await agent.post(`/room/${room}/snooze`, { time: Date.now() + 3_600_000 });
  await agent.patch('/room', { room_id: room, priority: 'high', tags: ['billing'], notes: 'VIP customer' });
  await agent.assign(room, [world.demo.agent2_conversation_id]);
  await admin.assign(room, []);
  await admin.patch('/room/status', { room_id: room, status: 'closed' });
  const last = await visitor.send(room, 'One more thing');
  await team.admin.waitFor('newMessage', ({ message }) => message._id === last._id);
  await settled(listener, ...Object.values(team));

  const toldOf = (channel, listeners) => {
    const told = new Set();
    for (const { events } of listeners) {
      for (const event of events) {
        checkEvent(channel, event);
        told.add(event.name === 'updateRoom' ? `updateRoom ${event.data.type}` : event.name);
      }
    }
    return [...told].sort();
  };
  const documented = (channel) => messagesOf(channel, 'send').flatMap(({ name, message }) => {
    const types = [message.payload.properties.type].flatMap((type) => type?.enum ?? [type?.const]);
    return name === 'updateRoom' ? types.map((type) => `updateRoom ${type}`) : [name];
  }).sort();
  assert.deepEqual(toldOf('agents', Object.values(team)), documented('agents'));
  assert.deepEqual(toldOf('visitors', [listener]), documented('visitors'));
  assert.ok(listener.all('newMessage').some(({ message }) => message._id === answer._id));
  listener.close();
});

for (const channel of ['agents', 'visitors']) {
  for (const { name, message, pointer } of messagesOf(channel, 'receive')) {
    test(`${channel} emit ${name} as in its examples, and are answered`, async () => {
      for (const example of message.examples) {
        const { scene, listener } = await beginScene();
        const socket = channel === 'agents' ? team.agent : listener;
        const answer = await socket.emit(name, await scene.fill(example.payload));
        eventSchemas.check([...pointer, 'x-acknowledgement'], answer, `${name}, ${example.name}`);
        assert.equal(answer.success, true, JSON.stringify(answer));
        listener.close();
      }
    });

    test(`${channel} who emit ${name} wrongly are told what is wrong`, async () => {
      const { scene, listener } = await beginScene();
      const socket = channel === 'agents' ? team.agent : listener;
      const good = await scene.fill(message.examples[0].payload);
      const wrong = [null, 'text', [], {}, { ...good, room_id: 5 }, { ...good, room_id: 'x' }, { ...good, room_id: '507f1f77bcf86cd799439099' }];
      for (const [field, schema] of Object.entries(message.payload.properties)) {
        if (schema.type === 'boolean') wrong.push({ ...good, [field]: 'yes' });
      }
      for (const argument of wrong) {
        const answer = await socket.emit(name, argument);
        eventSchemas.check([...pointer, 'x-acknowledgement'], answer, `${name} ${JSON.stringify(argument)}`);
        assert.equal(answer.success, false, JSON.stringify(argument));
      }
      listener.close();
    });
  }
}

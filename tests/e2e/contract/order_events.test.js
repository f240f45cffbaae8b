// A marketplace's events are as docs/asyncapi.yaml says: every one is told, and each that clients emit is answered.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkEvent, eventSchemas, messagesOf } from '../lib/events_document.js';
import { ExampleWorld } from '../lib/example_world.js';
import { buyer } from '../lib/orders.js';
import { startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';

let server;
let world;
let listener;
before(async () => {
  const started = await startServer();
  server = started.server;
  world = new ExampleWorld(server, started.demo);
  listener = await connect(server, world.shop.auth);
});
after(async () => {
  listener?.close();
  await server?.close();
});

test('everything that happens in a room of an order is told as documented', async () => {
  const room = await world.scene().get('order_room');
  await listener.emit('joinRoom', { roomId: room });
  await world.shop.send(room, 'Where is my parcel?', buyer());
  await world.agent.send(room, 'On its way');
  await listener.waitFor('new-app-message', ({ message }) => message.message === 'On its way');
  for (const event of listener.events) checkEvent('marketplace', event);
  const told = new Set(listener.events.map(({ name }) => name));
  assert.deepEqual([...told].sort(), messagesOf('marketplace', 'send').map(({ name }) => name).sort());
});

for (const { name, message, pointer } of messagesOf('marketplace', 'receive')) {
  test(`a marketplace emits ${name} as in its examples and otherwise, and is answered`, async () => {
    const scene = world.scene();
    for (const example of message.examples) {
      const answer = await listener.emit(name, await scene.fill(example.payload));
      eventSchemas.check([...pointer, 'x-acknowledgement'], answer, `${name}, ${example.name}`);
      assert.equal(answer.status, true, JSON.stringify(answer));
    }
    const good = await scene.fill(message.examples[0].payload);
    for (const wrong of [null, 'text', [], {}, { ...good, roomId: {}, room_id: {} }, { ...good, roomId: 'x', room_id: 'x' }]) {
      const answer = await listener.emit(name, wrong);
      eventSchemas.check([...pointer, 'x-acknowledgement'], answer, `${name} ${JSON.stringify(wrong)}`);
      assert.equal(answer.status, false, JSON.stringify(wrong));
    }
  });
}

// The events of ticket rooms are as docs/asyncapi.yaml says, both ways.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkEvent, eventSchemas, messagesOf } from '../lib/events_document.js';
import { ExampleWorld } from '../lib/example_world.js';
import { startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';

let server;
let world;
before(async () => {
  const started = await startServer();
  server = started.server;
  world = new ExampleWorld(server, started.demo);
});
after(() => server?.close());

test('everything that happens in a ticket is told as documented, and every documented event is told', async () => {
  const scene = world.scene();
  const ticket = await scene.get('ticket_made');
  const listener = await connect(server, world.agent.auth);
  await listener.emit('room:join', { room: ticket.room });
  const mine = ticket.as(await scene.get('visitor'));
  await mine.leave();
  await mine.join();
  await mine.typing(true);
  await mine.publish('hello');
  await ticket.metadata({ priority: 'high' });
  await ticket.close();
  await listener.waitFor('room:closed');
  for (const event of listener.events) checkEvent('tickets', event);
  const told = new Set(listener.events.map(({ name }) => name));
  assert.deepEqual([...told].sort(), messagesOf('tickets', 'send').map(({ name }) => name).sort());
  listener.close();
});

for (const { name, message, pointer } of messagesOf('tickets', 'receive')) {
  test(`${name} is answered as in its examples, and wrong ones are refused`, async () => {
    for (const example of message.examples) {
      const scene = world.scene();
      const { room } = await scene.get('ticket_made');
      const socket = await connect(server, world.agent.auth);
      const good = { ...(await scene.fill(example.payload)), room };
      const answer = await socket.emit(name, good);
      eventSchemas.check([...pointer, 'x-acknowledgement'], answer, `${name}, ${example.name}`);
      assert.equal(answer.error, undefined, JSON.stringify(answer));
      const wrong = [null, 'text', [], {}, { ...good, room: 5 }, { ...good, room: 'x' }];
      for (const [field, schema] of Object.entries(message.payload.properties)) {
        if (schema.type === 'boolean' || schema.type === 'object') wrong.push({ ...good, [field]: 'yes' });
        if (schema.type === 'string') wrong.push({ ...good, [field]: 5 });
        if (schema.maxLength) wrong.push({ ...good, [field]: 'x'.repeat(schema.maxLength + 1) });
      }
      for (const argument of wrong) {
        const refused = await socket.emit(name, argument);
        eventSchemas.check([...pointer, 'x-acknowledgement'], refused, `${name} ${JSON.stringify(argument)}`);
        assert.equal(refused.error?.code, 'invalid', JSON.stringify(argument));
      }
      socket.close();
    }
  });
}

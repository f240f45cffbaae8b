// The calls of ticket rooms are as docs/openapi.yaml says: each example is sent by each who may, each answer checked, and
// so are the mistakes that the schemas allow to make.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../lib/api.js';
import { operationsOf, schemaOf } from '../lib/document.js';
import { ExampleWorld, makeRequest, send } from '../lib/example_world.js';
import { startServer } from '../lib/server.js';

let server;
let world;
before(async () => {
  const started = await startServer();
  server = started.server;
  world = new ExampleWorld(server, started.demo);
});
after(() => server?.close());

const tickets = operationsOf('ticket');
assert.equal(tickets.length, 11);
const wrongFor = { string: [7, {}], boolean: ['yes', 1], object: ['one', 7] };

async function exchange(operation, caller, parts) {
  const scene = world.scene();
  const request = await makeRequest(scene, operation, parts);
  return send(caller === 'visitor' ? await scene.get('visitor') : caller, request);
}
const callersOf = (operation) => (operation.security.flat().includes('supportSession') ? [world.agent, 'visitor'] : [world.agent]);

for (const operation of tickets) {
  test(`${operation.name}: as in its examples, by each who may`, async () => {
    const bodies = operation.bodies.length > 0 ? operation.bodies.map(({ value }) => ({ body: value })) : [{}];
    const queries = operation.in('query').map(({ name, example }) => ({ query: { [name]: example } }));
    for (const caller of callersOf(operation)) {
      for (const parts of [...bodies, ...queries]) {
        const answer = await exchange(operation, caller, parts);
        assert.equal(answer.status, 200, `${operation.name} ${JSON.stringify(parts)}: ${answer.text}`);
        operation.check(answer, JSON.stringify(parts));
      }
    }
  });

  test(`${operation.name}: others are told that they may not`, async () => {
    const expect = async (caller, status) => {
      const answer = await exchange(operation, caller, {});
      operation.check(answer, 'by somebody else');
      assert.equal(answer.status, status, answer.text);
    };
    await expect(new Client(server), 401);
    await expect(new Client(server, { Authorization: 'Bearer x.y.z' }), 401);
    const stranger = await world.scene().get('visitor');
    await expect(stranger, 403);
    if (!operation.security.flat().includes('supportSession')) await expect('visitor', 403);
  });

  test(`${operation.name}: what is wrong is refused by its name`, async () => {
    const refused = async (parts, statuses, names) => {
      const answer = await exchange(operation, world.agent, parts);
      operation.check(answer, JSON.stringify(parts));
      assert.ok(statuses.includes(answer.status), `${operation.name} ${JSON.stringify(parts)}: ${answer.text}`);
      assert.ok(answer.body.error.message.includes(names), answer.text);
    };
    await refused({ path: { ticketId: 'a b' } }, [400], '128');
    for (const { name, schema } of operation.in('query')) {
      if (schema.type === 'integer') for (const value of ['x', '1.5', 0]) await refused({ query: { [name]: value } }, [400], name);
      else await refused({ query: { [name]: 'x' } }, [400], name);
    }
    if (operation.bodies.length === 0) return;
    const good = operation.bodies[0].value;
    for (const raw of ['{', '[]', 'null', '"text"', '[['.repeat(200)]) await refused({ raw }, [400], '');
    for (const name of operation.bodySchema.required ?? []) {
      const { [name]: _, ...body } = good;
      await refused({ body }, [400], name);
    }
    for (const [name, written] of Object.entries(operation.bodySchema.properties ?? {})) {
      const schema = schemaOf(written);
      for (const value of wrongFor[schema.type] ?? []) await refused({ body: { ...good, [name]: value } }, [400], name);
      if (schema.maxLength) await refused({ body: { ...good, [name]: 'x'.repeat(schema.maxLength + 1) } }, [400, 413], '');
    }
  });
}

// Every example of docs/openapi.yaml is sent to the server, and every answer is as the document says.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openapi, conversationOperations as operations, schemas } from '../lib/document.js';
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

async function exchange(operation, { way, status = 200, what, ...parts }) {
  const scene = world.scene();
  await scene.get('conversation');  // so that there is something to list and to find
  const answer = await send(await scene.caller(operation, way), await makeRequest(scene, operation, parts));
  operation.check(answer, what);
  if (status) assert.equal(answer.status, status, `${operation.name}, ${what}: ${answer.text}`);
  return answer;
}

for (const operation of operations) {
  const ways = operation.security.length > 0 ? operation.security : [[]];
  for (const { name, value, status } of operation.bodies) {
    test(`${operation.name}: ${name}`, async () => {
      for (const way of ways) await exchange(operation, { way, body: value, status, what: `the example "${name}"` });
    });
  }
  if (operation.bodies.length === 0) {
    const program = operation.details['x-needs-program'];
    const skip = program && !existsSync(`/usr/bin/${program}`) && `no ${program}`;
    test(operation.name, { skip }, async () => {
      const bare = operation.details['x-needs-one-of-its-parameters'] ? 400 : 200;
      for (const way of ways) await exchange(operation, { way, status: bare, what: 'with nothing that may be left out' });
    });
  }
  for (const parameter of operation.in('query').filter(({ required }) => !required)) {
    test(`${operation.name}: ${parameter.name}`, async () => {
      assert.ok(parameter.example !== undefined, `${parameter.name} has no example`);
      for (const way of ways) {
        await exchange(operation, { way, query: { [parameter.name]: parameter.example }, what: `with ${parameter.name}` });
      }
    });
  }
  if (operation.in('header').some(({ name }) => name === 'Idempotency-Key')) {
    test(`${operation.name}: sent twice it happens once, and a client id keeps to its body`, async () => {
      const scene = world.scene();
      const caller = await scene.caller(operation);
      const [first, other] = operation.bodies.filter(({ status }) => status === 200);
      const headers = { 'Idempotency-Key': `${operation.details.operationId}-twice` };
      const request = await makeRequest(scene, operation, { body: first?.value, headers });
      const answers = [await send(caller, request), await send(caller, request)];
      for (const answer of answers) operation.check(answer, 'with a client id');
      assert.deepEqual(answers[1].body, answers[0].body);
      if (!first || operation.details['x-answers-for-each']) return;
      const another = structuredClone(request);
      if (other) another.request.body = await scene.fill(other.value);
      else if (another.request.body.description) another.request.body.description = 'another one';
      else if (another.request.body.message) another.request.body.message.content = 'another one';
      else another.request.body.contact_id = (await world.scene().get('contact'));
      const refused = await send(caller, another);
      operation.check(refused, 'with the client id of another body');
      assert.equal(refused.status, 409, refused.text);
    });
  }
}

test('each documented answer is an example of its own schema', () => {
  const examples = [];
  const visit = (value, pointer) => {
    if (value === null || typeof value !== 'object') return;
    if (value.schema && value.example !== undefined && pointer.at(-2) === 'content') examples.push(pointer);
    for (const [name, part] of Object.entries(value)) visit(part, [...pointer, name]);
  };
  visit(openapi, []);
  assert.ok(examples.length > 20);
  for (const pointer of examples) {
    const { value } = schemas.resolve(pointer);
    schemas.check([...pointer, 'schema'], value.example, pointer.join('/'));
  }
});

test('each documented body is an example of its schema, unless it is there to be refused', () => {
  for (const operation of operations) {
    if (operation.bodyType !== 'application/json') continue;
    for (const { name, value, status } of operation.bodies) {
      if (status === 400) continue;
      const pointer = [...operation.pointer, 'requestBody', 'content', 'application/json', 'schema'];
      schemas.check(pointer, value, `${operation.name}, ${name}`);
    }
  }
});

// Whatever is wrong with a request, the answer is one that docs/openapi.yaml documents: the mistakes are made from the
// schemas of the document, one at a time, and so is every kind of caller who may not call.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../lib/api.js';
import { conversationOperations as operations, schemaOf } from '../lib/document.js';
import { ExampleWorld, makeRequest, Scene, send } from '../lib/example_world.js';
import { startServer } from '../lib/server.js';

let server;
let world;
before(async () => {
  const started = await startServer();
  server = started.server;
  world = new ExampleWorld(server, started.demo);
});
after(() => server?.close());

const unknownId = '507f1f77bcf86cd799439099';
const notIds = ['x', unknownId, '0'.repeat(24), 'f'.repeat(24), 'G'.repeat(24)];
const isId = (schema) => schemaOf(schema).pattern === '^[0-9a-f]{24}$';

async function expect(operation, client, request, statuses, what) {
  const answer = await send(client, request);
  operation.check(answer, what);
  assert.ok(statuses.includes(answer.status), `${operation.name}, ${what}: ${answer.status}, not ${statuses}: ${answer.text}`);
  return answer;
}

// The same for a request by the right caller with one thing changed.
async function refused(operation, parts, statuses, what) {
  const scene = world.scene();
  return expect(operation, await scene.caller(operation), await makeRequest(scene, operation, parts), statuses, what);
}

const secured = operations.filter(({ security }) => security.length > 0);

for (const operation of secured) {
  test(`${operation.name}: nobody, and somebody with a wrong token, is a 401`, async () => {
    const scene = world.scene();
    const request = await makeRequest(scene, operation);
    await expect(operation, new Client(server), request, [401], 'without a token');
    const strangers = [
      { Authorization: 'Bearer x.y.z' }, { Authorization: 'Basic dGVzczp0ZXNz' },
      { 'X-Support-Token': 'pst_x', 'X-Support-Session': 'x' }, { 'X-Support-Token': world.demo.support_token, 'X-Support-Session': 'x' },
    ];
    for (const headers of strangers) {
      if (operation.security.every((way) => !way.includes('supportSession')) && !headers.Authorization) continue;
      await expect(operation, new Client(server, headers), request, [401], JSON.stringify(headers));
    }
  });

  test(`${operation.name}: the other kind of caller may not`, async () => {
    const scene = world.scene();
    const request = await makeRequest(scene, operation);
    const ways = operation.security.flat();
    if (!ways.includes('agentToken')) await expect(operation, world.agent, request, [401, 403], 'an agent');
    if (!ways.includes('supportToken')) await expect(operation, await scene.get('visitor'), request, [401, 403], 'a visitor');
    if (operation.forAdmins) {
      const answer = await expect(operation, world.agent, request, [403], 'an agent who is no admin');
      assert.equal(answer.body.error, 'Forbidden');
    }
  });

  test(`${operation.name}: nothing of another account, nothing of a colleague's room`, async () => {
    if (operation.details['x-answers-for-each']) return;
    const scene = world.scene();
    const request = await makeRequest(scene, operation);
    const named = Scene.named([operation.bodies[0]?.value, operation.parameters.filter(({ required }) => required).map(({ example }) => example)]);
    const visitors = operation.security.flat().includes('supportSession');
    if (visitors && !operation.security.flat().includes('agentToken') && named.includes('room')) {
      await expect(operation, await world.scene().get('visitor'), request, [403, 404], 'another visitor');
    }
    if (operation.security.flat().includes('agentToken') && named.some((name) => ['room', 'contact', 'inbox'].includes(name))) {
      await expect(operation, world.outsider, request, operation.forAdmins ? [403] : named.includes('room') ? [404] : [403, 404], 'an agent of another account');
    }
    if (operation.security.flat().includes('agentToken') && named.includes('room') && !operation.forAdmins) {
      await scene.get('conversation');
      const answer = await expect(operation, world.colleague, request, [403], 'an agent who is not assigned');
      assert.equal(answer.body.message, 'Not assigned to room');
    }
  });
}

for (const operation of operations.filter(({ bodyType }) => bodyType === 'application/json')) {
  const schema = operation.bodySchema;
  const good = operation.bodies.find(({ status }) => status === 200).value;

  test(`${operation.name}: a body that is no JSON object is a 400`, async () => {
    for (const raw of ['{', '', '[]', 'null', '"text"', '{"a":1}}', '[['.repeat(200)]) {
      await refused(operation, { raw }, [400], `body ${raw.slice(0, 10)}`);
    }
  });

  test(`${operation.name}: a field that is required and missing is a 400 that names it`, async () => {
    for (const name of schema.required ?? []) {
      const { [name]: _, ...body } = good;
      const answer = await refused(operation, { body }, [400], `without ${name}`);
      assert.ok(answer.body.message.includes(name), answer.text);
    }
  });

  test(`${operation.name}: a field of the wrong type is a 400 that names it`, async () => {
    for (const [name, part] of fieldsOf(schema)) {
      for (const value of wrongFor(part)) {
        const answer = await refused(operation, { body: withField(good, name, value) }, [400], `${name} = ${JSON.stringify(value)}`);
        assert.ok(answer.body.message.includes(name.at(-1)), `${JSON.stringify(value)}: ${answer.text}`);
      }
    }
  });

  test(`${operation.name}: a value that is not allowed is a 400 that says what is`, async () => {
    for (const [name, part] of fieldsOf(schema)) {
      if (!part.enum) continue;
      const answer = await refused(operation, { body: withField(good, name, 'ajar') }, [400], `${name} = ajar`);
      for (const allowed of part.enum) assert.ok(answer.body.message.includes(allowed), answer.text);
    }
  });

  test(`${operation.name}: what is longer or more than documented is refused`, async () => {
    for (const [name, part] of fieldsOf(schema)) {
      for (const value of tooMuchFor(part, valueIn(good, name))) {
        const statuses = operation.details['x-answers-for-each'] ? [200, 400, 413] : [400, 413];
        await refused(operation, { body: withField(good, name, value) }, statuses, `${name}, too much of it`);
      }
    }
  });

  test(`${operation.name}: an id that is none is a 404`, async () => {
    for (const [name, part] of fieldsOf(schema)) {
      if (!isId(part) || valueIn(good, name) === undefined) continue;
      for (const value of notIds) await refused(operation, { body: withField(good, name, value) }, [404], `${name} = ${value}`);
    }
  });
}

for (const operation of operations.filter(({ parameters }) => parameters.length > 0)) {
  test(`${operation.name}: parameters that are wrong are refused`, async () => {
    for (const { name, schema: written } of operation.in('path')) {
      if (!isId(written)) continue;
      for (const value of notIds) await refused(operation, { path: { [name]: value } }, [404], `${name} = ${value}`);
    }
    for (const parameter of operation.in('query')) {
      for (const [value, statuses] of wrongQueries(parameter)) {
        await refused(operation, { query: { [parameter.name]: value } }, statuses, `${parameter.name} = ${JSON.stringify(value)}`);
      }
    }
  });
}

test('too many wrong passwords are a 429 that says when to try again', async () => {
  const operation = operations.find(({ details }) => details.operationId === 'logIn');
  const body = { email: 'nobody@juniper.example', password: 'guess' };
  const guess = async () => send(new Client(server), await makeRequest(world.scene(), operation, { body }));
  let answer = await guess();
  for (let tries = 0; answer.status === 401 && tries < 200; tries += 1) answer = await guess();
  operation.check(answer, 'after many');
  assert.equal(answer.status, 429, answer.text);
  assert.ok(Number(answer.headers.get('retry-after')) >= 1);
});

test('a body that is too large is a 413', async () => {
  const operation = operations.find(({ details }) => details.operationId === 'updateRoom');
  const body = { ...operation.bodies[0].value, notes: 'x'.repeat(1024 * 1024) };
  await refused(operation, { body }, [413], 'a megabyte of notes');
});

// Of an object schema: [name, schema], of the objects in it too, as a path.
function fieldsOf(schema, path = []) {
  return Object.entries(schema.properties ?? {}).flatMap(([name, written]) => {
    const part = schemaOf(written);
    const here = Object.assign([...path, name], { toString: () => [...path, name].join('.') });
    return [[here, part], ...(part.type === 'object' ? fieldsOf(part, here) : [])];
  });
}

const valueIn = (body, path) => path.reduce((at, name) => at?.[name], body);

function withField(body, path, value) {
  const copy = structuredClone(body);
  let at = copy;
  for (const name of path.slice(0, -1)) at = at[name] ??= {};
  at[path.at(-1)] = value;
  return copy;
}

function wrongFor(schema) {
  if (schema.oneOf || schema.anyOf) return [{}, true];
  const types = [schema.type ?? (schema.enum ? 'string' : undefined)].flat();
  const wrong = { string: [7, {}], integer: ['seven', 1.5], number: ['seven'], boolean: ['yes', 1], array: ['one', {}], object: ['one', 7] };
  return types.length === 1 || types.includes('null') ? wrong[types[0]] ?? [] : [];
}

function tooMuchFor(schema, good) {
  const values = [];
  if (schema.maxLength) values.push('x'.repeat(schema.maxLength + 1));
  if (schema.maxItems) {
    const [one] = good ?? (schemaOf(schema.items).type === 'object' ? [{ url: 'https://example.com/a.png' }] : []);
    values.push(Array.from({ length: schema.maxItems + 1 }, (_, index) => one ?? `tag ${index}`));
  }
  if (schema.maximum !== undefined) values.push(schema.maximum + 1);
  if (schema.minimum !== undefined) values.push(schema.minimum - 1);
  return values;
}

function wrongQueries({ name, schema: written, style, required }) {
  const schema = schemaOf(written);
  if (style === 'deepObject') {
    return Object.entries(schema.properties).flatMap(([part, partSchema]) =>
      wrongQueries({ name: part, schema: partSchema }).map(([value, statuses]) => [{ [part]: value }, statuses]));
  }
  const wrong = [];
  if (required) wrong.push([undefined, [400, 403]]);  // 403: a signed address without its signature
  if (isId(schema)) wrong.push(...notIds.map((id) => [id, [403, 404]]));
  else if (schema.enum) wrong.push(['ajar', [400]]);
  else if (schema.type === 'boolean') wrong.push(['perhaps', [400]]);
  else if (schema.type === 'integer') wrong.push(['x', [400]], ['1.5', [400]]);
  if (schema.minimum !== undefined) wrong.push([schema.minimum - 1, [400]]);
  if (schema.maximum !== undefined) wrong.push([schema.maximum + 1, [400]]);
  if (schema.maxLength !== undefined) wrong.push(['x'.repeat(schema.maxLength + 1), [400]]);
  return wrong;
}

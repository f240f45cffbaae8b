// The calls of the student support chat are as docs/openapi.yaml says: each example is sent, each answer checked, and so
// are the mistakes that can be made.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../lib/api.js';
import { operationsOf } from '../lib/document.js';
import { png } from '../lib/files.js';
import { startServer } from '../lib/server.js';
import { SupportClient, wav } from '../lib/student.js';

let server;
let student;
let admin;
let outsider;
let chatId;
let faqId;
before(async () => {
  const started = await startServer();
  server = started.server;
  student = new SupportClient(server, started.demo.student_jwt);
  admin = new SupportClient(server, started.demo.student_admin_jwt);
  outsider = new SupportClient(server, started.demo.agent2_jwt);
  chatId = (await student.say("I can't log in")).message.chat_id;
  faqId = (await admin.expect(201, 'POST', '/faq', { body: { question: 'Is this a test?', answer: 'It is.' } })).faq.id;
});
after(() => server?.close());

const files = { 'photo.png': png(2, 2), 'voice.wav': wav() };

function formOf(example) {
  const form = new FormData();
  for (const [name, value] of Object.entries(example)) {
    if (files[value]) form.append(name, new Blob([files[value]]), value);
    else form.append(name, name === 'chat_id' ? String(chatId) : value);
  }
  return form;
}

function requestOf(operation, { body = operation.bodies[0]?.value, query } = {}) {
  const path = operation.path.replace('{chat_id}', chatId).replace('{id}', faqId);
  const request = { query };
  if (operation.bodyType === 'multipart/form-data') request.form = formOf(body);
  else if (body === null) request.raw = '';
  else if (body !== undefined) request.body = 'chat_id' in body ? { ...body, chat_id: chatId } : body;
  return [operation.method, path, request];
}

const callersOf = (operation) => operation.security.flat().map((way) => (way === 'studentToken' ? student : admin));
// Deletes what the others change.
const inOrder = operationsOf('student').sort((a, b) => (a.method === 'DELETE') - (b.method === 'DELETE'));
assert.equal(inOrder.length, 20);

for (const operation of inOrder) {
  test(`${operation.name}: as in its examples, by each who may`, async () => {
    for (const caller of callersOf(operation)) {
      const answer = await caller.call(...requestOf(operation));
      operation.check(answer, 'the example');
      assert.ok([200, 201].includes(answer.status), answer.text);
      const dates = Object.fromEntries(operation.in('query').filter(({ schema }) => schema.format === 'date').map(({ name, example }) => [name, example]));
      for (const { name, example } of operation.in('query')) {
        const filtered = await caller.call(...requestOf(operation, { query: { ...dates, [name]: example } }));
        operation.check(filtered, `with ${name}`);
        assert.equal(filtered.status, 200, filtered.text);
      }
    }
  });

  test(`${operation.name}: nobody else may`, async () => {
    const strangers = [[new Client(server), 401], [new SupportClient(server, 'x.y.z'), 401], [outsider, 403]];
    if (!operation.security.flat().includes('studentToken')) strangers.push([student, 403]);
    if (!operation.security.flat().includes('agentToken')) strangers.push([admin, 403]);
    for (const [stranger, status] of strangers) {
      const answer = await stranger.call(...requestOf(operation));
      operation.check(answer, 'a stranger');
      assert.equal(answer.status, status, `${operation.name}: ${answer.text}`);
    }
  });

  if (operation.bodyType === 'application/json') {
    test(`${operation.name}: a body that is none is a 400`, async () => {
      const [method, path] = requestOf(operation);
      for (const raw of ['{', '[]', 'null', '"text"', '[['.repeat(200)]) {
        const answer = await admin.call(method, path, { raw });
        operation.check(answer, raw);
        assert.equal(answer.status, 400, answer.text);
      }
      for (const name of operation.bodySchema.required ?? []) {
        const { [name]: _, ...rest } = operation.bodies[0].value;
        const answer = await admin.call(...requestOf(operation, { body: rest }));
        operation.check(answer, `without ${name}`);
        assert.equal(answer.status, 400, answer.text);
        assert.match(answer.body.message, new RegExp(name));
      }
    });
  }

  if (operation.in('path').length > 0) {
    test(`${operation.name}: an id that is none`, async () => {
      const [method, , request] = requestOf(operation);
      for (const id of ['x', '-1', '1.5', '507f1f77bcf86cd799439011']) {
        const answer = await admin.call(method, operation.path.replace(/\{[a-z_]+\}/, id), request);
        operation.check(answer, id);
        assert.equal(answer.status, 400, answer.text);
      }
      const answer = await admin.call(method, operation.path.replace(/\{[a-z_]+\}/, '4503599627370495'), request);
      operation.check(answer, 'an id of nothing');
      assert.equal(answer.status, 404, answer.text);
    });
  }
}

// The calls of the student support chat are as docs/openapi.yaml says: each example is sent, each answer checked, and so
// are the mistakes that can be made.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../lib/api.js';
import { operationsOf } from '../lib/document.js';
import { checkEvent, eventSchemas, messagesOf } from '../lib/events_document.js';
import { png } from '../lib/files.js';
import { startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';
import { SupportClient, wav } from '../lib/student.js';

let server;
let student;
let second;
let admin;
let outsider;
let chatId;
let faqId;
before(async () => {
  const started = await startServer();
  server = started.server;
  student = new SupportClient(server, started.demo.student_jwt);
  second = new SupportClient(server, started.demo.student2_jwt);
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

test('what sockets are told and what they emit is as docs/asyncapi.yaml says', async () => {
  const sockets = { students: await connect(server, second.auth), administrators: await connect(server, admin.auth) };
  const screen = sockets.students;
  const desk = sockets.administrators;
  const { message } = await second.say('I want to talk to a person');
  const chat = message.chat_id;
  await screen.emit('support:send-message', { text: 'hello?' });
  await admin.say('Here I am', { chat_id: chat });
  for (const [channel, socket] of Object.entries(sockets)) {
    for (const { name, message: described, pointer } of messagesOf(channel, 'receive')) {
      const { payload } = described.examples[0];
      const filled = payload?.chat_id ? { ...payload, chat_id: chat } : name.includes('mark') ? message.id : chat;
      eventSchemas.check([...pointer, 'x-acknowledgement'], await socket.emit(name, filled), `${channel}: ${name}`);
    }
    await socket.emit('support:join-chat', 'x');
    await socket.emit('support:join-chat', chat);
  }
  await second.messages(chat);
  await admin.messages(chat);
  await screen.waitFor('message:status-updated', ({ status }) => status === 'read');
  await desk.waitFor('message:status-updated', ({ status }) => status === 'read');
  for (const [channel, socket] of Object.entries(sockets)) {
    const documented = messagesOf(channel, 'send').map(({ name }) => name);
    const told = new Set();
    for (const event of socket.events) {
      if (!documented.includes(event.name)) continue;
      checkEvent(channel, event);
      told.add(event.name);
    }
    assert.deepEqual([...told].sort(), documented.sort(), channel);
    if (channel === 'students') assert.deepEqual(socket.events.filter(({ name }) => !documented.includes(name)), []);
    socket.close();
  }
});

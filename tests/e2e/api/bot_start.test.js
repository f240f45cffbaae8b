// A server that has just started: it listens while its bot still learns, and whoever writes to the bot meanwhile waits for it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';
import { SupportClient, wav } from '../lib/student.js';

let server;
let demo;
let admin;
before(async () => {
  ({ server, demo } = await startServer());
  admin = new SupportClient(server, demo.student_admin_jwt);
  const intents = JSON.parse((await admin.support('GET', '/bot/intents')).text);
  intents.intents.find(({ id }) => id === 'LOGIN_PROBLEM').steps[0].text.en = 'Please knock three times.';
  assert.equal((await admin.support('PUT', '/bot/intents', { body: intents })).status, 200);
});
after(() => server?.close());

test('what is written before the bot has learned is answered by it, in order, and nothing else waits', async () => {
  const agent = new Agent(server, demo.admin_jwt);
  const visitor = await Visitor.open(server, demo);
  visitor.inboxId = (await agent.post('/inbox', { name: 'Shop', bot: true })).data._id;
  const [first, second] = [new SupportClient(server, demo.student_jwt), new SupportClient(server, demo.student2_jwt)];
  await first.chat();
  const { id: chat } = await second.chat();
  await server.stop();
  await server.start();

  const answered = [];
  const noted = (name, answer) => answer.then((value) => {
    answered.push(name);
    return value;
  });
  const said = noted('text', first.say("I can't log in"));
  const started = noted('room', visitor.createRoom("I can't log in"));
  const voice = noted('audio', first.upload('/messages/audio', 'audio', { blob: new Blob([wav()]), name: 'voice.wav' }));
  const tried = noted('trial', admin.expect(200, 'POST', '/bot/test', { body: { text: "I can't log in" } }));
  const screen = await connect(server, second.auth);
  const emitted = ['Hello', 'I forgot my password', 'thank you'].map((text) => noted('socket', screen.socket.emitWithAck('support:send-message', { text })));
  await second.chat();
  await agent.get('/room');
  assert.deepEqual(answered, [], 'answered before the bot had learned');

  assert.match((await said).bot_reply.text, /knock three times/);
  assert.equal((await voice).status, 201);
  assert.match((await tried).reply.text, /knock three times/);
  assert.equal((await agent.get(`/room/${(await started).id}`)).data.status, 'pending');
  assert.deepEqual((await Promise.all(emitted)).map(({ ok }) => ok), [true, true, true]);
  const texts = (await second.messages(chat)).filter(({ sender_role: role }) => role === 'student').map(({ text }) => text);
  assert.deepEqual(texts, ['Hello', 'I forgot my password', 'thank you']);
  assert.ok(server.log.lastIndexOf('listening on') < server.log.lastIndexOf('the bot has learned'), server.log);
  screen.close();
});

test('a person of the team writes before the bot has learned, and takes the chat from it', async () => {
  const student = new SupportClient(server, demo.student2_jwt);
  const { id } = await student.chat();
  await server.stop();
  await server.start();
  const said = student.say('hello?');
  await admin.say('A person is here', { chat_id: id });
  assert.equal((await student.chat()).status, 'admin_handling');
  assert.equal((await said).bot_reply, undefined);
});

test('a server that is stopped while the bot still learns ends, and what it has answered is there once', async () => {
  const student = new SupportClient(server, demo.student_jwt);
  await server.stop();
  await server.start();
  const said = student.say('I forgot my password').then(() => 1, () => 0);
  await student.chat();
  assert.equal((await server.stop()).code, 0);
  const answered = await said;
  await server.start();
  const { id } = await student.chat();
  const kept = (await student.messages(id)).filter(({ text }) => text === 'I forgot my password').length;
  assert.ok(kept <= 1 && kept >= answered, `${answered} answered, ${kept} kept`);
});

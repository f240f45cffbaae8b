// Students who wait too long for a person, chats across a restart, and accounts that accept what waiting students write.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Agent } from '../lib/api.js';
import { makeDataDir, startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';
import { SupportClient } from '../lib/student.js';

let server;
let demo;
let student;
let admin;
let screen;
let desk;
before(async () => {
  const config = join(await makeDataDir(), 'parlor.toml');
  await writeFile(config, 'waiting_alarm_seconds = 2\n');
  ({ server, demo } = await startServer({ args: ['--config', config] }));
  student = new SupportClient(server, demo.student_jwt);
  admin = new SupportClient(server, demo.student_admin_jwt);
  screen = await connect(server, student.auth);
  desk = await connect(server, admin.auth);
});
after(async () => {
  screen?.close();
  desk?.close();
  await server?.close();
});

test('who waits too long for a person is an alarm, once, and is told', async () => {
  const { message } = await student.say('I want to talk to a person');
  const alarm = await desk.waitFor('support:notification', ({ type }) => type === 'waiting_alarm');
  assert.equal(alarm.chat_id, message.chat_id);
  assert.equal(alarm.status, 'waiting_for_admin');
  const told = await screen.waitFor('message:receive', (data) => data.message.is_auto_reply && data.message.seq > message.seq + 3);
  assert.equal((await student.chat()).status, 'waiting_for_admin');
  assert.ok(told.message.text.length > 0);
  await admin.say('Here I am', { chat_id: message.chat_id });
  await screen.waitFor('conversation:update', ({ conversation }) => conversation.status === 'admin_handling');
  assert.equal(desk.all('support:notification', ({ type }) => type === 'waiting_alarm').length, 1);
});

test('where the account accepts it, waiting students write on, to people alone', async () => {
  await new Agent(server, demo.admin_jwt).patch('/account', { waiting_sends: 'accept' });
  const other = new SupportClient(server, demo.student2_jwt);
  await other.say('I want to talk to a person');
  assert.equal((await other.say('And one thing more')).bot_reply, undefined);
  assert.equal((await other.chat()).status, 'waiting_for_admin');
  await new Agent(server, demo.admin_jwt).patch('/account', { waiting_sends: 'block' });
  await other.expect(403, 'POST', '/messages', { body: { text: 'x' } });
});

test('a restart keeps the chat, its dialogue and its intents', async () => {
  const { id } = await student.chat();
  await student.say('Thank you, problem solved');
  await student.say("I can't log in");
  const before_ = await student.chat();
  await server.stop();
  await server.start();
  assert.deepEqual(await student.chat(), before_);
  assert.equal(before_.id, id);
  await student.say("This didn't work");
  assert.equal((await student.chat()).status, 'waiting_for_admin');
});

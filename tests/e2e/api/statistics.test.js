// Figures: the dashboard's, reports over days, and what a visitor is told before writing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, assertError, assertFields, Client, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';

let server;
let demo;
let agent;
let agent2;
let admin;
let outsider;
let visitor;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  agent2 = new Agent(server, demo.agent2_jwt);
  admin = new Agent(server, demo.admin_jwt);
  outsider = new Agent(server, demo.outsider_jwt);
  visitor = await Visitor.open(server, demo);
});
after(() => server?.close());

const widget = async (who = agent) => (await who.get('/widget')).data;
const stats = async (who, query) => (await who.get('/stats', query)).data;

test('the dashboard has the documented fields and follows what happens', async () => {
  const before = await agent.get('/widget');
  assert.deepEqual(Object.keys(before), ['success', 'data']);
  assert.deepEqual(Object.keys(before.data), [
    'total_rooms', 'open_rooms', 'pending_rooms', 'closed_rooms', 'avg_response_time', 'agent_stats',
  ]);
  assertFields(before, {
    success: true,
    data: {
      total_rooms: Number, open_rooms: Number, pending_rooms: Number, closed_rooms: Number,
      avg_response_time: Number,
      agent_stats: { active_agents: Number, available_seats: Number, current_load: Number },
    },
  });
  const [open, pending, closed] = await Promise.all(['a', 'b', 'c'].map((text) => visitor.createRoom(text)));
  await agent.patch('/room', { room_id: pending.id, status: 'pending' });
  await agent.patch('/room', { room_id: closed.id, status: 'closed' });
  await agent.assign(open.id, [demo.agent_conversation_id]);
  const now = await widget();
  assert.equal(now.total_rooms, before.data.total_rooms + 3);
  assert.equal(now.open_rooms, before.data.open_rooms + 1);
  assert.equal(now.pending_rooms, before.data.pending_rooms + 1);
  assert.equal(now.closed_rooms, before.data.closed_rooms + 1);
  assert.equal(now.agent_stats.current_load, before.data.agent_stats.current_load + 1);
  assert.equal((await widget(outsider)).total_rooms, 0);
});

test('a report counts today, by day and by agent', async () => {
  const room = await visitor.createRoom('How long does it take?');
  const earlier = await stats(admin);
  await agent2.send(room.id, 'a note', { type: 'note' });
  await agent2.send(room.id, 'Two days.');
  await visitor.send(room.id, 'Thanks');
  await agent2.patch('/room/status', { room_id: room.id, status: 'closed' });
  const report = await stats(admin);
  assert.equal(report.days.length, 30);
  assert.equal(report.timezone, 'UTC');
  const today = report.days.at(-1);
  assert.equal(today.date, report.to);
  assert.deepEqual(Object.keys(today), [
    'date', 'new', 'closed', 'first_response', 'wait', 'messages', 'bot', 'agents',
  ]);
  const grown = (pick) => pick(report.total) - pick(earlier.total);
  assert.equal(grown((total) => total.closed), 1);
  assert.equal(grown((total) => total.messages.customer), 1);
  assert.equal(grown((total) => total.messages.team), 1);
  assert.equal(grown((total) => total.first_response.count), 1);
  assertFields(report.total, {
    first_response: { count: Number, mean: Number, median: Number, p90: Number },
    bot: { answered: 0, escalated: 0, resolved: 0 },
  });
  const omar = report.agents.find((entry) => entry.conversation_id === demo.agent2_conversation_id);
  assertFields(omar, { closed: 1, messages: { customer: 0, team: 1 }, first_response: { count: 1 } });
  assert.ok(today.agents.some((entry) => entry.conversation_id === demo.agent2_conversation_id));

  const own = await stats(agent2, { agent: demo.agent2_conversation_id, inbox_id: demo.inbox_id });
  assertFields(own.total, { closed: 1, messages: { customer: 0, team: 1 } });
});

test('days without work are there too, and empty', async () => {
  const report = await stats(admin, { from: '2024-02-28', to: '2024-03-01' });
  assert.deepEqual(report.days.map((day) => day.date), ['2024-02-28', '2024-02-29', '2024-03-01']);
  assert.deepEqual(report.days[0].wait, { count: 0, mean: null, median: null, p90: null });
  assert.deepEqual(report.agents, []);
});

test('a report is for whom it concerns', async () => {
  assertError(await agent.call('GET', '/stats', { query: { agent: demo.agent2_conversation_id } }), 403);
  assertError(await agent.call('GET', '/stats', { query: { inbox_id: '0'.repeat(24) } }), 404);
  assertError(await agent.call('GET', '/stats', { query: { inbox_id: 'x' } }), 404);
  assertError(await outsider.call('GET', '/stats', { query: { inbox_id: demo.inbox_id } }), 404);
  assertError(await outsider.call('GET', '/stats', { query: { agent: demo.agent_conversation_id } }), 404);
  for (const path of ['/stats', '/widget']) {
    assertError(await visitor.call('GET', path), 401);
    assertError(await new Client(server).call('GET', path), 401, { error: 'Unauthorized' });
  }
});

test('a report says what is wrong with its days', async () => {
  for (const [query, message] of [
    [{ from: 'yesterday' }, /from must be a date/],
    [{ to: '2026-02-30' }, /to must be a date/],
    [{ from: '2026-03-02', to: '2026-03-01' }, /from must not be after to/],
    [{ from: '2020-01-01', to: '2026-01-01' }, /at most 366 days/],
  ]) {
    assertError(await admin.call('GET', '/stats', { query }), 400, { message });
  }
});

test('a visitor is told about the inbox, and of replies only with twenty of them', async () => {
  const answer = await visitor.get('/user/widget', { inbox_id: demo.inbox_id });
  assertFields(answer, {
    success: true,
    data: {
      inbox: { name: 'Juniper Lamps', icon: String }, open: true, opens_at: null, away_message: '', agents_online: Number,
      typical_reply_seconds: null, pre_chat_fields: ['name', 'email'],
      limits: { message_characters: 150000, attachments: 15, attachment_bytes: 26214400 },
    },
  });
  const room = await visitor.createRoom('first');
  await agent.send(room.id, 'answer');
  for (let n = 1; n < 20; n += 1) {
    await visitor.send(room.id, 'question');
    await agent.send(room.id, 'answer');
  }
  const { data } = await visitor.get('/user/widget', { inbox_id: demo.inbox_id });
  assert.equal(typeof data.typical_reply_seconds, 'number');
});

test('the site’s token is enough to ask, and the inbox must be its account’s', async () => {
  const early = new Client(server, { 'X-Support-Token': demo.support_token });
  assert.equal((await early.get('/user/widget', { inbox_id: demo.inbox_id })).data.inbox.name, 'Juniper Lamps');
  assertError(await visitor.call('GET', '/user/widget'), 400, { message: /inbox_id is required/ });
  for (const id of ['x', '0'.repeat(24)]) {
    assertError(await visitor.call('GET', '/user/widget', { query: { inbox_id: id } }), 404);
  }
  assertError(await new Client(server).call('GET', '/user/widget', { query: { inbox_id: demo.inbox_id } }), 401);
  assertError(await new Client(server).call('GET', '/user/widget'), 401);
  assertError(await agent.call('GET', '/user/widget', { query: { inbox_id: demo.inbox_id } }), 401);
});

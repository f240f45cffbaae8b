// Agents and their invitations, inboxes and their members (spec admin.md).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, assertError, assertFields, Client, hexId, isoTime, uniqueKey, Visitor } from '../lib/api.js';
import { startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';

let server;
let demo;
let admin;
let agent;
let outsider;
before(async () => {
  ({ server, demo } = await startServer());
  admin = new Agent(server, demo.admin_jwt);
  agent = new Agent(server, demo.agent_jwt);
  outsider = new Agent(server, demo.outsider_jwt);
});
after(() => server?.close());

const someone = (more = {}) => ({ name: 'Nour', email: `nour-${uniqueKey()}@juniper.example`, ...more });
const invite = async (more) => (await admin.post('/agent', someone(more))).data;
const tokenOf = (invited) => /^http:\/\/127\.0\.0\.1:\d+\/console#invitation=(pin_[\w-]+)$/.exec(invited.invitation_link)[1];
const join = async (invited, password = 'correct horse') =>
  new Client(server).call('POST', '/api/auth/invitation', { body: { token: tokenOf(invited), password } });

test('the team is listed, with what each of them is', async () => {
  const { success, data } = await agent.get('/agent');
  assert.equal(success, true);
  assert.equal(data.length, 3);
  for (const member of data) {
    assertFields(member, {
      _id: hexId, conversation_id: hexId, external_id: String, name: String, email: /@/, role: /^(agent|admin)$/, seat: true,
      capacity: Number, avatar: String, availability: /^(active|away)$/, deactivated: false, created_at: isoTime,
      invited_until: null,
    });
  }
  assert.deepEqual((await outsider.get('/agent')).data.map(({ email }) => email), ['olga@outsider.example']);
  assert.ok(!JSON.stringify(data).includes('argon2id'));
});

test('an invited agent sets a password once, is signed in, and can log in', async () => {
  const invited = await invite({ role: 'agent', seat: false, capacity: 3, avatar: 'https://juniper.example/n.png', external_id: uniqueKey() });
  assertFields(invited, { _id: hexId, conversation_id: hexId, name: 'Nour', seat: false, capacity: 3, avatar: 'https://juniper.example/n.png', invited_until: isoTime });
  const listed = (await admin.get('/agent')).data.find(({ _id }) => _id === invited._id);
  assert.equal(listed.invited_until, invited.invited_until);
  const login = (password) => new Client(server).call('POST', '/api/auth/login', { body: { email: invited.email, password } });
  assertError(await login('correct horse'), 401);

  const joined = await join(invited);
  assert.equal(joined.status, 200, joined.text);
  assertFields(joined.body, { token: String, expires_at: isoTime, agent: { _id: invited._id, conversation_id: invited.conversation_id, email: invited.email, role: 'agent', name: 'Nour' } });
  assert.equal((await new Agent(server, joined.body.token).call('GET', '/room')).status, 200);
  assert.equal((await login('correct horse')).status, 200);
  assertError(await join(invited, 'another horse'), 401, { message: /invitation/ });
  assert.equal((await login('correct horse')).status, 200, 'nothing was changed');
  assert.equal((await admin.get('/agent')).data.find(({ _id }) => _id === invited._id).invited_until, null);
});

test('an invitation with a bad password stays good; a bad invitation is 401', async () => {
  const invited = await invite();
  assertError(await join(invited, 'short'), 400, { message: /password/ });
  assertError(await join(invited, 'x'.repeat(1025)), 400, { message: /password/ });
  const anybody = new Client(server);
  for (const body of [{}, { token: 5, password: 'correct horse' }, { token: 'x' }, [], 'x']) {
    assertError(await anybody.call('POST', '/api/auth/invitation', { body }), 400);
  }
  for (const token of ['x', '', 'pin_'.padEnd(47, 'A'), 'x'.repeat(5000)]) {
    assertError(await anybody.call('POST', '/api/auth/invitation', { body: { token, password: 'correct horse' } }), 401);
  }
  assert.equal((await join(invited)).status, 200);
});

test('a new link ends the earlier one', async () => {
  const first = await invite();
  const { data: second } = await admin.post(`/agent/${first._id}/invitation`);
  assert.notEqual(second.invitation_link, first.invitation_link);
  assertError(await join(first), 401);
  assert.equal((await join(second)).status, 200);
});

test('twenty people with one link: one of them comes in', async () => {
  const invited = await invite();
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => join(invited, `password ${index}`)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.ok(answers.every(({ status }) => status === 200 || status === 401), answers.map(({ status }) => status).join());
});

test('inviting again with the same key is the same invitation', async () => {
  const body = someone();
  const headers = { 'Idempotency-Key': uniqueKey() };
  const first = await admin.ok('POST', '/agent', { body, headers });
  const again = await admin.ok('POST', '/agent', { body, headers });
  assert.deepEqual(again, first);
  assertError(await admin.call('POST', '/agent', { body: { ...body, name: 'Other' }, headers }), 409);
  assertError(await admin.call('POST', '/agent', { body }), 409, { message: /e-mail/ });
});

test('the link is absolute by what the request says, or by --public-url', async () => {
  const public_ = await startServer({ args: ['--public-url', 'https://chat.example.com'] });
  try {
    const invited = (await new Agent(public_.server, public_.demo.admin_jwt).post('/agent', someone())).data;
    assert.match(invited.invitation_link, /^https:\/\/chat\.example\.com\/console#invitation=pin_/);
  } finally {
    await public_.server.close();
  }
});

test('an agent is changed field by field', async () => {
  const made = await invite();
  const { data } = await admin.patch(`/agent/${made._id}`, { name: 'Nora', capacity: 0, seat: false, avatar: 'https://juniper.example/a.png' });
  assertFields(data, { _id: made._id, name: 'Nora', capacity: 0, seat: false, email: made.email, role: 'agent' });
  const email = `Nora-${uniqueKey()}@Juniper.example`;
  assert.equal((await admin.patch(`/agent/${made._id}`, { email })).data.email, email.toLowerCase());
  assert.equal((await admin.patch(`/agent/${made._id}`, { avatar: '' })).data.avatar, '');
});

const badAgents = [
  [{ name: '' }, /name/], [{ name: 5 }, /name/], [{ name: 'x'.repeat(101) }, /name/], [{ email: 'nobody' }, /email/],
  [{ role: 'owner' }, /role must be one of: agent, admin/], [{ capacity: -1 }, /capacity/], [{ capacity: 1e12 }, /capacity/],
  [{ capacity: '5' }, /capacity/], [{ capacity: 1.5 }, /capacity/], [{ seat: 'yes' }, /seat/], [{ avatar: 'http://x.test/a.png' }, /avatar/],
  [{ avatar: 'javascript:alert(1)' }, /avatar/],
];

test('bad input names its field', async () => {
  const made = await invite();
  for (const [bad, message] of badAgents) {
    assertError(await admin.call('POST', '/agent', { body: someone(bad) }), 400, { message });
    assertError(await admin.call('PATCH', `/agent/${made._id}`, { body: bad }), 400, { message });
  }
  assertError(await admin.call('POST', '/agent', { body: { name: 'x' } }), 400, { message: /email/ });
  assertError(await admin.call('PATCH', `/agent/${made._id}`, { body: {} }), 400, { message: /at least one/ });
  assertError(await admin.call('PATCH', `/agent/${made._id}`, { body: { deactivated: 'no' } }), 400, { message: /deactivated/ });
});

test('a deactivated agent is out at once, in every way, until reactivated', async () => {
  const invited = await invite();
  const { token } = (await join(invited)).body;
  const listener = await connect(server, { token });
  const ended = new Promise((done) => listener.socket.once('disconnect', done));
  assert.equal((await admin.patch(`/agent/${invited._id}`, { deactivated: true })).data.deactivated, true);
  await ended;
  assertError(await new Agent(server, token).call('GET', '/room'), 401);
  const login = () => new Client(server).call('POST', '/api/auth/login', { body: { email: invited.email, password: 'correct horse' } });
  const refused = await login();
  assertError(refused, 401);
  const unknown = await new Client(server).call('POST', '/api/auth/login', { body: { email: 'nobody@juniper.example', password: 'x' } });
  assert.equal(refused.text, unknown.text, 'as if nobody had that address');
  assertError(await admin.call('POST', `/agent/${invited._id}/invitation`), 409);
  await admin.patch(`/agent/${invited._id}`, { deactivated: false });
  assert.equal((await login()).status, 200);
});

test('a promoted agent sees every room at once, a demoted one no longer', async () => {
  const invited = await invite();
  const { token } = (await join(invited)).body;
  const promoted = new Agent(server, token);
  const room = (await (await Visitor.open(server, demo)).createRoom('hello')).id;
  assertError(await promoted.call('GET', `/room/${room}`), 403);
  const listener = await connect(server, { token });
  const again = new Promise((done) => listener.socket.once('disconnect', done));
  await admin.patch(`/agent/${invited._id}`, { role: 'admin' });
  await again;
  assert.equal((await promoted.call('GET', `/room/${room}`)).status, 200);
  assert.equal((await promoted.call('GET', '/audit')).status, 200);
  await admin.patch(`/agent/${invited._id}`, { role: 'agent' });
  assertError(await promoted.call('GET', `/room/${room}`), 403);
});

test('the last admin stays one', async () => {
  const { data } = await admin.get('/agent');
  const self = data.find(({ email }) => email === demo.admin_email);
  for (const body of [{ role: 'agent' }, { deactivated: true }]) {
    assertError(await admin.call('PATCH', `/agent/${self._id}`, { body }), 409, { message: /admin/ });
  }
  assert.equal((await admin.call('GET', '/audit')).status, 200);
});

test('an inbox is made with all of its fields', async () => {
  const { success, data } = await admin.post('/inbox', {
    name: 'Sales', icon: 'tag', channel: 'widget', algorithm: 'load_based', visibility: 'inbox', bot: true,
    away_message: 'Back at nine.', members: [demo.agent_conversation_id],
  });
  assert.equal(success, true);
  assertFields(data, {
    _id: hexId, name: 'Sales', icon: 'tag', channel: 'widget', algorithm: 'load_based', visibility: 'inbox', bot: true,
    away_message: 'Back at nine.', created_at: isoTime,
  });
  assert.equal(data.members.length, 1);
  assertFields(data.members[0], {
    conversation_id: demo.agent_conversation_id, user: { name: 'Tess Okafor', email: demo.agent_email }, role: 'agent', capacity: 20, current_load: 0,
  });
  assert.deepEqual((await agent.get(`/inbox/${data._id}`)).data, data);
  assert.deepEqual((await agent.get('/inbox')).data.find(({ _id }) => _id === data._id), data);
});

test('an inbox has opening hours, fields to ask for, and its figures', async () => {
  const hours = {
    timezone: 'Europe/Berlin', week: [['09:00', '17:30'], ['09:00', '24:00'], null, null, null, null, null], holidays: ['2026-12-25'],
  };
  const { data } = await admin.post('/inbox', { name: 'Office', hours, pre_chat_fields: ['email', 'name'], members: [demo.agent_conversation_id] });
  assert.deepEqual(data.hours, hours);
  assert.deepEqual(data.pre_chat_fields, ['name', 'email']);
  assert.deepEqual(data.statistics, { total_conversations: 0, active_conversations: 0, avg_response_time: 0 });
  await (await Visitor.open(server, { ...demo, inbox_id: data._id })).createRoom('hello');
  const { data: used } = await agent.get(`/inbox/${data._id}`);
  assertFields(used.statistics, { total_conversations: 1, active_conversations: 1 });
  assert.equal((await admin.patch(`/inbox/${data._id}`, { hours: null })).data.hours, null);
  for (const bad of [
    'nine to five', {}, { timezone: 'Mars/Olympus', week: hours.week }, { timezone: 'UTC', week: [] }, { timezone: 'UTC', week: Array(7).fill(['9', '5']) },
    { timezone: 'UTC', week: Array(7).fill(['17:00', '09:00']) }, { ...hours, holidays: ['tomorrow'] }, { ...hours, holidays: 5 }, { ...hours, weeks: 5 },
  ]) {
    assertError(await admin.call('PATCH', `/inbox/${data._id}`, { body: { hours: bad } }), 400, { message: /hours|timezone|week|holidays/ });
  }
  assertError(await admin.call('PATCH', `/inbox/${data._id}`, { body: { pre_chat_fields: ['password'] } }), 400, { message: /name, email, phone/ });
});

test('an inbox has sensible defaults', async () => {
  const { data } = await admin.post('/inbox', { name: 'Plain' });
  assertFields(data, { icon: '', channel: 'widget', algorithm: 'round_robin', visibility: 'assigned', bot: false, away_message: '', hours: null });
  assert.deepEqual(data.members, []);
  assert.deepEqual(data.pre_chat_fields, []);
});

test('an inbox is changed field by field, and keeps its channel', async () => {
  const { data } = await admin.post('/inbox', { name: 'Before', members: [demo.agent_conversation_id] });
  const changed = (await admin.patch(`/inbox/${data._id}`, { name: 'After', algorithm: 'manual', bot: true })).data;
  assert.deepEqual(changed, { ...data, name: 'After', algorithm: 'manual', bot: true });
  assertError(await admin.call('PATCH', `/inbox/${data._id}`, { body: { channel: 'student' } }), 409, { message: /channel/ });
  const swapped = (await admin.patch(`/inbox/${data._id}`, { members: [{ conversation_id: demo.agent2_conversation_id }] })).data;
  assert.deepEqual(swapped.members.map((member) => member.conversation_id), [demo.agent2_conversation_id]);
});

test('who joins an inbox sees its rooms at once, who leaves it no longer', async () => {
  const { data: inbox } = await admin.post('/inbox', { name: 'Door', algorithm: 'manual', members: [demo.agent2_conversation_id] });
  const visitor = await Visitor.open(server, { ...demo, inbox_id: inbox._id });
  const room = (await visitor.createRoom('hello')).id;
  assertError(await agent.call('GET', `/room/${room}`), 403);
  const before_ = await connect(server, agent.auth);
  const rejoin = new Promise((done) => before_.socket.once('disconnect', done));
  await admin.patch(`/inbox/${inbox._id}`, { members: [demo.agent_conversation_id, demo.agent2_conversation_id] });
  await rejoin;
  assert.equal((await agent.call('GET', `/room/${room}`)).status, 200);
  const listener = await connect(server, agent.auth);
  await visitor.send(room, 'are you there?');
  await listener.waitFor('newMessage', ({ message }) => message.content === 'are you there?');
  const left = new Promise((done) => listener.socket.once('disconnect', done));
  await admin.patch(`/inbox/${inbox._id}`, { members: [demo.agent2_conversation_id] });
  await left;
  assertError(await agent.call('GET', `/room/${room}`), 403);
});

test('a bad inbox names its field', async () => {
  const { data } = await admin.post('/inbox', { name: 'Good' });
  for (const [bad, message] of [
    [{ name: '' }, /name/], [{ name: 'x'.repeat(101) }, /name/], [{ icon: 5 }, /icon/], [{ bot: 'on' }, /bot/],
    [{ channel: 'fax' }, /channel must be one of: widget, student, order, ticket/],
    [{ algorithm: 'random' }, /algorithm must be one of: round_robin, load_based, manual/],
    [{ visibility: 'all' }, /visibility must be one of: assigned, inbox/], [{ members: 'x' }, /members/], [{ members: [5] }, /members/],
    [{ members: [{}] }, /members/], [{ away_message: 'x'.repeat(1001) }, /away_message/],
  ]) {
    assertError(await admin.call('POST', '/inbox', { body: { name: 'Bad', ...bad } }), 400, { message });
    assertError(await admin.call('PATCH', `/inbox/${data._id}`, { body: bad }), 400, { message });
  }
  for (const members of [['x'], [demo.inbox_id], ['f'.repeat(24)]]) {
    assertError(await admin.call('PATCH', `/inbox/${data._id}`, { body: { members } }), 404, { message: 'Agent not found' });
  }
  assertError(await admin.call('POST', '/inbox', { body: {} }), 400, { message: /name/ });
  assertError(await admin.call('PATCH', `/inbox/${data._id}`, { body: {} }), 400, { message: /at least one/ });
});

test('the same inbox twice with one key is one inbox', async () => {
  const options = { body: { name: 'Once' }, headers: { 'Idempotency-Key': uniqueKey() } };
  assert.deepEqual(await admin.ok('POST', '/inbox', options), await admin.ok('POST', '/inbox', options));
  assertError(await admin.call('POST', '/inbox', { ...options, body: { name: 'Twice' } }), 409);
});

test('nobody else writes: agents 403, visitors and strangers 401, another account 404', async () => {
  const made = await invite();
  const visitor = await Visitor.open(server, demo);
  const writes = [
    ['POST', '/agent', someone()], ['POST', `/agent/${made._id}/invitation`, undefined], ['PATCH', `/agent/${made._id}`, { name: 'x' }],
    ['POST', '/inbox', { name: 'x' }], ['PATCH', `/inbox/${demo.inbox_id}`, { name: 'x' }],
  ];
  const reads = [['GET', '/agent'], ['GET', '/inbox'], ['GET', `/inbox/${demo.inbox_id}`]];
  for (const [method, path, body] of [...writes, ...reads]) {
    for (const stranger of [visitor, new Client(server), new Client(server, { Authorization: `Bearer ${demo.support_token}` })]) {
      assertError(await stranger.call(method, path, { body }), 401);
    }
  }
  for (const [method, path, body] of writes) assertError(await agent.call(method, path, { body }), 403, { error: 'Forbidden' });
  const other = new Agent(server, demo.outsider_jwt);
  assertError(await other.call('GET', `/inbox/${demo.inbox_id}`), 404, { message: 'Inbox not found' });
  for (const id of ['x', 'f'.repeat(24), demo.account_id, "'"]) {
    assertError(await admin.call('GET', `/inbox/${id}`), 404, { message: 'Inbox not found' });
    assertError(await admin.call('PATCH', `/inbox/${id}`, { body: { name: 'x' } }), 404, { message: 'Inbox not found' });
    assertError(await admin.call('PATCH', `/agent/${id}`, { body: { name: 'x' } }), 404, { message: 'Agent not found' });
    assertError(await admin.call('POST', `/agent/${id}/invitation`), 404, { message: 'Agent not found' });
  }
  assert.deepEqual((await other.get('/inbox')).data, []);
});

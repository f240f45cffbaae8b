// The account: web sites, canned replies, host keys and settings, integrations, the audit log (spec admin.md).
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { Agent, assertError, assertFields, Client, hexId, isoTime, uniqueKey, Visitor } from '../lib/api.js';
import { parlorCli, startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';

let server;
let demo;
let admin;
let agent;
let foreignAdmin;
before(async () => {
  ({ server, demo } = await startServer());
  admin = new Agent(server, demo.admin_jwt);
  agent = new Agent(server, demo.agent_jwt);
  const { account_id: other } = JSON.parse(Buffer.from(demo.outsider_jwt.split('.')[1], 'base64url'));
  const secret = randomBytes(32).toString('base64url');
  await writeFile(`${server.dataDir}/other.key`, secret);
  const cli = (...args) => parlorCli(...args, '--data-dir', server.dataDir, '--account', other);
  await cli('account', 'add-key', '--secret', '--file', `${server.dataDir}/other.key`);
  await cli('agent', 'create', '--name', 'Omid', '--email', 'omid@outsider.example', '--role', 'admin');
  foreignAdmin = new Agent(server, hs256({ account_id: other, sub: '1', role: 'admin', email: 'omid@outsider.example' }, secret));
});
after(() => server?.close());

const soon = () => Math.floor(Date.now() / 1000) + 600;
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const hs256 = (claims, secret) => {
  const text = `${part({ alg: 'HS256' })}.${part({ exp: soon(), ...claims })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};
const rs256 = (claims, key, kid) => {
  const text = `${part({ alg: 'RS256', kid })}.${part({ exp: soon(), ...claims })}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
};
const hostClaims = () => ({ account_id: demo.account_id, sub: 'host-1', role: 'agent', email: demo.agent_email });
const statusOf = async (token) => (await new Agent(server, token).call('GET', '/room')).status;
const del = (client, path) => client.call('DELETE', path);

test('web sites are listed, with when they were last seen, and without their secret', async () => {
  const { data: made } = await admin.post('/token', { name: 'Shop', domain: 'shop.test', scopes: ['chat'], expiry_time: Date.now() + 13 * 864e5 });
  assertFields(made, { _id: hexId, token: /^pst_/, name: 'Shop', domain: ['shop.test'], scopes: ['chat'], created_at: isoTime });
  const listed = async () => (await agent.get('/token')).data.find(({ _id }) => _id === made._id);
  assertFields(await listed(), { name: 'Shop', last_seen: null, expired: false, ends_soon: true });
  assert.ok(!JSON.stringify(await agent.get('/token')).includes(made.token));
  await Visitor.open(server, { ...demo, support_token: made.token });
  assert.match((await listed()).last_seen, isoTime);
});

test('a revoked site is out at once', async () => {
  const { data: made } = await admin.post('/token', { name: 'Gone' });
  const visitor = await Visitor.open(server, { ...demo, support_token: made.token });
  const listener = await connect(server, visitor.auth);
  const ended = new Promise((done) => listener.socket.once('disconnect', done));
  const { status, body } = await del(admin, `/token/${made._id}`);
  assert.equal(status, 200);
  assert.equal(body.data._id, made._id);
  await ended;
  assertError(await visitor.call('GET', '/user/room'), 401);
  assert.ok(!(await admin.get('/token')).data.some(({ _id }) => _id === made._id));
  assert.equal((await del(admin, `/token/${made._id}`)).status, 200, 'again is fine');
});

test('the same token twice with one key is one token, and the same secret', async () => {
  const options = { body: { name: 'Once', domain: 'once.test' }, headers: { 'Idempotency-Key': uniqueKey() } };
  const [first, again] = await Promise.all([admin.ok('POST', '/token', options), admin.ok('POST', '/token', options)]);
  assert.deepEqual(again, first);
  await Visitor.open(server, { ...demo, support_token: again.data.token });
  assertError(await admin.call('POST', '/token', { ...options, body: { name: 'Twice' } }), 409);
});

test('canned replies: made, read by their inbox, filled in for a room, changed, deleted', async () => {
  const { data: hi } = await admin.post('/canned', { short_code: '/Hi', text: 'Hi {{contact.name | there}}, {{agent.name}} here.' });
  assertFields(hi, { _id: hexId, short_code: 'hi', inbox_id: null, created_at: isoTime, updated_at: isoTime });
  const { data: closed } = await admin.post('/inbox', { name: 'Closed', members: [demo.agent2_conversation_id] });
  const { data: own } = await admin.post('/canned', { short_code: 'hi', text: 'Own', inbox_id: closed._id });
  assert.equal(own.inbox_id, closed._id);
  const codes = async (client, query) => (await client.get('/canned', query)).data.map(({ _id }) => _id);
  assert.deepEqual(await codes(agent), [hi._id]);
  assert.deepEqual((await codes(new Agent(server, demo.agent2_jwt))).sort(), [hi._id, own._id].sort());
  assert.deepEqual((await codes(admin, { inbox_id: demo.inbox_id })), [hi._id]);
  assertError(await agent.call('GET', '/canned', { query: { inbox_id: closed._id } }), 403);

  const named = await Visitor.open(server, demo, { name: 'Vera' });
  const nameless = await Visitor.open(server, demo);
  for (const [visitor, text] of [[named, 'Hi Vera, Tess Okafor here.'], [nameless, 'Hi there, Tess Okafor here.']]) {
    const room = (await visitor.createRoom('hello')).id;
    const { data } = await agent.get('/canned', { room_id: room });
    assert.equal(data[0].rendered, text);
  }
  const { data: moved } = await admin.patch(`/canned/${own._id}`, { short_code: 'hey', text: 'Hey', inbox_id: null });
  assertFields(moved, { short_code: 'hey', text: 'Hey', inbox_id: null });
  for (const { _id } of [hi, own]) assert.equal((await del(admin, `/canned/${_id}`)).status, 200);
  assertError(await del(admin, `/canned/${hi._id}`), 404, { message: 'Canned reply not found' });
  assert.deepEqual(await codes(admin), []);
});

test('bad canned replies name their field', async () => {
  const { data: good } = await admin.post('/canned', { short_code: 'good', text: 'Good' });
  for (const [bad, message, status = 400] of [
    [{ short_code: '' }, /short_code/], [{ short_code: 'two words' }, /short_code/], [{ short_code: 'x'.repeat(41) }, /short_code/],
    [{ text: ' ' }, /text/], [{ text: 'x'.repeat(10001) }, /text/], [{ text: '{{contact.password}}' }, /contact\.name/],
    [{ text: 'open {{contact.name' }, /\}\}/], [{ text: 5 }, /text/], [{ inbox_id: 5 }, /inbox_id/], [{ inbox_id: 'x' }, /Inbox/, 404],
    [{ inbox_id: demo.account_id }, /Inbox/, 404],
  ]) {
    assertError(await admin.call('POST', '/canned', { body: { short_code: uniqueKey(), text: 'x', ...bad } }), status, { message });
    assertError(await admin.call('PATCH', `/canned/${good._id}`, { body: bad }), status, { message });
  }
  assertError(await admin.call('POST', '/canned', { body: { short_code: 'GOOD', text: 'x' } }), 409, { message: /good/ });
  assertError(await admin.call('PATCH', `/canned/${good._id}`, { body: {} }), 400, { message: /at least one/ });
  await del(admin, `/canned/${good._id}`);
});

test('the account shows its settings, and never a secret', async () => {
  const { data } = await agent.get('/account');
  assertFields(data, {
    _id: demo.account_id, name: 'Juniper Lamps (demo)', client_code: demo.order_client.client, waiting_sends: 'block', placeholders: {},
    limits: { attachment_bytes: 26214400, message_characters: 150000, attachments: 15 }, created_at: isoTime,
  });
  assert.deepEqual(data.host_keys, []);
  assert.equal(data.identity_key, undefined);
});

test('settings change one by one', async () => {
  const placeholders = { reset_url: 'https://juniper.example/reset', hours: '9:00 to 17:00' };
  const { data } = await admin.patch('/account', { client_code: 'lamps', waiting_sends: 'accept', placeholders, limits: { attachment_bytes: 1000 } });
  assertFields(data, { client_code: 'lamps', waiting_sends: 'accept', placeholders, limits: { attachment_bytes: 1000 } });
  const { data: renamed } = await admin.patch('/account', { name: 'Juniper' });
  assert.deepEqual(renamed, { ...data, name: 'Juniper' });
  const { data: back } = await admin.patch('/account', { name: 'Juniper Lamps (demo)', client_code: demo.order_client.client, waiting_sends: 'block', placeholders: {}, limits: { attachment_bytes: 26214400 } });
  assert.deepEqual(back, (await admin.get('/account')).data);
});

test('bad settings name their field, unknown ones too', async () => {
  const before_ = (await admin.get('/account')).data;
  for (const [body, message] of [
    [{}, /at least one/], [{ nmae: 'x' }, /nmae/], [{ name: '' }, /name/], [{ waiting_sends: 'maybe' }, /waiting_sends must be one of: block, accept/],
    [{ placeholders: [] }, /placeholders/], [{ placeholders: { hours: 5 } }, /placeholders/], [{ placeholders: { 'Two Words': 'x' } }, /placeholders/],
    [{ placeholders: { x: 'x'.repeat(1001) } }, /placeholders\.x/], [{ limits: { attachment_bytes: 0 } }, /attachment_bytes/],
    [{ limits: { attachment_bytes: 26214401 } }, /attachment_bytes/], [{ limits: { message_characters: 5 } }, /limits\.message_characters/],
    [{ client_code: 'x'.repeat(101) }, /client_code/], [{ rotate_identity_key: 'yes' }, /rotate_identity_key/], [{ add_host_keys: {} }, /add_host_keys/],
    [{ add_host_keys: ['x'] }, /add_host_keys/], [{ add_host_keys: [{}] }, /pem, jwks and secret/], [{ add_host_keys: [{ pem: 'x' }] }, /PEM/],
    [{ add_host_keys: [{ secret: 'short' }] }, /32 bytes/], [{ add_host_keys: [{ secret: 'x'.repeat(32), pem: 'y' }] }, /one of/],
    [{ add_host_keys: [{ jwks: { keys: [] } }] }, /no key/], [{ remove_host_keys: 'x' }, /remove_host_keys/],
  ]) {
    assertError(await admin.call('PATCH', '/account', { body }), 400, { message });
  }
  assertError(await admin.call('PATCH', '/account', { body: { name: 'Half', remove_host_keys: ['x'] } }), 404, { message: 'Host key not found' });
  assert.deepEqual((await admin.get('/account')).data, before_, 'nothing was changed by half');
});

test('the identity key is rotated, shown once, and what the old one signed is refused', async () => {
  const { data } = await admin.patch('/account', { rotate_identity_key: true });
  assert.ok(data.identity_key.length >= 32);
  assert.equal((await admin.get('/account')).data.identity_key, undefined);
  const vouched = (key) => ({ device_id: uniqueKey(), identifier: 'u-1', identifier_hash: createHmac('sha256', key).update('u-1').digest('hex') });
  const site = new Client(server, { 'X-Support-Token': demo.support_token });
  assert.equal((await site.post('/session', vouched(data.identity_key))).session.verified, true);
  const { data: next } = await admin.patch('/account', { rotate_identity_key: true });
  assert.notEqual(next.identity_key, data.identity_key);
  assertError(await site.call('POST', '/session', { body: vouched(data.identity_key) }), 401);
});

test('host keys come and go: PEM, JWKS, secret; removed, their tokens and sockets end', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const second = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const jwks = { keys: [{ ...second.publicKey.export({ format: 'jwk' }), kid: 'two', use: 'sig' }] };
  const secret = randomBytes(32).toString('base64url');
  const { data } = await admin.patch('/account', { add_host_keys: [{ pem, key_id: 'one' }, { jwks }, { secret }] });
  assert.equal(data.host_keys.length, 3);
  assert.ok(!JSON.stringify(data).includes(secret));
  for (const key of data.host_keys) assertFields(key, { fingerprint: /^[0-9a-f]{32}$/, key_id: String, algorithm: /^(HS|RS)256$/ });
  const tokens = {
    one: rs256(hostClaims(), privateKey, 'one'), two: rs256(hostClaims(), second.privateKey, 'two'), '': hs256(hostClaims(), secret),
  };
  for (const token of Object.values(tokens)) assert.equal(await statusOf(token), 200);

  const listener = await connect(server, { token: tokens.one });
  const ended = new Promise((done) => listener.socket.once('disconnect', done));
  const [one] = data.host_keys.filter(({ key_id: id }) => id === 'one');
  const { data: rest } = await admin.patch('/account', { remove_host_keys: [one.fingerprint] });
  assert.equal(rest.host_keys.length, 2);
  await ended;
  assert.equal(await statusOf(tokens.one), 401, 'although it was verified before');
  assert.equal(await statusOf(tokens.two), 200);

  const cli = async (...args) => JSON.parse(await parlorCli('account', ...args, '--data-dir', server.dataDir, '--account', demo.account_id));
  assert.deepEqual((await cli('keys')).keys, rest.host_keys);
  for (const { fingerprint } of rest.host_keys) await cli('remove-key', '--key', fingerprint);
  for (const token of Object.values(tokens)) assert.equal(await statusOf(token), 401);
  assert.equal(await statusOf(demo.agent_jwt), 200, 'log-in tokens go on');
});

test('integrations: a key shown once, listed without it, deleted', async () => {
  const options = { body: { name: 'Order desk' }, headers: { 'Idempotency-Key': uniqueKey() } };
  const { data } = await admin.ok('POST', '/integration', options);
  assertFields(data, { _id: hexId, name: 'Order desk', key: /^pik_[\w-]{43}$/, created_at: isoTime });
  assert.deepEqual((await admin.ok('POST', '/integration', options)).data, data);
  const { key, ...shown } = data;
  assert.deepEqual((await agent.get('/integration')).data.filter(({ _id }) => _id === shown._id), [shown]);
  assert.deepEqual((await del(admin, `/integration/${data._id}`)).body.data, shown);
  assertError(await del(admin, `/integration/${data._id}`), 404, { message: 'Integration not found' });
  assertError(await admin.call('POST', '/integration', options), 410);
  for (const body of [{}, { name: '' }, { name: 'x'.repeat(101) }, { name: 5 }]) {
    assertError(await admin.call('POST', '/integration', { body }), 400, { message: /name/ });
  }
});

test('the audit log says who did what, newest first, page by page', async () => {
  const { data: inbox } = await admin.post('/inbox', { name: 'Watched', members: [demo.agent_conversation_id] });
  await admin.patch(`/inbox/${inbox._id}`, { name: 'Seen', algorithm: 'manual' });
  await parlorCli('token', 'create', '--data-dir', server.dataDir, '--account', demo.account_id, '--name', 'By shell');
  const { data } = await admin.get('/audit', { limit: 4 });
  assert.deepEqual(data.entries.map(({ action }) => action), ['token.created', 'inbox.updated', 'inbox.member_added', 'inbox.created']);
  const [shell, updated] = data.entries;
  assert.deepEqual(shell.actor, { conversation_id: null, name: 'server operator' });
  assert.deepEqual(shell.subject.name, 'By shell');
  assertFields(updated, {
    number: Number, at: isoTime, actor: { conversation_id: hexId, name: 'Ada Admin' }, subject: { kind: 'inbox', _id: inbox._id, name: 'Seen' },
    changes: [{ field: 'name', from: 'Watched', to: 'Seen' }, { field: 'algorithm', from: 'round_robin', to: 'manual' }],
  });
  const numbers = [];
  for (let cursor; cursor !== null; ) {
    const page = (await admin.get('/audit', { limit: 7, cursor })).data;
    numbers.push(...page.entries.map(({ number }) => number));
    cursor = page.cursor;
  }
  assert.deepEqual(numbers, Array.from({ length: numbers.length }, (_, index) => numbers.length - index), 'dense, without a gap');
  assert.equal((await admin.get('/audit', { limit: 100, cursor: 2 })).data.entries[0].action, 'account.created');
  for (const query of [{ limit: 0 }, { limit: 'x' }, { cursor: 'x' }, { cursor: -1 }]) {
    assertError(await admin.call('GET', '/audit', { query }), 400);
  }
});

test('nobody else writes, and each account keeps to itself', async () => {
  const { data: token } = await admin.post('/token', { name: 'Mine' });
  const { data: canned } = await admin.post('/canned', { short_code: uniqueKey(), text: 'x' });
  const { data: integration } = await admin.post('/integration', { name: 'Mine' });
  const own = [
    ['DELETE', `/token/${token._id}`], ['PATCH', `/canned/${canned._id}`, { text: 'y' }], ['DELETE', `/canned/${canned._id}`],
    ['DELETE', `/integration/${integration._id}`],
  ];
  const writes = [
    ...own, ['POST', '/token', { name: 'x' }], ['POST', '/canned', { short_code: 'x', text: 'x' }], ['PATCH', '/account', { name: 'x' }],
    ['POST', '/integration', { name: 'x' }], ['GET', '/audit'],
  ];
  const reads = [['GET', '/token'], ['GET', '/canned'], ['GET', '/account'], ['GET', '/integration']];
  const visitor = await Visitor.open(server, demo);
  for (const [method, path, body] of [...writes, ...reads]) {
    for (const stranger of [visitor, new Client(server)]) assertError(await stranger.call(method, path, { body }), 401);
  }
  for (const [method, path, body] of writes) assertError(await agent.call(method, path, { body }), 403, { error: 'Forbidden' });
  for (const [method, path, body] of own) assertError(await foreignAdmin.call(method, path, { body }), 404);
  for (const [method, path] of own) {
    for (const id of ['x', 'f'.repeat(24), demo.inbox_id]) {
      const body = method === 'PATCH' ? { text: 'y' } : undefined;
      assertError(await admin.call(method, `${path.slice(0, path.lastIndexOf('/'))}/${id}`, { body }), 404);
    }
  }
  for (const [, path] of [['GET', '/canned'], ['GET', '/integration'], ['GET', '/token']]) assert.deepEqual((await foreignAdmin.get(path)).data, []);
  assert.notEqual((await foreignAdmin.get('/account')).data._id, demo.account_id);
  assert.ok(!JSON.stringify(await foreignAdmin.get('/audit')).includes('Mine'));
  assert.equal((await admin.get('/canned')).data.length, 1, 'all is still there');
});

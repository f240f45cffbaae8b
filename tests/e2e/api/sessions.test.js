// Who is calling: sessions of visitors, support tokens, log-in, forged tokens.
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { Agent, assertError, assertFields, Client, hexId, isoTime, Visitor } from '../lib/api.js';
import { parlorCli, startServer } from '../lib/server.js';
import { assertRefused, connect } from '../lib/sockets.js';

let server;
let demo;
before(async () => ({ server, demo } = await startServer()));
after(() => server?.close());

const site = (token = demo.support_token) => new Client(server, { 'X-Support-Token': token });
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const parts = (jwt) => jwt.split('.');
const claimsOf = (jwt) => JSON.parse(Buffer.from(parts(jwt)[1], 'base64url'));
const headerOf = (jwt) => JSON.parse(Buffer.from(parts(jwt)[0], 'base64url'));

function signed(header, claims, key) {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

test('the demo account has what was promised', () => {
  assertFields(demo, {
    account_id: hexId, inbox_id: hexId, admin_jwt: String, agent_jwt: String, agent2_jwt: String,
    outsider_jwt: String, agent_email: /@/, agent_password: String, support_token: String,
  });
  const year = 365 * 86_400;
  for (const name of ['admin_jwt', 'agent_jwt', 'agent2_jwt', 'outsider_jwt']) {
    const { exp } = claimsOf(demo[name]);
    assert.ok(Math.abs(exp - Date.now() / 1000 - year) < 2 * 86_400, `${name} lasts a year`);
  }
});

test('a session names the visitor of a device', async () => {
  const answer = await site().post('/session', { device_id: 'device-1', name: 'Maya', email: 'maya@example.test' });
  assertFields(answer, {
    success: true,
    session: { session_id: String, conversation_id: hexId, contact_id: hexId, verified: false, expires_at: isoTime },
  });
  const again = await site().post('/session', { device_id: 'device-1' });
  assert.equal(again.session.contact_id, answer.session.contact_id);
  const other = await site().post('/session', { device_id: 'device-2' });
  assert.notEqual(other.session.contact_id, answer.session.contact_id);
});

test('where the visitor is can be said at the beginning and later; what is left out stays', async () => {
  const visitor = await Visitor.open(server, demo, { language: 'ar-JO', timezone: 'Asia/Amman', page: '/' });
  const admin = new Agent(server, demo.admin_jwt);
  const session = async () => (await admin.get(`/conversation/${visitor.session.conversation_id}`)).sessions[0];
  assertFields(await session(), { language: 'ar-JO', timezone: 'Asia/Amman', page: '/' });
  assert.deepEqual(await visitor.patch('/session', { page: '/care/alder-dome' }), { success: true });
  assertFields(await session(), { language: 'ar-JO', timezone: 'Asia/Amman', page: '/care/alder-dome' });
  for (const body of [{ page: 'x'.repeat(1001) }, { language: 'x'.repeat(36) }, { timezone: 5 }, { page: 'a\nb' }]) {
    assertError(await visitor.call('PATCH', '/session', { body }), 400);
  }
  assertError(await site().call('PATCH', '/session', { body: { page: '/' } }), 401);
  const silent = await Visitor.open(server, demo);
  const { sessions } = await admin.get(`/conversation/${silent.session.conversation_id}`);
  for (const field of ['language', 'timezone', 'page']) assert.equal(field in sessions[0], false, field);
});

test('a support token may come as Bearer', async () => {
  const client = new Client(server, { Authorization: `Bearer ${demo.support_token}` });
  assert.equal((await client.post('/session', { device_id: 'bearer' })).success, true);
});

test('a session needs a valid support token and a device', async () => {
  assertError(await new Client(server).call('POST', '/session', { body: { device_id: 'd' } }), 401, { error: 'Unauthorized' });
  assertError(await site('wrong').call('POST', '/session', { body: { device_id: 'd' } }), 401, { error: 'Unauthorized' });
  assertError(await site().call('POST', '/session', { body: {} }), 400, { message: /device_id/ });
  assertError(await site().call('POST', '/session', { body: { device_id: 5 } }), 400, { message: /device_id/ });
});

test('an identifier with a wrong hash is refused', async () => {
  const body = { device_id: 'd', identifier: 'user-7', identifier_hash: randomBytes(32).toString('hex') };
  assertError(await site().call('POST', '/session', { body }), 401, { error: 'Unauthorized' });
});

test('a session on another device is refused, without a device it passes', async () => {
  const visitor = await Visitor.open(server, demo);
  const stolen = visitor.with({ 'X-Device-Id': 'another' });
  for (const [method, path, body] of [
    ['GET', '/user/room'], ['POST', '/user/room', { inbox_id: demo.inbox_id, description: 'x' }], ['GET', '/sync'],
    ['GET', '/user/message?room_id=000000000000000000000000'],
    ['POST', '/user/message', { room_id: '000000000000000000000000', message: { content: 'x' } }],
  ]) {
    assertError(await stolen.call(method, path, { body }), 401, { error: 'Unauthorized' });
  }
  await assertRefused(server, { ...visitor.auth, device_id: 'another' });
  const { 'X-Device-Id': _, ...headers } = visitor.headers;
  assert.equal((await new Client(server, headers).call('GET', '/user/room')).status, 200);
});

test('the session may come as support_session', async () => {
  const visitor = await Visitor.open(server, demo);
  const client = new Client(server, { 'X-Support-Token': demo.support_token, support_session: visitor.session.session_id });
  assert.equal((await client.call('GET', '/user/room')).status, 200);
});

test('log-out ends the session and its socket', async () => {
  const visitor = await Visitor.open(server, demo);
  const listener = await connect(server, visitor.auth);
  const closed = new Promise((done) => listener.socket.once('disconnect', done));
  await visitor.ok('DELETE', '/session');
  await closed;
  assertError(await visitor.call('GET', '/user/room'), 401);
  await assertRefused(server, visitor.auth);
});

test('a session that never was is refused', async () => {
  const visitor = await Visitor.open(server, demo);
  for (const forged of ['', 'x', randomBytes(24).toString('hex'), visitor.session.session_id.slice(0, -1)]) {
    assertError(await visitor.with({ 'X-Support-Session': forged }).call('GET', '/user/room'), 401);
  }
});

test('only an admin makes support tokens, and they keep to their sites', async () => {
  const agent = new Agent(server, demo.agent_jwt);
  assertError(await agent.call('POST', '/token', { body: { domain: 'shop.test' } }), 403, { error: 'Forbidden' });
  const admin = new Agent(server, demo.admin_jwt);
  const { data } = await admin.post('/token', { domain: ['shop.test', 'other.test'], scopes: [], expiry_time: 0 });
  assert.equal(typeof data.token, 'string');
  const from = (origin) => site(data.token).call('POST', '/session', {
    body: { device_id: 'd' }, headers: origin ? { Origin: origin } : {},
  });
  assert.equal((await from('https://shop.test')).status, 200);
  assert.equal((await from('https://www.shop.test:8443')).status, 200);
  assert.equal((await from(null)).status, 200);
  const refused = await from('https://evil.test');
  assertError(refused, 401, { message: /evil\.test/ });
  assert.match(refused.body.message, /shop\.test/);
  assertError(await from('https://notshop.test'), 401);
});

test('a support token that has ended is refused', async () => {
  const admin = new Agent(server, demo.admin_jwt);
  const { data } = await admin.post('/token', { domain: 'shop.test', expiry_time: Date.now() + 1500 });
  assert.equal((await site(data.token).call('POST', '/session', { body: { device_id: 'd' } })).status, 200);
  for (let status = 200; status !== 401; ) {
    ({ status } = await site(data.token).call('POST', '/session', { body: { device_id: 'd' } }));
    await new Promise((next) => setTimeout(next, 100));
  }
});

test('an agent logs in', async () => {
  const answer = await new Client(server).post('/api/auth/login', { email: demo.agent_email, password: demo.agent_password });
  assertFields(answer, {
    token: String, expires_at: isoTime,
    agent: { _id: hexId, conversation_id: hexId, name: String, email: demo.agent_email, role: 'agent' },
  });
  assert.equal((await new Agent(server, answer.token).call('GET', '/room')).status, 200);
  const shouted = { email: demo.agent_email.toUpperCase(), password: demo.agent_password };
  assert.equal((await new Client(server).call('POST', '/api/auth/login', { body: shouted })).status, 200);
});

test('a log-in without its fields is a 400', async () => {
  const anybody = new Client(server);
  for (const body of [{}, { email: 'a@b.test' }, { email: 5, password: 'x' }, { email: 'a@b.test', password: [] }]) {
    assertError(await anybody.call('POST', '/api/auth/login', { body }), 400);
  }
});

test('forged, foreign and expired tokens are refused everywhere', async () => {
  const good = demo.agent_jwt;
  const claims = claimsOf(good);
  const header = headerOf(good);
  const [head, body, signature] = parts(good);
  const forged = {
    'alg none': `${encode({ ...header, alg: 'none' })}.${body}.`,
    'alg None with the old signature': `${encode({ ...header, alg: 'None' })}.${body}.${signature}`,
    'wrong key': signed(header, claims, 'not the key'),
    'empty key': signed(header, claims, ''),
    'key is the account id': signed(header, claims, demo.account_id),
    'another algorithm': `${encode({ ...header, alg: 'RS256' })}.${body}.${signature}`,
    'HS512 in the header': `${encode({ ...header, alg: 'HS512' })}.${body}.${signature}`,
    'expired': signed(header, { ...claims, exp: Math.floor(Date.now() / 1000) - 3600 }, 'not the key'),
    'raised role': `${head}.${encode({ ...claims, role: 'admin' })}.${signature}`,
    'another account': `${head}.${encode({ ...claims, account_id: '0'.repeat(24) })}.${signature}`,
    'no signature': `${head}.${body}`,
    'cut signature': good.slice(0, -2),
    'not a token': 'abc',
    'dots': '..',
    'empty': '',
    'very long': 'a'.repeat(6000),
  };
  for (const [name, token] of Object.entries(forged)) {
    const answer = await new Agent(server, token).call('GET', '/room');
    assert.equal(answer.status, 401, `${name}: ${answer.status}`);
    assert.equal(answer.body.error, 'Unauthorized', name);
    await assertRefused(server, { token });
  }
});

test('tokens of the host application: its key, its algorithm, its times', async () => {
  const secret = randomBytes(48).toString('base64url');
  const file = `${server.dataDir}/host.key`;
  await writeFile(file, secret);
  await parlorCli('account', 'add-key', '--data-dir', server.dataDir, '--account', demo.account_id, '--secret', '--file', file);
  await rm(file);
  const now = Math.floor(Date.now() / 1000);
  const claims = { account_id: demo.account_id, sub: 'host-7', role: 'agent', email: demo.agent_email, exp: now + 600 };
  const hs256 = { alg: 'HS256', typ: 'JWT' };
  const statusOf = async (token) => (await new Agent(server, token).call('GET', '/room')).status;
  assert.equal(await statusOf(signed(hs256, claims, secret)), 200);
  assert.equal(await statusOf(signed(hs256, { ...claims, exp: now - 10 }, secret)), 200, '30 s leeway');
  const { exp: _, ...endless } = claims;
  const refused = {
    expired: { ...claims, exp: now - 60 }, 'without exp': endless, 'not yet': { ...claims, nbf: now + 120 },
    'exp is text': { ...claims, exp: 'tomorrow' }, 'exp is negative': { ...claims, exp: -1 },
    'an unknown agent': { ...claims, email: 'nobody@nowhere.test' },
    'an agent of another account': { ...claims, email: 'olga@outsider.example' },
    'another account': { ...claims, account_id: 'f'.repeat(24) },
  };
  for (const [name, changed] of Object.entries(refused)) {
    const token = signed(hs256, changed, secret);
    assert.equal(await statusOf(token), 401, name);
    await assertRefused(server, { token });
  }
  for (const alg of ['none', 'HS384', 'HS512', 'RS256', 'hs256']) {
    assert.equal(await statusOf(signed({ alg }, claims, secret)), 401, alg);
  }
  const raised = new Agent(server, signed(hs256, { ...claims, role: 'admin' }, secret));
  assertError(await raised.call('POST', '/token', { body: { domain: 'x.test' } }), 403);
});

test('a revoked agent is out, and its sockets end', async () => {
  await parlorCli(
    'agent', 'create', '--data-dir', server.dataDir, '--account', demo.account_id, '--name', 'Gone', '--email', 'gone@juniper.example',
  );
  const secret = randomBytes(48).toString('base64url');
  const file = `${server.dataDir}/host2.key`;
  await writeFile(file, secret);
  await parlorCli('account', 'add-key', '--data-dir', server.dataDir, '--account', demo.account_id, '--secret', '--file', file);
  const now = Math.floor(Date.now() / 1000);
  const token = signed({ alg: 'HS256' }, {
    account_id: demo.account_id, sub: 'gone', role: 'agent', email: 'gone@juniper.example', iat: now - 60, exp: now + 600,
  }, secret);
  const listener = await connect(server, { token });
  const ended = new Promise((done) => listener.socket.once('disconnect', done));
  await parlorCli('agent', 'revoke', '--data-dir', server.dataDir, '--account', demo.account_id, '--agent', 'gone@juniper.example');
  await ended;
  assert.equal((await new Agent(server, token).call('GET', '/room')).status, 401);
  await assertRefused(server, { token });
});

test('a socket without credentials is refused', async () => {
  const visitor = await Visitor.open(server, demo);
  await assertRefused(server, {});
  await assertRefused(server, { token: 5 });
  await assertRefused(server, { support_token: demo.support_token });
  await assertRefused(server, { ...visitor.auth, session_id: 'x' });
  await assertRefused(server, { ...visitor.auth, support_token: 'x' });
});

test('calls without credentials are 401', async () => {
  const anybody = new Client(server);
  for (const [method, path] of [
    ['GET', '/room'], ['GET', '/room/id?email=a@b.test'], ['GET', `/room/${demo.inbox_id}`], ['GET', '/user/room'],
    ['POST', '/user/room'], ['PATCH', '/room/assignee'], ['POST', '/message'], ['GET', '/message'],
    ['POST', '/user/message'], ['GET', '/user/message'], ['GET', '/sync'], ['POST', '/token'],
  ]) {
    const body = method === 'GET' ? undefined : {};
    assertError(await anybody.call(method, path, { body }), 401, { error: 'Unauthorized' });
  }
});

test('an agent is no visitor and a visitor is no agent', async () => {
  const agent = new Agent(server, demo.agent_jwt);
  const visitor = await Visitor.open(server, demo);
  for (const path of ['/user/room', '/user/message?room_id=000000000000000000000000']) {
    assert.ok([401, 403].includes((await agent.call('GET', path)).status), path);
  }
  for (const path of ['/room', '/room/id?email=a@b.test', '/message?room_id=000000000000000000000000']) {
    assert.ok([401, 403].includes((await visitor.call('GET', path)).status), path);
  }
});

// What nobody means to send: the answer is clear and the server goes on.
import assert from 'node:assert/strict';
import { connect as connectTcp } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { Agent, assertError, Client, Visitor } from '../lib/api.js';
import { within } from '../lib/sanitizer.js';
import { startServer } from '../lib/server.js';

let server;
let demo;
let agent;
let visitor;
let room;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  visitor = await Visitor.open(server, demo);
  room = (await visitor.createRoom('hello')).id;
});
afterEach(async () => {
  assert.equal((await agent.call('GET', '/room', { query: { limit: 1 } })).status, 200, 'the server still answers');
});
after(() => server?.close());

const writes = () => [
  [agent, 'POST', '/message'], [visitor, 'POST', '/user/message'], [visitor, 'POST', '/user/room'],
  [agent, 'PATCH', '/room/assignee'], [agent, 'PATCH', '/room'], [visitor, 'POST', '/session'],
  [new Client(server), 'POST', '/api/auth/login'], [new Agent(server, demo.admin_jwt), 'POST', '/token'],
];

test('malformed, truncated and nested JSON is a 400', async () => {
  const bodies = [
    '', '{', '}', '{"a"', '{"room_id":"', '{"room_id":}', 'null', 'true', '5', '"text"', '[]', '{}{}', '{"a":1,}', "{'a':1}",
    '\u0000', '{"a":\u0001}', '{"a":NaN}', '{"a":"\\ud800"}', '{"a":"\\x"}', '\ufeff{}',
    '['.repeat(100_000), `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, `{"message":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    'a=b&c=d', '<xml/>',
  ];
  for (const [person, method, path] of writes()) {
    for (const raw of bodies) {
      const answer = await person.call(method, path, { raw });
      assert.ok([400, 413].includes(answer.status), `${path} ${raw.slice(0, 30)}: ${answer.status} ${answer.text}`);
      assert.equal(answer.body?.success, false, `${path} ${raw.slice(0, 30)}: ${answer.text}`);
    }
  }
});

test('invalid UTF-8 is a 400 and is never stored', async () => {
  const sequences = [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x28, 0xa1], [0x80]];
  for (const bytes of sequences) {
    const raw = Buffer.concat([
      Buffer.from(`{"room_id":"${room}","message":{"type":"text","content":"`), Buffer.from(bytes), Buffer.from('"}}'),
    ]);
    assertError(await visitor.call('POST', '/user/message', { raw }), 400);
  }
  assert.equal((await visitor.history(room)).messages.length, 1);
  const bad = await fetch(`${server.url}/api/conversation-v2/support/room?search=%ff%fe`, { headers: agent.headers });
  assert.ok([200, 400].includes(bad.status));
});

test('oversized bodies are 413', async () => {
  const big = JSON.stringify({ room_id: room, message: { type: 'text', content: 'x'.repeat(3_000_000) } });
  for (const [person, method, path] of writes()) {
    const answer = await person.call(method, path, { raw: big }).catch((error) => ({ status: 0, error }));
    // A server may close the connection while the client still writes.
    assert.ok([413, 400, 0].includes(answer.status), `${path}: ${answer.status}`);
    if (answer.status) assert.equal(answer.body.success, false);
  }
  const answer = await visitor.call('POST', '/user/message', { raw: `{"room_id":"${room}","pad":"${'x'.repeat(2_100_000)}"}` });
  assertError(answer, 413);
});

test('fields of wrong types are 400 and say which', async () => {
  const values = [5, true, [], {}, null, ''];
  for (const value of values) {
    const message = await agent.call('POST', '/message', { body: { room_id: room, message: value } });
    assertError(message, 400, { message: /message|content/ });
    const session = await visitor.call('POST', '/session', { body: { device_id: value } });
    assertError(session, 400, { message: /device_id/ });
  }
  for (const [field, value] of [['name', 5], ['email', []], ['phone', {}], ['identifier', 5]]) {
    assertError(await visitor.call('POST', '/session', { body: { device_id: 'd', [field]: value } }), 400, { message: new RegExp(field) });
  }
});

test('oversized fields are refused, not cut', async () => {
  const long = 'n'.repeat(20_000);
  for (const body of [{ device_id: long }, { device_id: 'd', name: long }, { device_id: 'd', email: long }]) {
    const answer = await visitor.call('POST', '/session', { body });
    assert.ok([400, 413].includes(answer.status), answer.text);
  }
  const search = await agent.call('GET', '/room', { query: { search: 's'.repeat(3000) } });
  assert.ok([400, 413, 414].includes(search.status), String(search.status));
});

// Sends bytes as they are; resolves with what came back before the connection ended or went quiet.
function rawExchange(bytes, { half = false, patienceMs = 3000 } = {}) {
  return new Promise((done) => {
    const socket = connectTcp(server.port, '127.0.0.1');
    let text = '';
    const timer = setTimeout(() => socket.destroy(), patienceMs);
    socket.on('data', (data) => (text += data));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      done(text);
    });
    socket.write(bytes);
    if (half) socket.end();
  });
}

test('what is no HTTP gets a 400 or a closed connection', async () => {
  const requests = [
    'hello\r\n\r\n', 'GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00', 'GET / HTTP/1.1\r\nHost\r\n\r\n',
    `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(20_000)}\r\n`,
    'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
    'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n',
    'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  ];
  for (const request of requests) {
    const text = await rawExchange(request, { half: true });
    assert.ok(text === '' || /^HTTP\/1\.[01] (4\d\d|5\d\d) /.test(text), `${request.slice(0, 40)}: ${text.slice(0, 80)}`);
  }
});

test('half a request, then nothing, disturbs nobody', async () => {
  const halves = Array.from({ length: 200 }, () => rawExchange('POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"em', { patienceMs: 1500 }));
  const started = Date.now();
  assert.equal((await agent.call('GET', '/room')).status, 200);
  assert.ok(Date.now() - started < within(1000));
  await Promise.all(halves);
});

test('path tricks reach no file outside the pages', async () => {
  for (const path of ['/assets/../../../../etc/passwd', '/assets/%2e%2e/%2e%2e/etc/passwd', '/assets/..%2f..%2fdemo.json', '//etc/passwd', '/assets/%00', '/demo.json', '/../demo.json']) {
    const text = await rawExchange(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(text, /^HTTP\/1\.1 (400|404|403) /, path);
    assert.ok(!text.includes('root:') && !text.includes('agent_jwt'), path);
  }
});

test('a path that cannot be read is refused as the API below it refuses', async () => {
  const isOf = {
    '/support': ({ error }) => error.code === 'invalid',
    '/api/room': ({ status, statusCode }) => status === false && statusCode === 400,
    '/api/chat': ({ status, statusCode }) => status === false && statusCode === 400,
    '/api/support': ({ message, ...rest }) => typeof message === 'string' && Object.keys(rest).length === 0,
    '/api/conversation-v2/support': ({ success }) => success === false,
  };
  for (const [base, isIts] of Object.entries(isOf)) {
    for (const segment of ['%zz', '%', 'a%f', '%ff', '%c3%28', '%00', '%ed%a0%80']) {
      const path = `${base}/${segment}/join`;
      const text = await rawExchange(`GET ${path} HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\nConnection: close\r\n\r\n`);
      assert.match(text, /^HTTP\/1\.1 400 /, path);
      assert.match(text, /^access-control-allow-origin: /im, path);
      assert.ok(isIts(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))), `${path}: ${text}`);
    }
  }
});

// Running the server: pages, back-up while serving, one server per directory, log-in limits, proxies.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Agent, Client, contents, Visitor } from '../lib/api.js';
import { within } from '../lib/sanitizer.js';
import { makeDataDir, parlor, parlorCli, Server, startServer } from '../lib/server.js';

let server;
let demo;
let agent;
let scratch;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  scratch = await mkdtemp(join(tmpdir(), 'parlor-e2e-scratch-'));
});
after(async () => {
  await server?.close();
  if (scratch) await rm(scratch, { recursive: true, force: true });
});

function runToEnd(...args) {
  return runProgramToEnd(parlor, ...args);
}
function runProgramToEnd(program, ...args) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
    const timer = setTimeout(() => child.kill('SIGKILL'), within(15_000));
    child.once('exit', (code) => {
      clearTimeout(timer);
      done({ code, text });
    });
  });
}

test('a second server on the same directory is refused with a clear message, the first goes on', async () => {
  const second = await runToEnd('serve', '--listen', '127.0.0.1:0', '--data-dir', server.dataDir);
  assert.notEqual(second.code, 0);
  assert.match(second.text, /already|another|in use|running/i);
  assert.ok(second.text.includes(server.dataDir), second.text);
  assert.equal((await agent.call('GET', '/room')).status, 200);
});

test('commands of the shell say what is wrong with what they are given', async () => {
  const dataDir = ['--data-dir', server.dataDir];
  assert.deepEqual(await runToEnd('backup', '', ...dataDir).then(({ code, text }) => [code, /to: is no path/.test(text)]), [105, true]);
  const name = await runProgramToEnd('sh', '-c', 'exec "$0" account create --name "$(printf "\\377")" --data-dir "$1"', parlor, server.dataDir);
  assert.equal(name.code, 1);
  assert.match(name.text, /valid UTF-8/);
});

test('a command of the shell waits for who has the data directory and does not answer yet', async () => {
  const dataDir = await makeDataDir();
  await parlorCli('account', 'create', '--name', 'Late', '--data-dir', dataDir);
  const holder = spawn('flock', [join(dataDir, 'lock'), 'sh', '-c', 'echo held; read end'], { stdio: ['pipe', 'pipe', 'ignore'] });
  await once(holder.stdout, 'data');
  const command = spawn(parlor, ['account', 'list', '--data-dir', dataDir], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for await (const text of command.stderr) {
    said += text;
    if (said.includes('waiting')) holder.stdin.end();
  }
  assert.match(said, /is in use by [^]*waiting for it to answer/);
  assert.match(String(command.stdout.read()), /"name":"Late"/);
  await rm(dataDir, { recursive: true, force: true });
});

test('an agent is found by e-mail however it is written', async () => {
  const more = ['--data-dir', server.dataDir, '--account', demo.account_id];
  const made = JSON.parse(await parlorCli('agent', 'create', '--name', 'Cas', '--email', 'Cas@Juniper.example', ...more));
  const revoked = JSON.parse(await parlorCli('agent', 'revoke', '--agent', 'Cas@Juniper.example', ...more));
  assert.equal(revoked.agent_id, made.agent_id);
});

test('--demo refuses to listen beyond loopback', async () => {
  const dataDir = await makeDataDir();
  const refused = await runToEnd('serve', '--demo', '--listen', '0.0.0.0:0', '--data-dir', dataDir);
  assert.notEqual(refused.code, 0);
  assert.match(refused.text, /loopback|127\.0\.0\.1/);
  await rm(dataDir, { recursive: true, force: true });
});

test('a back-up made while messages stream in is whole', async () => {
  const visitor = await Visitor.open(server, demo);
  const room = (await visitor.createRoom('start')).id;
  const acknowledged = [];
  let streaming = true;
  const stream = (async () => {
    while (streaming) acknowledged.push((await visitor.send(room, `b${acknowledged.length}`)).content);
  })();
  while (acknowledged.length < 30) await new Promise((next) => setTimeout(next, 10));
  const before = acknowledged.length;
  const copy = join(scratch, 'copy');
  await parlorCli('backup', copy, '--data-dir', server.dataDir);
  streaming = false;
  await stream;
  const restored = new Server(copy, { args: [], demo: false });
  await restored.start();
  const kept = contents(await new Agent(restored, demo.agent_jwt).history(room, { limit: 100, sort: 'asc' })).slice(1);
  assert.ok(kept.length >= Math.min(before, 99), `${kept.length} of ${before}`);
  assert.deepEqual(kept, acknowledged.slice(0, kept.length));
  await restored.stop();
});

test('the pages are served with a strict policy, their assets for ever', async () => {
  for (const page of ['/demo', '/console']) {
    const response = await fetch(server.url + page);
    assert.equal(response.status, 200, page);
    assert.match(response.headers.get('content-type'), /text\/html/);
    assert.match(response.headers.get('content-security-policy'), /default-src 'self'/);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    const html = await response.text();
    assert.ok(!/<script(?![^>]*src=)/.test(html), 'no inline script');
    for (const [, asset] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
      const file = await fetch(server.url + asset);
      assert.equal(file.status, 200, asset);
      assert.match(file.headers.get('cache-control'), /immutable/, asset);
      const etag = file.headers.get('etag');
      assert.ok(etag, asset);
      const again = await fetch(server.url + asset, { headers: { 'If-None-Match': etag } });
      assert.equal(again.status, 304, asset);
    }
  }
  const config = await (await fetch(`${server.url}/demo/config.json`)).json();
  for (const key of ['support_token', 'inbox_id', 'agent_email', 'agent_password']) assert.equal(config[key], demo[key]);
  assert.ok(!JSON.stringify(config).includes(demo.admin_jwt));
});

test('assets are sent compressed to who asks for it', async () => {
  const html = await (await fetch(`${server.url}/console`)).text();
  const script = /src="(\/assets\/[^"]+)"/.exec(html)[1];
  const plain = Buffer.from(await (await fetch(server.url + script, { headers: { 'Accept-Encoding': 'identity' } })).arrayBuffer());
  const { request } = await import('node:http');
  const [packed, headers] = await new Promise((done, failed) => {
    request(server.url + script, { headers: { 'Accept-Encoding': 'gzip' } }, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () => done([Buffer.concat(pieces), response.headers]));
    }).on('error', failed).end();
  });
  assert.equal(headers['content-encoding'], 'gzip');
  assert.ok(packed.length < plain.length / 2);
  assert.deepEqual(gunzipSync(packed), plain);
});

test('without --demo there is no demo configuration', async () => {
  const dataDir = await makeDataDir();
  const plain = new Server(dataDir, { args: [], demo: false });
  await plain.start();
  assert.equal((await fetch(`${plain.url}/demo/config.json`)).status, 404);
  await plain.close();
});

test('wrong log-ins are answered alike and as slowly, whether the address exists or not', async () => {
  const limits = await startServer();
  try {
    const anybody = new Client(limits.server);
    const attempt = async (email) => {
      const from = process.hrtime.bigint();
      const answer = await anybody.call('POST', '/api/auth/login', { body: { email, password: 'wrong' } });
      return { ms: Number(process.hrtime.bigint() - from) / 1e6, answer };
    };
    const known = [];
    const unknown = [];
    const bodies = new Set();
    for (let index = 0; index < 50; index += 1) {
      for (const [email, times] of [[limits.demo.agent_email, known], [`nobody${index}@nowhere.test`, unknown]]) {
        const { ms, answer } = await attempt(email);
        if (answer.status === 429) continue;
        assert.equal(answer.status, 401);
        bodies.add(answer.text);
        times.push(ms);
      }
    }
    assert.equal(bodies.size, 1, [...bodies].join('\n'));
    assert.ok(known.length >= 5 && unknown.length >= 5, `${known.length} and ${unknown.length} were not throttled`);
    // The quickest of each: whatever else the machine does only adds to it.
    const [a, b] = [Math.min(...known), Math.min(...unknown)];
    assert.ok(Math.abs(a - b) / Math.max(a, b) < 0.25, `${a} ms and ${b} ms`);
  } finally {
    await limits.server.close();
  }
});

test('guessing a password is throttled, with Retry-After', async () => {
  const limits = await startServer();
  try {
    const anybody = new Client(limits.server);
    let answer;
    for (let index = 0; index < 200 && answer?.status !== 429; index += 1) {
      answer = await anybody.call('POST', '/api/auth/login', { body: { email: limits.demo.agent_email, password: `guess ${index}` } });
    }
    assert.equal(answer.status, 429, 'never throttled');
    assert.equal(answer.body.success, false);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
  } finally {
    await limits.server.close();
  }
});

test('X-Forwarded-For counts only from a trusted proxy', async () => {
  const guess = async (one, address) => {
    const anybody = new Client(one.server, { 'X-Forwarded-For': address });
    const email = `someone-${Math.random()}@nowhere.test`;
    return (await anybody.call('POST', '/api/auth/login', { body: { email, password: 'x' } })).status;
  };
  const exhausted = async (one, address) => {
    for (let index = 0; index < 300; index += 1) if ((await guess(one, address)) === 429) return true;
    return false;
  };
  const trusting = await startServer({ args: ['--trusted-proxy', '127.0.0.0/8'] });
  try {
    assert.ok(await exhausted(trusting, '203.0.113.5'), 'one address is throttled');
    assert.equal(await guess(trusting, '203.0.113.5'), 429);
    assert.equal(await guess(trusting, '198.51.100.7'), 401, 'another address is not');
  } finally {
    await trusting.server.close();
  }
});

// Others must not suffer: receivers that never read, silent connections, a full disk.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { Agent as HttpAgent, request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import WebSocket from 'ws';
import { Agent, assertError, Client, Visitor } from '../lib/api.js';
import { assertGrewLess, within } from '../lib/sanitizer.js';
import { makeDataDir, parlorCli, Server, startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';

// An agent's WebSocket that stops reading once it is connected.
function deafAgent(server, token) {
  return new Promise((ready, failed) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    socket.on('error', failed);
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`);
      if (!text.startsWith('40')) return;
      socket.removeListener('error', failed);
      socket.on('error', () => undefined);
      socket._socket.pause();
      ready(socket);
    });
  });
}

test('a receiver that never reads is closed; memory stays bounded and the others get everything', async () => {
  const { server, demo } = await startServer();
  try {
    const deaf = await Promise.all(Array.from({ length: 10 }, () => deafAgent(server, demo.agent_jwt)));
    const listener = await connect(server, { token: demo.agent2_jwt });
    const visitor = await Visitor.open(server, demo);
    const room = (await visitor.createRoom('start')).id;
    await server.botReady();
    const before = server.residentMegabytes();
    const long = 'x'.repeat(140_000);
    let highest = before;
    for (let index = 0; index < 150; index += 1) {
      await visitor.send(room, `${index} ${long}`);
      highest = Math.max(highest, server.residentMegabytes());
    }
    const last = await listener.waitFor('newMessage', ({ message }) => message.content.startsWith('149 '));
    assert.ok(last);
    assert.equal(listener.all('newMessage', ({ message }) => message.room_id === room).length, 151);
    assertGrewLess(before, highest, 150);
    for (const socket of deaf) socket.terminate();
    listener.close();
  } finally {
    await server.close();
  }
});

test('connections that send nothing cost little and disturb nobody', async () => {
  const { server, demo } = await startServer();
  try {
    await server.botReady();
    const before = server.residentMegabytes();
    const silent = await Promise.all(Array.from({ length: 900 }, () => new Promise((done) => {
      const socket = connectTcp(server.port, '127.0.0.1', () => done(socket));
      socket.on('error', () => done(socket));
    })));
    const agent = new Agent(server, demo.agent_jwt);
    const started = Date.now();
    for (let index = 0; index < 20; index += 1) await agent.get('/room');
    assert.ok(Date.now() - started < within(2000));
    assertGrewLess(before, server.residentMegabytes(), 40);
    for (const socket of silent) socket.destroy();
  } finally {
    await server.close();
  }
});

// The server with a limit on open files that it cannot raise.
class FewFilesServer extends Server {
  command(args) {
    return ['sh', '-c', 'ulimit -Sn 256; ulimit -Hn 256; exec "$@"', 'sh', ...super.command(args)];
  }
}

test('at the limit on open files those who are connected have everything, and others come in when there is room', async () => {
  const server = await new FewFilesServer(await makeDataDir(), { args: [], demo: true }).start();
  const held = [];
  const keepAlive = new HttpAgent({ keepAlive: true, maxSockets: 1 });
  try {
    assert.match(server.log, /limit on open files \(256\) leaves room for \d+ connections/);
    const get = (path) => new Promise((answered, failed) => {
      const asked = request(`${server.url}${path}`, { agent: keepAlive }, (response) => {
        response.resume().once('end', () => answered(response.statusCode));
      });
      asked.once('error', failed).end();
    });
    assert.equal(await get('/console'), 200);
    const open = () => new Promise((done) => {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
      socket.once('open', () => done(socket));
      socket.on('error', () => done(undefined));
    });
    for (let socket = await open(); socket && held.length < 256; socket = await open()) held.push(socket);
    assert.ok(held.length > 100 && held.length < 256, String(held.length));
    assert.equal(await get('/console'), 200, 'a file is opened');
    assert.match(await parlorCli('account', 'list', '--data-dir', server.dataDir), /account_id/);
    assert.doesNotMatch(server.log, /Too many open files/);
    held.pop().terminate();
    let late;
    for (const end = Date.now() + 10_000; !late && Date.now() < end; ) late = await open();
    assert.ok(late, 'there is room again');
    held.push(late);
  } finally {
    for (const socket of held) socket.terminate();
    keepAlive.destroy();
    await server.close();
  }
});

const namespaces = spawnSync('unshare', ['--mount', '--map-root-user', 'true']).status === 0;

// The server in a mount namespace of its own, its data on a file system of a few megabytes.
class SmallDiskServer extends Server {
  command(args) {
    const script = 'mount -t tmpfs -o size=12m tmpfs "$0" && cp -a "$1/." "$0" && head -c 5000000 /dev/zero >"$0/filler" && shift && exec "$@"';
    const [binary, ...rest] = super.command(args);
    return ['unshare', '--mount', '--map-root-user', 'sh', '-c', script, this.dataDir, this.seedDir, binary, ...rest];
  }

  async close() {
    await super.close();
    await rm(this.seedDir, { recursive: true, force: true });
  }
}

async function startOnSmallDisk() {
  const server = new SmallDiskServer(await makeDataDir(), { args: [], demo: true });
  server.seedDir = await makeDataDir();
  const demo = JSON.parse(await parlorCli('demo', '--data-dir', server.seedDir));
  await server.start();
  return { server, demo };
}

test('a full disk: nothing acknowledged is lost, refusals are clear, reading goes on, and room helps', {
  skip: !namespaces && 'needs user namespaces',
}, async () => {
  const { server, demo } = await startOnSmallDisk();
  try {
    const visitor = await Visitor.open(server, demo);
    const room = (await visitor.createRoom('start')).id;
    const kept = ['start'];
    const attempt = (content) => visitor.call('POST', '/user/message', {
      body: { room_id: room, message: { content }, _uniqueId: `key ${content.slice(0, 6)}` },
    });
    let refused;
    let unsent;
    for (let index = 0; index < 400 && !refused; index += 1) {
      const content = `${index} ${'x'.repeat(100_000)}`;
      const answer = await attempt(content);
      if (answer.status === 200) kept.push(content);
      else [refused, unsent] = [answer, content];
    }
    assertError(refused, 503);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    const agent = new Agent(server, demo.admin_jwt);
    // Numbers, not texts: a failure shall be readable.
    const numbers = (texts) => texts.map((text) => text.split(' ')[0]);
    const newest = (await agent.history(room, { limit: 5 })).messages
      .map((message) => message.content).filter((content) => content !== unsent);
    assert.deepEqual(numbers(newest), numbers(kept.slice(-newest.length).reverse()), 'reading goes on');
    assert.equal((await new Client(server).call('GET', '/room')).status, 401);

    await rm(join(`/proc/${server.child.pid}/root`, server.dataDir, 'filler'));
    const end = Date.now() + within(15_000);
    let answer;
    do answer = await attempt(unsent);
    while (answer.status !== 200 && Date.now() < end);
    assert.equal(answer.status, 200, answer.text);
    kept.push(unsent);
    const all = [];
    let upperRef;
    for (let more = true; more; ) {
      const page = await agent.history(room, { limit: 100, upperRef });
      all.unshift(...page.messages.reverse().map((message) => message.content));
      upperRef = page.messages[0]?._id;
      more = page.hasMore;
    }
    assert.deepEqual(numbers(all), numbers(kept));
  } finally {
    await server.close();
  }
});

test('on a small disk the log of what changes leaves room for what is kept', {
  skip: !namespaces && 'needs user namespaces',
}, async () => {
  const { server, demo } = await startOnSmallDisk();
  try {
    const visitor = await Visitor.open(server, demo);
    const room = (await visitor.createRoom('start')).id;
    for (let index = 0; index < 400; index += 1) await visitor.send(room, `${index}`);
  } finally {
    await server.close();
  }
});

// Routing: who gets a room, the queue, and what happens when agents come and go.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { Agent, assertError, Client, Visitor } from '../lib/api.js';
import { within } from '../lib/sanitizer.js';
import { makeDataDir, parlor, parlorCli, Server } from '../lib/server.js';
import { connect } from '../lib/sockets.js';

const run = promisify(execFile);
const password = 'a-long-password';
const servers = [];
after(() => Promise.all(servers.map((server) => server.close())));

// A company with an inbox that routes, and agents who are signed in.
class Company {
  static async open({ agents = 2, capacity = 20, algorithm = 'round_robin', config = '' } = {}) {
    const dataDir = await makeDataDir();
    const file = join(dataDir, 'parlor.toml');
    await writeFile(file, `login_burst_per_address = 0\n${config}`);
    const company = new Company();
    company.dataDir = dataDir;
    company.server = new Server(dataDir, { args: ['--config', file], demo: false });
    servers.push(company.server);
    const made = await company.cli('account', 'create', '--name', 'Kiosk');
    company.account = made.account_id;
    await company.server.start();
    company.demo = { support_token: (await company.cli('token', 'create')).support_token };
    company.agents = [];
    company.inbox = await company.addInbox('Desk', algorithm);
    company.demo.inbox_id = company.inbox;
    company.admin = await company.addAgent('admin', { role: 'admin' });
    for (let i = 0; i < agents; ++i) company.agents.push(await company.addAgent(`agent${i}`, { capacity, inboxes: [company.inbox] }));
    company.agents.sort((a, b) => (a.id < b.id ? -1 : 1));
    return company;
  }

  async cli(...args) {
    return JSON.parse(await parlorCli(...args, '--data-dir', this.dataDir));
  }
  async addInbox(name, algorithm) {
    return (await this.cli('inbox', 'create', '--name', name, '--algorithm', algorithm)).inbox_id;
  }
  async addAgent(name, { capacity = 20, role = 'agent', inboxes = [] } = {}) {
    const email = `${name}@kiosk.example`;
    const child = run(parlor, ['agent', 'create', '--name', name, '--email', email, '--role', role,
      '--capacity', String(capacity), '--password-stdin', '--data-dir', this.dataDir]);
    child.child.stdin.end(`${password}\n`);
    await child;
    for (const inbox of inboxes) await this.member('add', inbox, email);
    const { token, agent } = await new Client(this.server).post('/api/auth/login', { email, password });
    return Object.assign(new Agent(this.server, token), { id: agent.conversation_id, email });
  }
  member(change, inbox, email) {
    return this.cli('inbox', `${change}-member`, '--inbox', inbox, '--agent', email);
  }

  async visitor() {
    return Visitor.open(this.server, this.demo);
  }
  async room(inbox = this.inbox) {
    const visitor = await this.visitor();
    const { result } = await visitor.post('/user/room', { inbox_id: inbox, description: 'help' });
    return Object.assign(visitor, { room: result.id });
  }
  async assignees(room) {
    const { data } = await this.admin.get(`/room/${room}`);
    return data.assignees.map((assignee) => assignee.conversation_id);
  }
  // How many rooms of the account each agent has, and how many nobody: {id: rooms, none: rooms}.
  async shares() {
    const shares = { none: 0 };
    for (let page = 1; ; ++page) {
      const { rooms, pagination } = await this.admin.get('/room', { page, limit: 100 });
      for (const room of rooms) {
        if (room.assignees.length === 0) shares.none += 1;
        for (const id of room.assignees) shares[id] = (shares[id] ?? 0) + 1;
      }
      if (page * 100 >= pagination.total) return shares;
    }
  }
  async until(what, check) {
    const end = Date.now() + within(15_000);
    while (!(await check())) {
      assert.ok(Date.now() < end, what);
      await new Promise((next) => { setTimeout(next, 20); });
    }
  }
}

const be = (agent, status, pinned) => agent.patch('/agent/availability', { status, pinned });

test('1,000 rooms created at once are shared fairly by 20 agents', async () => {
  const company = await Company.open({ agents: 20, capacity: 100 });
  const visitors = [];
  for (let i = 0; i < 40; ++i) visitors.push(await company.visitor());
  await Promise.all(visitors.map(async (visitor) => {
    await Promise.all(Array.from({ length: 25 }, () => visitor.post('/user/room', { inbox_id: company.inbox, description: 'at once' })));
  }));
  const shares = await company.shares();
  assert.equal(shares.none, 0);
  const counts = company.agents.map((agent) => shares[agent.id]);
  assert.deepEqual(counts, Array(20).fill(50));
});

test('capacity is never exceeded, and what is left waits', async () => {
  const company = await Company.open({ agents: 3, capacity: 4, algorithm: 'load_based' });
  const visitors = await Promise.all(Array.from({ length: 10 }, () => company.visitor()));
  const created = await Promise.all(visitors.flatMap((visitor) => [1, 2].map(() => visitor.createRoom('at once'))));
  let shares = await company.shares();
  for (const agent of company.agents) assert.equal(shares[agent.id], 4);
  assert.equal(shares.none, 8);

  // Everybody closes rooms at the same time: each closed room makes place for one.
  const open = [];
  for (const { id } of created) if ((await company.assignees(id)).length > 0) open.push(id);
  await Promise.all(open.slice(0, 6).map((id) => company.admin.patch('/room/status', { room_id: id, status: 'closed' })));
  await company.until('the queue moves up', async () => (await company.shares()).none === 2);
  const { rooms } = await company.admin.get('/room', { limit: 100, 'filter[status]': 'open' });
  const load = {};
  for (const room of rooms) for (const id of room.assignees) load[id] = (load[id] ?? 0) + 1;
  assert.deepEqual(Object.values(load), [4, 4, 4]);
});

test('a queue is drained, oldest first, when an agent connects', async () => {
  const company = await Company.open({ agents: 1, capacity: 3, config: 'away_after_seconds = 1\n' });
  const [agent] = company.agents;
  await company.until('who never connected is away', async () => {
    const { agents } = await company.cli('agent', 'list');
    return agents.find((one) => one.conversation_id === agent.id).availability === 'away';
  });
  const rooms = [];
  const visitors = [];
  for (let i = 0; i < 5; ++i) {
    visitors.push(await company.room());
    rooms.push(visitors.at(-1).room);
  }
  const visitor = await connect(company.server, visitors[1].auth);
  const listener = await connect(company.server, agent.auth);
  await listener.waitFor('joinRoom', (data) => data.room_id === rooms[2]);
  assert.deepEqual(listener.all('joinRoom').map((data) => data.room_id), rooms.slice(0, 3));
  await visitor.waitFor('joinRoom', (data) => data.room_id === rooms[1]);
  await listener.waitFor('updateRoom', (data) => data.room_id === rooms[2] && data.type === 'assignee');
  assert.deepEqual(await company.assignees(rooms[3]), []);

  await agent.patch('/room/status', { room_id: rooms[0], status: 'closed' });
  await listener.waitFor('joinRoom', (data) => data.room_id === rooms[3]);
  assert.deepEqual(await company.assignees(rooms[4]), []);
  listener.close();
  visitor.close();
});

test('who loses the connection keeps its rooms for a while; unanswered ones go back then', async () => {
  const company = await Company.open({ agents: 2, config: 'away_after_seconds = 1\naway_return_seconds = 2\n' });
  const [first, second] = company.agents;
  await be(second, 'away', true);
  const listener = await connect(company.server, first.auth);
  const unanswered = await company.room();
  const answered = await company.room();
  assert.deepEqual(await company.assignees(unanswered.room), [first.id]);
  await first.send(answered.room, 'hello');
  listener.close();
  await company.until('the unanswered room waits again', async () => (await company.assignees(unanswered.room)).length === 0);
  assert.deepEqual(await company.assignees(answered.room), [first.id]);
  const newer = await company.room();
  assert.deepEqual(await company.assignees(newer.room), [], 'nobody is there');
  await answered.send(answered.room, 'are you there?');
  await company.until('so does the other, once its customer waits', async () => (await company.assignees(answered.room)).length === 0);

  const colleague = await connect(company.server, second.auth);
  await be(second, 'active');
  await colleague.waitFor('joinRoom', (data) => data.room_id === newer.room);
  const order = colleague.all('updateRoom', (data) => data.type === 'assignee' && data.data.assignees.length === 1).map((data) => data.room_id);
  assert.deepEqual(order, [unanswered.room, answered.room, newer.room], 'ahead of newer rooms');
  colleague.close();
});

test('a restart loses nothing: not the turn, not the queue, not the time away', async () => {
  const company = await Company.open({ agents: 3, capacity: 5, config: 'away_return_seconds = 2\n' });
  const [first, second, third] = company.agents;
  for (const agent of company.agents) await be(agent, 'active', true);
  const rooms = [];
  for (let i = 0; i < 4; ++i) rooms.push((await company.room()).room);
  await company.server.kill();
  await company.server.start();
  for (let i = 0; i < 4; ++i) rooms.push((await company.room()).room);
  const owners = [];
  for (const room of rooms) owners.push((await company.assignees(room))[0]);
  const turn = [first.id, second.id, third.id];
  assert.deepEqual(owners, rooms.map((_, i) => turn[i % 3]));

  await be(second, 'away');
  await be(third, 'away');
  await be(first, 'away');
  await company.server.kill();
  await company.server.start();
  await company.until('everything waits again', async () => (await company.shares()).none === 8);
  await be(third, 'active');
  await company.server.kill();
  await company.server.start();
  await company.until('the oldest are given', async () => (await company.shares()).none === 3);
  for (const room of rooms.slice(0, 5)) assert.deepEqual(await company.assignees(room), [third.id]);
});

test('two inboxes share their agents', async () => {
  const company = await Company.open({ agents: 2, capacity: 4 });
  const [first, second] = company.agents;
  const sales = await company.addInbox('Sales', 'load_based');
  for (const agent of company.agents) await company.member('add', sales, agent.email);
  const owners = [];
  const rooms = [];
  for (const inbox of [company.inbox, sales, company.inbox, sales, sales, company.inbox, company.inbox, sales]) {
    rooms.push((await company.room(inbox)).room);
    owners.push((await company.assignees(rooms.at(-1)))[0]);
  }
  const shares = await company.shares();
  assert.equal(shares[first.id], 4);
  assert.equal(shares[second.id], 4);
  assert.deepEqual([owners[0], owners[2], owners[5]], [first.id, second.id, first.id], 'each inbox has a turn of its own');
  const older = await company.room(sales);
  const newer = await company.room();
  await first.patch('/room/status', { room_id: rooms[0], status: 'closed' });
  await company.until('the older goes first', async () => (await company.assignees(older.room)).length === 1);
  assert.deepEqual(await company.assignees(newer.room), []);
});

test('the rooms of who leaves the inbox go to the others', async () => {
  const company = await Company.open({ agents: 2 });
  const [first, second] = company.agents;
  const visitor = await company.room();
  assert.deepEqual(await company.assignees(visitor.room), [first.id]);
  await company.member('remove', company.inbox, first.email);
  await company.until('it is given', async () => (await company.assignees(visitor.room))[0] === second.id);
  assertError(await first.call('GET', `/room/${visitor.room}`), 403, { message: 'Not assigned to room' });
});

test('what admins change is followed: seats, capacity, the inbox itself', async () => {
  const company = await Company.open({ agents: 1, capacity: 1, algorithm: 'manual' });
  const [agent] = company.agents;
  const { data } = await company.admin.get('/agent');
  const change = (body) => company.admin.patch(`/agent/${data.find((one) => one.conversation_id === agent.id)._id}`, body);
  const [first, second] = [await company.room(), await company.room()];
  assert.deepEqual(await company.assignees(first.room), []);
  await company.admin.patch(`/inbox/${company.inbox}`, { algorithm: 'load_based' });
  await company.until('it routes', async () => (await company.assignees(first.room))[0] === agent.id);
  assert.deepEqual(await company.assignees(second.room), []);
  await change({ capacity: 2 });
  await company.until('there is room', async () => (await company.assignees(second.room))[0] === agent.id);
  await be(agent, 'away');
  assert.equal((await company.admin.get('/agent')).data.find((one) => one.conversation_id === agent.id).availability, 'away');
  await change({ seat: false });
  await company.until('everything waits', async () => (await company.shares()).none === 2);
});

test('availability: the answer, and every mistake', async () => {
  const company = await Company.open({ agents: 1 });
  const [agent] = company.agents;
  const answer = await be(agent, 'away', true);
  assert.deepEqual(answer, {
    success: true, data: { _id: answer.data._id, conversation_id: agent.id, status: 'away', pinned: true },
  });
  assert.equal((await be(agent, 'active')).data.pinned, true);
  assert.equal((await be(agent, 'active', false)).data.pinned, false);
  const set = (body) => agent.call('PATCH', '/agent/availability', { body });
  assertError(await set({}), 400, { message: /status/ });
  assertError(await set({ status: 'busy' }), 400, { message: /active, away/ });
  assertError(await set({ status: 7 }), 400, { message: /status/ });
  assertError(await set({ status: 'away', pinned: 'yes' }), 400, { message: /pinned/ });
  assertError(await agent.call('PATCH', '/agent/availability', { raw: '{' }), 400);
  const visitor = await company.visitor();
  assertError(await visitor.call('PATCH', '/agent/availability', { body: { status: 'away' } }), 401);
});

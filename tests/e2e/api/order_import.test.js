// `parlor import orders`: into the store itself and into a running server, again, and with records that are no good.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Agent } from '../lib/api.js';
import { assertRefused, buyer, example, exampleFile, OrderClient } from '../lib/orders.js';
import { parlor, startServer } from '../lib/server.js';

const run = promisify(execFile);
let server;
let demo;
let shop;
let folder;
before(async () => {
  ({ server, demo } = await startServer());
  shop = new OrderClient(server, demo.order_client);
  folder = await mkdtemp(join(tmpdir(), 'parlor-import-'));
});
after(async () => {
  await server?.close();
  if (folder) await rm(folder, { recursive: true });
});

const importFile = async (file, ...args) => {
  const { stdout, stderr } = await run(parlor, ['import', 'orders', file, '--data-dir', server.dataDir, ...args]);
  return { result: JSON.parse(stdout), problems: stderr.split('\n').filter((line) => line.includes('skipped')) };
};
// Of another room now: everything in it says so.
const moved = (room) => {
  for (const user of room.user_Data) if (user._id) user.room_id = room._id;
  for (const chat of room.chat_Data) chat.room = room._id;
  return room;
};
const asFile = async (name, value) => {
  const path = join(folder, name);
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
};
const question = { sub_domain: '192.168.101.88', agent_db: 'ace', agent_id: '141', type: 'agent-to-user', client_id: 1 };

test('the source\'s document comes back as it was, imported once or twice', async () => {
  const first = await importFile(exampleFile);
  assert.deepEqual(first, { result: { rooms: 2, participants: 3, messages: 2, skipped: 0 }, problems: [] });
  assert.deepEqual(await shop.post('/api/room/fetchRoomByUserAgent', question), example);
  const again = await importFile(exampleFile);
  assert.deepEqual(again.result, { rooms: 0, participants: 0, messages: 0, skipped: 0 });
  assert.deepEqual(await shop.post('/api/room/fetchRoomByUserAgent', { ...question, agent_id: 141 }), example);
});

test('the source\'s ids are accepted', async () => {
  const [room] = example.roomData;
  for (const id of [room._id, room._id.toUpperCase(), room.room_id]) {
    assert.deepEqual(await shop.history(id), room.chat_Data);
    assert.deepEqual(await shop.participants(id), room.user_Data);
  }
  assert.deepEqual(await shop.history(room._id, { before: room.chat_Data[0]._id }), []);
});

test('imported history is nobody\'s unread and waits in no queue, until its customer writes', async () => {
  const admin = new Agent(server, demo.admin_jwt);
  const [source] = example.roomData;
  const find = async () => (await admin.get('/room', { limit: 100 })).rooms.find(({ subject }) => subject === `Order ${source.room_id}`);
  const before = await find();
  assert.equal(before.unread_count, 0);
  assert.equal(before.created_at, source.created_date);
  assert.equal(before.last_message.content, 'dfdfdfd');
  const { chatData } = await shop.send(source._id, 'still there?', buyer());
  assert.equal(chatData.room, source._id);
  assert.equal((await find()).unread_count, 1);
});

test('bad records are reported with their place and left out; the others come in', async () => {
  const room = (n, more = {}) => ({ ...structuredClone(example.roomData[1]), _id: `aaaaaaaaaaaaaaaaaaaaa00${n}`, room_id: `77${n}`, room_name: `bad-${n}`, agent_id: 'bad', user_Data: [], chat_Data: [], ...more });
  const user = (n, more = {}) => ({ ...example.roomData[1].user_Data[0], _id: `bbbbbbbbbbbbbbbbbbbbb00${n}`, user_id: `u${n}`, ...more });
  const chat = (n, more = {}) => ({ ...example.roomData[1].chat_Data[0], _id: `ccccccccccccccccccccc00${n}`, created_date: `2023-03-24T09:49:1${n}.000Z`, ...more });
  const document = [
    moved(room(1, { user_Data: [user(1), user(2, { user_id: {} }), 7], chat_Data: [chat(2), chat(1), chat(3, { created_date: 'yesterday' }), chat(4, { _id: 'x' })] })),
    room(2, { type: 'nonsense' }),
    'no room',
    room(3, { status: false }),
    room(4, { room_name: 'bad-1' }),
    room(5, { user_Data: {} }),
  ];
  const { result, problems } = await importFile(await asFile('bad.json', document));
  assert.deepEqual(result, { rooms: 3, participants: 1, messages: 2, skipped: 8 });
  for (const [place, what] of [
    ['[0].user_Data[1]', 'user_id'], ['[0].user_Data[2]', 'object'], ['[0].chat_Data[2]', 'created_date'], ['[0].chat_Data[3]', '_id'],
    ['[1]', 'type'], ['[2]', 'object'], ['[4]', 'room_name'], ['[5].user_Data', 'array'],
  ]) {
    assert.ok(problems.some((line) => line.includes(`${place}: `) && line.includes(what)), `${place}: ${what}\n${problems.join('\n')}`);
  }
  const found = await shop.fetch('fetchRoomByUserAgent', { agent_id: 'bad', agent_db: 'ace', type: 'agent_to_user' });
  assert.deepEqual(found.map(({ room_name, status }) => [room_name, status]), [['bad-5', true], ['bad-3', false], ['bad-1', true]]);
  assert.deepEqual((await shop.history('771')).map(({ _id }) => _id.at(-1)), ['1', '2']);
});

test('an _id that is another\'s is reported with its place, and nothing of one order comes into another', async () => {
  const [, source] = example.roomData;
  const room = (n, more = {}) => ({ ...structuredClone(source), _id: 'ddddddddddddddddddddd001', room_id: `88${n}`, room_name: `twice-${n}`, order_user_id: `${n}`, user_Data: [], chat_Data: [], ...more });
  const user = (n) => ({ ...source.user_Data[0], _id: 'eeeeeeeeeeeeeeeeeeeee001', user_id: `${n}` });
  const chat = (n) => ({ ...source.chat_Data[0], _id: 'fffffffffffffffffffff001', message: `of ${n}` });
  const document = [
    moved(room(1, { user_Data: [user(1)], chat_Data: [chat(1)] })),
    moved(room(2, { user_Data: [user(2)], chat_Data: [chat(2)] })),
    moved(room(3, { _id: 'ddddddddddddddddddddd003', user_Data: [user(3)], chat_Data: [chat(3)] })),
  ];
  const file = await asFile('twice.json', document);
  const { result, problems } = await importFile(file);
  assert.deepEqual(result, { rooms: 2, participants: 1, messages: 1, skipped: 3 });
  for (const place of ['[1]', '[2].user_Data[0]', '[2].chat_Data[0]']) {
    assert.ok(problems.some((line) => line.includes(`json: ${place}: _id is that of`)), `${place}\n${problems.join('\n')}`);
  }
  assert.deepEqual((await shop.history('881')).map(({ message }) => message), ['of 1']);
  assert.deepEqual(await shop.history('883'), []);
  assert.deepEqual((await importFile(file)).result, { rooms: 0, participants: 0, messages: 0, skipped: 3 });
});

test('a file that is no JSON, or holds no rooms, says so', async () => {
  for (const [name, text, message] of [['a.json', '{"roomData":[\n\n{]}', /line 3: not valid JSON/], ['b.json', '{}', /roomData/], ['c.json', '7', /roomData/]]) {
    await assert.rejects(importFile(await asFile(name, text)), (error) => error.code === 1 && message.test(error.stderr));
  }
  await assert.rejects(importFile(join(folder, 'nowhere.json')));
});

test('a long room comes in steps, in order, and goes on where it was cut', async () => {
  const messages = Array.from({ length: 450 }, (_, n) => ({
    ...example.roomData[0].chat_Data[0], room: 'eeeeeeeeeeeeeeeeeeeeeeee', _id: `d${String(n).padStart(23, '0')}`, message: `m${n}`,
    created_date: new Date(Date.UTC(2023, 4, 1) + n * 1000).toISOString(),
  }));
  const room = { ...structuredClone(example.roomData[0]), _id: 'eeeeeeeeeeeeeeeeeeeeeeee', room_id: '4242', room_name: 'long', agent_id: 'long', user_Data: [], chat_Data: messages };
  await importFile(await asFile('first.json', { roomData: [{ ...room, chat_Data: messages.slice(0, 200) }] }));
  const { result } = await importFile(await asFile('whole.json', { roomData: [room] }));
  assert.deepEqual(result, { rooms: 0, participants: 0, messages: 250, skipped: 0 });
  const history = await shop.history('4242', { limit: 500 });
  assert.deepEqual(history.map(({ message }) => message), messages.map(({ message }) => message));
  assert.deepEqual(history.map(({ created_date }) => created_date), messages.map(({ created_date }) => created_date));
});

test('without a server it goes into the store itself', async () => {
  await server.stop();
  const room = { ...structuredClone(example.roomData[0]), _id: 'ffffffffffffffffffffffff', room_id: '1717', room_name: 'offline', user_Data: [], chat_Data: [] };
  const { result } = await importFile(await asFile('offline.json', [room]), '--account', demo.account_id);
  assert.equal(result.rooms, 1);
  await server.start();
  assert.deepEqual(await shop.history('1717'), []);
  assertRefused(await shop.call('GET', '/api/chat/1718'), 404);
});

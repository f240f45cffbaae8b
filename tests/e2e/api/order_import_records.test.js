// `parlor import orders`: what a record says comes back as it was said, whatever else Parlor would have said.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { example, OrderClient } from '../lib/orders.js';
import { parlor, startServer } from '../lib/server.js';

const run = promisify(execFile);
let server;
let shop;
let folder;
before(async () => {
  const started = await startServer();
  server = started.server;
  shop = new OrderClient(server, started.demo.order_client);
  folder = await mkdtemp(join(tmpdir(), 'parlor-import-'));
});
after(async () => {
  await server?.close();
  if (folder) await rm(folder, { recursive: true });
});

async function importText(text) {
  const file = join(folder, 'rooms.json');
  await writeFile(file, text);
  const answer = await run(parlor, ['import', 'orders', file, '--data-dir', server.dataDir]).catch((error) => error);
  return { code: answer.code ?? 0, result: answer.stdout ? JSON.parse(answer.stdout) : null, problems: answer.stderr.split('\n').filter(Boolean) };
}
const importDocument = (document) => importText(JSON.stringify(document));
const fetched = (room) => shop.fetch('fetchRoomByUserAgent', { agent_db: room.agent_db, agent_id: room.agent_id, type: room.type });

let made = 0;
const hex = () => (++made).toString(16).padStart(24, 'a');
// A room of its own, found alone by its agent, with one participant and one message.
function record(change = () => {}) {
  const room = structuredClone(example.roomData[0]);
  room._id = hex();
  room.agent_id = `agent ${made}`;
  room.room_name = `name ${made}`;
  room.user_Data = [{ ...room.user_Data[1], _id: hex(), room_id: room._id, room_name: room.room_name }];
  room.chat_Data = [{ ...room.chat_Data[0], _id: hex(), room: room._id, room_name: room.room_name }];
  change(room, room.user_Data[0], room.chat_Data[0]);
  return room;
}

const others = {
  room: {
    status: false, type: 'vendor_to_user', room_id: 'number other', room_name: 'name other', order_vendor_id: '', order_id: 'other', agent_db: 'other',
    vendor_id: '', sub_domain: '', vendor_user_id: '', order_user_id: 'other', agent_id: 'other', db_name: '', client_id: '',
    created_date: '2022-01-02T03:04:05.006Z', updated_date: '2022-02-03T04:05:06.007Z', __v: 3,
  },
  participant: {
    status: false, user_type: 'vendor', user_id: 'other', email: 'other@example.com', username: '', phone_num: '', display_image: '', sub_domain: '',
    room_name: 'other', vendor_id: '99', vendor_user_id: '', order_user_id: '98', order_vendor_id: '97', auth_user_id: '96',
    created_date: '2022-01-02T03:04:05.006Z', updated_date: '2022-02-03T04:05:06.007Z', __v: 7,
  },
  message: {
    display_image: '', phone_num: '', message: 'other', user_type: 'user', to_message: '', from_message: 'from_other', email: 'other@example.com', username: '',
    chat_type: 'user_to_user', room_name: 'other', vendor_id: '99', vendor_user_id: '', order_user_id: '98', order_vendor_id: '97', auth_user_id: '96',
    to_id: '', from_id: '95', from_user_id: '94', created_date: '2022-01-02T03:04:05.006Z', __v: 9,
    sub_domain: 'a.example', agent_id: '93', is_media: true, mediaUrl: 'uploads/no-url.jpg', thumbnailUrl: 'uploads/t.jpg', mediaType: 'image',
  },
};
const part = { room: (room) => room, participant: (room) => room.user_Data[0], message: (room) => room.chat_Data[0] };

for (const [kind, fields] of Object.entries(others)) {
  test(`each field of a ${kind} comes back as it was, whatever it says`, async () => {
    const known = new Set(Object.keys(part[kind](example.roomData[0])));
    for (const name of ['_id', 'user_Data', 'chat_Data', 'room_id', 'room']) if (kind !== 'room' || name !== 'room_id') known.delete(name);
    assert.deepEqual([...known].filter((name) => !(name in fields)), [], 'every field of the example has another value here');
    const rooms = Object.keys(fields).map((name) => record((room) => { part[kind](room)[name] = fields[name]; }));
    rooms.push(record((room) => Object.assign(part[kind](room), fields, kind === 'room' ? { agent_id: 'all', room_name: 'all' } : {})));
    const { result, problems } = await importDocument({ roomData: rooms });
    assert.deepEqual([result.rooms, result.skipped], [rooms.length, 0], problems.join('\n'));
    for (const room of rooms) assert.deepEqual(await fetched(room), [room]);
  });
}

test('a picture without words comes back without words', async () => {
  const room = record((_, __, message) => Object.assign(message, { message: '', is_media: true, mediaUrl: 'uploads/a.jpg', mediaType: 'image', thumbnailUrl: '', sub_domain: '' }));
  await importDocument([room]);
  assert.deepEqual(await fetched(room), [room]);
  assert.deepEqual(await shop.history(room._id), room.chat_Data);
});

test('numbers come back as strings, null and what the format does not have not at all', async () => {
  const room = record((room, user, message) => {
    Object.assign(room, { order_id: 10, vendor_id: null, extra: 1 });
    Object.assign(user, { auth_user_id: 5, extra: {} });
    Object.assign(message, { vendor_user_id: 12, extra: [] });
  });
  await importDocument([room]);
  const [back] = await fetched(room);
  assert.deepEqual([back.order_id, back.vendor_id, back.user_Data[0].auth_user_id, back.chat_Data[0].vendor_user_id], ['10', '', '5', '12']);
  assert.ok([back, back.user_Data[0], back.chat_Data[0]].every((object) => !('extra' in object)));
});

test('times may have an offset, and no milliseconds', async () => {
  const room = record((room, user, message) => {
    room.created_date = '2023-03-24T11:53:33+02:00';
    user.created_date = '2023-03-24T09:53:37Z';
    message.created_date = '2023-03-24T05:33:42.471000-05:00';
  });
  const { problems } = await importDocument([room]);
  assert.deepEqual(problems, []);
  const [back] = await fetched(room);
  assert.deepEqual([back.created_date, back.user_Data[0].created_date, back.chat_Data[0].created_date],
    ['2023-03-24T09:53:33.000Z', '2023-03-24T09:53:37.000Z', '2023-03-24T10:33:42.471Z']);
});

test('a record that says it is of another room is left out, as is one of tomorrow or of a mistyped field', async () => {
  const bad = {
    'chat_Data[0]: room ': [(_, __, message) => { message.room = example.roomData[1]._id; }, 'chat_Data'],
    'user_Data[0]: room_id ': [(_, user) => { user.room_id = example.roomData[1]._id; }, 'user_Data'],
    'chat_Data[0]: created_date ': [(_, __, message) => { message.created_date = '2999-01-01T00:00:00Z'; }, 'chat_Data'],
    'user_Data[0]: status ': [(_, user) => { user.status = 'yes'; }, 'user_Data'],
    'chat_Data[0]: vendor_id ': [(_, __, message) => { message.vendor_id = { a: 1 }; }, 'chat_Data'],
    'chat_Data[0]: __v ': [(_, __, message) => { message.__v = 'x'; }, 'chat_Data'],
  };
  const rooms = Object.values(bad).map(([change]) => record(change));
  const { result, problems } = await importDocument(rooms);
  assert.equal(result.skipped, rooms.length, problems.join('\n'));
  for (const [at, [place, [, list]]] of Object.entries(bad).entries()) {
    assert.ok(problems.some((line) => line.includes(`: [${at}].${place}`)), `${place}\n${problems.join('\n')}`);
    const [back] = await fetched(rooms[at]);
    assert.deepEqual(back, { ...rooms[at], [list]: [] });
  }
  const future = record((room) => { room.updated_date = '2999-01-01T00:00:00Z'; });
  assert.equal((await importDocument([future])).result.skipped, 1);
  const upper = record((room, _, message) => { message.room = room._id.toUpperCase(); });
  assert.equal((await importDocument([upper])).result.messages, 1);
});

test('one person twice in a room is reported, in another part is somebody else', async () => {
  const room = record((room, user) => {
    room.user_Data = [user, { ...user, _id: hex() }, { ...user, _id: hex(), user_type: 'user' }];
  });
  const { result, problems } = await importDocument([room]);
  assert.deepEqual([result.participants, result.skipped], [2, 1]);
  assert.match(problems[0], /\[0\]\.user_Data\[1\]: the same person/);
});

test('a file that breaks off brings in what is whole, says where and fails; the whole file goes on from there', async () => {
  const rooms = Array.from({ length: 5 }, () => record());
  const text = JSON.stringify({ status: true, roomData: rooms }, null, 1);
  const cut = text.indexOf(rooms[3].chat_Data[0]._id);
  const broken = await importText(text.slice(0, cut));
  const line = text.slice(0, cut).split('\n').length;
  assert.equal(broken.code, 1);
  assert.deepEqual(broken.result, { rooms: 3, participants: 3, messages: 3, skipped: 0 });
  assert.match(broken.problems.at(-1), new RegExp(`line ${line}: .*breaks off, in roomData\\[3\\]; the 3 rooms before it came in`));
  assert.deepEqual(await fetched(rooms[2]), [rooms[2]]);
  assert.deepEqual(await fetched(rooms[3]), []);
  const whole = await importText(`\uFEFF${text}`);
  assert.deepEqual([whole.code, whole.result.rooms, whole.result.messages], [0, 2, 2]);
});

test('a room that is no JSON in itself is left out, and those behind it come in', async () => {
  const [good, half, late] = [record(), record(), record()];
  const spoilt = JSON.stringify(half).replace('"status":true', '"status":yes');
  const { code, result, problems } = await importText(`[\n${JSON.stringify(good)},\n${spoilt},\n${JSON.stringify(late)}]`);
  assert.deepEqual([code, result.rooms, result.skipped], [0, 2, 1]);
  assert.match(problems[0], /\[1\]: not valid JSON.*line 3/);
  assert.deepEqual(await fetched(late), [late]);
});

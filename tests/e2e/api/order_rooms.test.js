// Rooms of orders over HTTP: what a marketplace makes, finds and says, and who may.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, hexId, isoTime } from '../lib/api.js';
import { assertRefused, buyer, example, Marketplace, newRoom, OrderClient, orderNumber, vendor } from '../lib/orders.js';
import { startServer } from '../lib/server.js';

let server;
let demo;
let shop;
let marketplace;
let admin;
before(async () => {
  ({ server, demo } = await startServer());
  shop = new OrderClient(server, demo.order_client);
  admin = new Agent(server, demo.admin_jwt);
  marketplace = await Marketplace.of(server, demo);
});
after(() => server?.close());

const roomCalls = {
  createRoom: newRoom(),
  fetchRoomByUserAgent: { agent_id: '141', agent_db: 'ace', type: 'agent-to-user' },
  fetchRoomByVendor: { vendor_id: 7 },
  fetchRoomByUserId: { order_user_id: '1' },
  fetchRoomByClient: { client_id: '1' },
  fetchAllRoom: {},
  fetchRoomByUserIdUserToUser: { order_user_id: '1' },
};
const everyCall = (roomId) => [
  ...Object.entries(roomCalls).map(([name, body]) => ['POST', `/api/room/${name}`, { body }]),
  ['POST', '/api/chat/joinRoom', { body: { room_id: roomId, ...buyer() } }],
  ['POST', '/api/chat/sendMessage', { body: { room_id: roomId, message: 'hello', ...buyer() } }],
  ['POST', '/api/chat/sendMessageJoin', { body: { room_id: roomId, message: 'hello', ...buyer() } }],
  ['GET', `/api/chat/${roomId}`, {}],
  ['GET', `/api/chat/getRoomUser/${roomId}`, {}],
];

test('a room has every field of the source, with its spelling and type', async () => {
  const room = await shop.createRoom();
  const [expected] = example.roomData;
  assert.deepEqual(Object.keys(room), Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) assert.equal(typeof room[name], typeof value, name);
  assert.match(room._id, hexId);
  assert.match(room.created_date, isoTime);
  assert.equal(room.type, 'agent_to_user');
  assert.equal(room.room_name, `OrderNo-${room.room_id}-orderId-10-oderVendor-7-agentId-141`);
  assert.deepEqual([room.order_id, room.vendor_id, room.status, room.__v], ['10', '7', true, 0]);
});

test('messages and participants have every field of the source', async () => {
  const room = await shop.createRoom();
  const person = { user_type: 'agent', user_id: 141, username: 'goutav', phone_num: '+0000000000', display_image: '{{{S3Url}}/a.jpg', sub_domain: '{{SubUrl}}' };
  const answer = await shop.send(room._id, 'dfdfdfd', person);
  assert.deepEqual([answer.status, answer.statusCode, typeof answer.message], [true, 200, 'string']);
  const [source] = example.roomData;
  const without = (object, ...names) => Object.keys(object).filter((name) => !names.includes(name)).sort();
  assert.deepEqual(without(answer.chatData, 'seq', 'sub_domain'), Object.keys(source.chat_Data[0]).sort());
  assert.equal(answer.chatData.seq, 2);
  assert.deepEqual(answer.roomData.chat_Data, [answer.chatData]);
  const [participant] = answer.roomData.user_Data;
  assert.deepEqual(without(participant), Object.keys(source.user_Data[1]).sort());
  assert.deepEqual(await shop.participants(room._id), [participant]);
  assert.deepEqual(
    [answer.chatData.to_message, answer.chatData.from_message, answer.chatData.to_id, answer.chatData.from_id, answer.chatData.from_user_id],
    ['to_user', 'from_agent', '7', '1', '141'],
  );
  assert.equal(answer.chatData.display_image, '{{{S3Url}}/a.jpg');
  assert.equal(answer.chatData.room, room._id);
});

test('the same createRoom a hundred times at once makes one room', async () => {
  const body = newRoom();
  const rooms = await Promise.all(Array.from({ length: 100 }, () => shop.createRoom(body)));
  assert.equal(new Set(rooms.map((room) => room._id)).size, 1);
  const found = await shop.fetch('fetchRoomByUserAgent', { agent_id: 141, agent_db: 'ace', type: 'agent_to_user' });
  assert.equal(found.filter((room) => room.room_id === body.room_id).length, 1);
});

test('two names are two rooms, however alike their orders are', async () => {
  const body = newRoom();
  const first = await shop.createRoom(body);
  const second = await shop.createRoom({ ...body, type: 'vendor_to_user', agent_id: undefined });
  assert.notEqual(second._id, first._id);
  assert.equal((await shop.createRoom({ ...body, room_name: first.room_name, order_id: 99 }))._id, first._id);
});

test('types with - and _, ids as numbers and as strings select the same rooms', async () => {
  const agent = orderNumber();
  const room = await shop.createRoom({ agent_id: Number(agent) });
  for (const type of ['agent-to-user', 'agent_to_user']) {
    for (const agent_id of [agent, Number(agent)]) {
      for (const client_id of ['1', 1, '', undefined]) {
        const found = await shop.fetch('fetchRoomByUserAgent', { sub_domain: '192.168.101.88', agent_db: 'ace', agent_id, type, client_id });
        assert.deepEqual(found.map(({ _id }) => _id), [room._id]);
      }
    }
  }
  const asked = { agent_db: 'ace', agent_id: agent, type: 'agent_to_user' };
  for (const other of [{ agent_db: 'x' }, { agent_id: '1' }, { type: 'vendor_to_user' }, { sub_domain: 'x' }, { client_id: 2 }]) {
    assert.deepEqual(await shop.fetch('fetchRoomByUserAgent', { ...asked, ...other }), [], JSON.stringify(other));
  }
});

test('the source\'s own request finds nothing, and says so with 200', async () => {
  const body = { sub_domain: '192.168.101.88', agent_db: 'salesdemo', agent_id: '133', type: 'agent-to-user', client_id: 5 };
  assert.deepEqual(await shop.post('/api/room/fetchRoomByUserAgent', body), { roomData: [], status: true, statusCode: 200 });
});

test('rooms are found by vendor, user and client, newest update first', async () => {
  const [vendorId, userId, clientId] = [orderNumber(), orderNumber(), orderNumber()];
  const keys = { vendor_id: vendorId, order_user_id: userId, client_id: clientId };
  const first = await shop.createRoom(keys);
  const second = await shop.createRoom({ ...keys, type: 'vendor_to_user' });
  const third = await shop.createRoom({ ...keys, type: 'user-to-user', vendor_id: `${vendorId}b` });
  await shop.send(first._id, 'moves it up', { user_type: 'user', user_id: userId });
  const ids = async (call, body) => (await shop.fetch(call, body)).map(({ _id }) => _id);
  assert.deepEqual(await ids('fetchRoomByVendor', { vendor_id: vendorId }), [first._id, second._id]);
  assert.deepEqual(await ids('fetchRoomByVendor', { vendor_id: [vendorId, `${vendorId}b`] }), [first._id, third._id, second._id]);
  assert.deepEqual(await ids('fetchRoomByUserId', { order_user_id: Number(userId) }), [first._id, third._id, second._id]);
  assert.deepEqual(await ids('fetchRoomByUserId', { order_user_id: userId, type: 'vendor-to-user' }), [second._id]);
  assert.deepEqual(await ids('fetchRoomByClient', { client_id: clientId }), [first._id, third._id, second._id]);
  assert.deepEqual(await ids('fetchRoomByUserIdUserToUser', { order_user_id: userId }), [third._id]);
  assert.deepEqual((await ids('fetchAllRoom', {})).slice(0, 3), [first._id, third._id, second._id]);
  assert.deepEqual(await ids('fetchRoomByClient', { client_id: clientId, limit: 1 }), [first._id]);
  assert.deepEqual(await ids('fetchRoomByClient', { client_id: clientId, before: first._id }), [third._id, second._id]);
});

test('nobody comes in without a key or token of the account and its client code', async () => {
  const room = await shop.createRoom();
  const { authorization, client } = demo.order_client;
  const strangers = {
    'no headers': {},
    'no client': { authorization },
    'no authorization': { client },
    'another client': { authorization, client: 'another' },
    'an unknown key': { authorization: 'pik_unknown', client },
    'a broken token': { authorization: 'a.b.c', client },
    'a support token': { authorization: demo.support_token, client },
    'an agent of another account': { authorization: `Bearer ${demo.outsider_jwt}`, client },
    'the wrong client of a token': { authorization: demo.admin_jwt, client: 'another' },
  };
  for (const [who, credentials] of Object.entries(strangers)) {
    const stranger = new OrderClient(server, credentials);
    for (const [method, path, options] of everyCall(room._id)) {
      assertRefused(await stranger.call(method, path, options), 401);
      assert.ok(true, `${who}: ${path}`);
    }
    assertRefused(await stranger.call('POST', '/api/room/createRoom', { body: {} }), 401);
  }
});

test('Bearer may be said, or left out', async () => {
  const { authorization, client } = demo.order_client;
  for (const spelled of [authorization, `Bearer ${authorization}`, `bearer ${authorization}`]) {
    await new OrderClient(server, { authorization: spelled, client }).fetch('fetchAllRoom', {});
  }
});

test('a deleted key opens nothing', async () => {
  const { key, _id } = (await admin.post('/integration', { name: 'Short-lived' })).data;
  const { client } = demo.order_client;
  const short = new OrderClient(server, { authorization: key, client });
  await short.fetch('fetchAllRoom', {});
  await admin.ok('DELETE', `/integration/${_id}`);
  assertRefused(await short.call('POST', '/api/room/fetchAllRoom', { body: {} }), 401);
});

test('an unknown room is 404', async () => {
  for (const unknown of ['641d731dee3408c461095a2b', '00000000000000000000000a', 'nonesuch', '99']) {
    const send = { body: { room_id: unknown, message: 'x', ...buyer() } };
    assertRefused(await shop.call('POST', '/api/chat/sendMessage', send), 404, 'No room found!');
    assertRefused(await shop.call('POST', '/api/chat/joinRoom', { body: { room_id: unknown, ...buyer() } }), 404, 'No room found!');
    assertRefused(await shop.call('GET', `/api/chat/${unknown}`), 404, 'No room found!');
    assertRefused(await shop.call('GET', `/api/chat/getRoomUser/${unknown}`), 404, 'No room found!');
  }
});

test('a missing or mistyped field is 400 and named', async () => {
  const room = await shop.createRoom();
  const wrong = [{}, [], true, 1.5, null, ''];
  const required = [
    ['/api/room/createRoom', newRoom(), ['type', 'room_id', 'order_id', 'order_vendor_id', 'order_user_id', 'vendor_id', 'vendor_user_id', 'client_id']],
    ['/api/room/fetchRoomByUserAgent', roomCalls.fetchRoomByUserAgent, ['agent_id', 'agent_db', 'type']],
    ['/api/room/fetchRoomByVendor', { vendor_id: '7' }, ['vendor_id']],
    ['/api/room/fetchRoomByUserId', { order_user_id: '7' }, ['order_user_id']],
    ['/api/room/fetchRoomByClient', { client_id: '7' }, ['client_id']],
    ['/api/room/fetchRoomByUserIdUserToUser', { order_user_id: '7' }, ['order_user_id']],
    ['/api/chat/joinRoom', { room_id: room._id, ...buyer() }, ['room_id', 'user_type', 'user_id']],
    ['/api/chat/sendMessage', { room_id: room._id, message: 'x', ...buyer() }, ['room_id', 'user_type', 'user_id']],
    ['/api/chat/sendMessageJoin', { room_id: room._id, message: 'x', ...buyer() }, ['message']],
  ];
  for (const [path, body, names] of required) {
    for (const name of names) {
      for (const value of [undefined, ...wrong]) {
        const answer = await shop.call('POST', path, { body: { ...body, [name]: value } });
        assertRefused(answer, 400, new RegExp(name));
      }
    }
  }
  const optional = ['username', 'email', 'display_image', 'chat_type', 'to_message', 'from_message', 'mediaUrl', 'thumbnailUrl', 'mediaType', 'is_media'];
  for (const name of optional) {
    const answer = await shop.call('POST', '/api/chat/sendMessage', { body: { room_id: room._id, message: 'x', ...buyer(), [name]: { a: 1 } } });
    assertRefused(answer, 400, new RegExp(name));
  }
  for (const raw of ['', '{', '[]', 'null', '"x"', '{"room_id":']) {
    assertRefused(await shop.call('POST', '/api/chat/sendMessage', { raw }), 400);
  }
  const bad = { limit: 'x' };
  assertRefused(await shop.call('GET', `/api/chat/${room._id}`, { query: bad }), 400, /limit/);
  assertRefused(await shop.call('GET', `/api/chat/${room._id}`, { query: { limit: 0 } }), 400, /limit/);
});

test('what is no URL, and what would be a script, is kept and returned as written', async () => {
  const room = await shop.createRoom();
  const person = buyer({ username: '<script>alert(1)</script>', display_image: 'no url at all <img src=x onerror=alert(1)>' });
  const { chatData } = await shop.send(room._id, '<b>bold</b>', person);
  assert.equal(chatData.username, person.username);
  assert.equal(chatData.display_image, person.display_image);
  const [kept] = await shop.participants(room._id);
  assert.equal(kept.display_image, person.display_image);
  const answer = await shop.call('GET', `/api/chat/${room._id}`);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
});

test('media is stored with its links; what is no link is refused', async () => {
  const room = await shop.createRoom();
  const media = { mediaUrl: 'https://cdn.example.com/a.jpg', thumbnailUrl: 'https://cdn.example.com/t.jpg', mediaType: 'image', is_media: 1 };
  const { chatData } = await shop.send(room._id, undefined, { ...buyer(), ...media });
  assert.deepEqual([chatData.mediaUrl, chatData.thumbnailUrl, chatData.mediaType, chatData.is_media, chatData.message], [media.mediaUrl, media.thumbnailUrl, 'image', true, '']);
  for (const mediaUrl of ['javascript:alert(1)', 'data:text/html,x', 'no url']) {
    const answer = await shop.call('POST', '/api/chat/sendMessage', { body: { room_id: room._id, mediaUrl, ...buyer() } });
    assertRefused(answer, 400, /mediaUrl/);
  }
});

test('history is oldest first, in pages before a message', async () => {
  const room = await shop.createRoom();
  for (let n = 1; n <= 7; ++n) await shop.send(room.room_id, `message ${n}`, n % 2 ? buyer() : vendor());
  const texts = (page) => page.map(({ message }) => message);
  const all = await shop.history(room._id);
  assert.deepEqual(texts(all), [1, 2, 3, 4, 5, 6, 7].map((n) => `message ${n}`));
  const newest = await shop.history(room.room_id, { limit: 3 });
  assert.deepEqual(texts(newest), ['message 5', 'message 6', 'message 7']);
  const older = await shop.history(room._id, { limit: 3, before: newest[0]._id });
  assert.deepEqual(texts(older), ['message 2', 'message 3', 'message 4']);
  assertRefused(await shop.call('GET', `/api/chat/${room._id}`, { query: { before: '00000000000000000000000a' } }), 404);
  const vendors = all[1];
  assert.deepEqual([vendors.to_message, vendors.from_message, vendors.to_id, vendors.from_id], ['to_user', 'from_vendor', '1', '7']);
});

test('participants stand in the order of joining, each once', async () => {
  const room = await shop.createRoom();
  await shop.join(room._id, vendor());
  await shop.send(room._id, 'hello', buyer());
  const { userData, roomData } = await shop.join(room._id, vendor({ username: 'Vera the second', phone_num: 5 }));
  assert.deepEqual(roomData.user_Data.map(({ user_type, username }) => [user_type, username]), [['vendor', 'Vera the second'], ['user', 'Bea Buyer']]);
  assert.deepEqual(userData, roomData.user_Data[0]);
  assert.equal(userData.phone_num, '5');
});

test('the same message sent twice with a client id is one', async () => {
  const room = await shop.createRoom();
  const body = { room_id: room._id, message: 'once', _uniqueId: 'a-1', ...buyer() };
  const first = await shop.post('/api/chat/sendMessage', body);
  const again = await shop.post('/api/chat/sendMessage', body);
  assert.deepEqual(again.chatData, first.chatData);
  assert.equal((await shop.history(room._id)).length, 1);
  assertRefused(await shop.call('POST', '/api/chat/sendMessage', { body: { ...body, message: 'other' } }), 409);
});

test('a buyer sees and uses the rooms they take part in, as themselves', async () => {
  const [mine, theirs] = [orderNumber(), orderNumber()];
  const own = await shop.createRoom({ order_user_id: mine });
  const other = await shop.createRoom({ order_user_id: theirs });
  const bea = marketplace.as('buyer', mine, { name: 'Bea Buyer' });
  for (const [call, body] of [['fetchAllRoom', {}], ['fetchRoomByUserId', { order_user_id: mine }], ['fetchRoomByVendor', { vendor_id: 7 }],
    ['fetchRoomByClient', { client_id: 1 }], ['fetchRoomByUserAgent', roomCalls.fetchRoomByUserAgent]]) {
    assert.deepEqual((await bea.fetch(call, body)).map(({ _id }) => _id), [own._id], call);
  }
  assert.deepEqual(await bea.fetch('fetchRoomByUserId', { order_user_id: theirs }), []);
  const { chatData } = await bea.send(own._id, 'it is me', { user_type: 'user', user_id: mine });
  assert.equal(chatData.user_type, 'user');
  for (const person of [{ user_type: 'user', user_id: theirs }, { user_type: 'agent', user_id: mine }, { user_type: 'vendor', user_id: mine }]) {
    assertRefused(await bea.call('POST', '/api/chat/sendMessage', { body: { room_id: own._id, message: 'x', ...person } }), 403);
    assertRefused(await bea.call('POST', '/api/chat/joinRoom', { body: { room_id: own._id, ...person } }), 403);
  }
  for (const [method, path, options] of everyCall(other._id).filter(([, path]) => path.includes('/chat/'))) {
    assertRefused(await bea.call(method, path, options), 404, 'No room found!');
  }
  assertRefused(await bea.call('POST', '/api/room/createRoom', { body: { ...newRoom(), order_user_id: theirs } }), 403);
  assert.equal((await bea.createRoom({ order_user_id: mine })).order_user_id, mine);
});

test('whoever has a token is shown as the token says, and not as they or a colleague would like', async () => {
  const me = orderNumber();
  const own = await shop.createRoom({ order_user_id: me, type: 'vendor_to_user' });
  const bea = marketplace.as('buyer', me, { name: 'Bea Buyer', email: 'bea@example.com' });
  const disguise = { username: 'Ada Admin', email: 'ada@juniper.example', from_message: 'from_agent', to_message: 'to_vendor', chat_type: 'user-to-user' };
  const { chatData } = await bea.send(own._id, 'trust me', { user_type: 'user', user_id: me, ...disguise });
  const shown = ({ username, email, from_message, to_message, chat_type }) => [username, email, from_message, to_message, chat_type];
  assert.deepEqual(shown(chatData), ['Bea Buyer', 'bea@example.com', 'from_user', 'to_vendor', 'vendor_to_user']);
  await bea.join(own._id, { user_type: 'user', user_id: me, ...disguise });
  assert.deepEqual((await shop.participants(own._id)).map(({ username, email }) => [username, email]), [['Bea Buyer', 'bea@example.com']]);
  const { contact } = (await admin.get(`/room/${own._id}`)).data;
  assert.deepEqual([contact.name, contact.email], ['Bea Buyer', 'bea@example.com']);

  const { chatData: theirs } = await shop.send(own._id, 'as the shop says', { user_type: 'user', user_id: me, ...disguise });
  assert.equal(theirs.from_message, 'from_agent', 'the shop\'s own server says what it likes');
});

test('rooms from user to user are found by whoever takes part', async () => {
  const [owner, friend] = [orderNumber(), orderNumber()];
  const room = await shop.createRoom({ type: 'user_to_user', order_user_id: owner });
  await shop.join(room._id, buyer({ user_id: friend }));
  for (const person of [owner, friend]) {
    for (const asking of [shop, marketplace.as('buyer', person)]) {
      assert.deepEqual((await asking.fetch('fetchRoomByUserIdUserToUser', { order_user_id: person })).map(({ _id }) => _id), [room._id]);
    }
  }
});

test('a vendor sees the rooms of their orders, and those that they have joined', async () => {
  const me = orderNumber();
  const sold = await shop.createRoom({ vendor_user_id: me });
  const joined = await shop.createRoom();
  const vera = marketplace.as('vendor', me);
  assert.deepEqual((await vera.fetch('fetchAllRoom', {})).map(({ _id }) => _id), [sold._id]);
  await shop.join(joined._id, vendor({ user_id: me }));
  assert.deepEqual((await vera.fetch('fetchAllRoom', {})).map(({ _id }) => _id).sort(), [joined._id, sold._id].sort());
  await vera.send(sold._id, 'on its way', { user_type: 'vendor', user_id: me });
  const student = marketplace.as('student', '5');
  assertRefused(await student.call('POST', '/api/room/fetchAllRoom', { body: {} }), 403);
});

test('another account sees nothing of it', async () => {
  const room = await shop.createRoom();
  const outsider = new Agent(server, demo.outsider_jwt);
  const { status } = await outsider.call('GET', `/room/${room._id}`);
  assert.equal(status, 404);
});

// Order rooms beside all others: agents see and answer them in the console, and sockets of both sides hear it.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Agent, Visitor } from '../lib/api.js';
import { assertRefused, buyer, Marketplace, newRoom, OrderClient, orderNumber, vendor } from '../lib/orders.js';
import { startServer } from '../lib/server.js';
import { assertRefused as assertSocketRefused, connect } from '../lib/sockets.js';

let server;
let demo;
let shop;
let marketplace;
let agent;
let admin;
let open = [];
before(async () => {
  ({ server, demo } = await startServer());
  shop = new OrderClient(server, demo.order_client);
  agent = new Agent(server, demo.agent_jwt);
  admin = new Agent(server, demo.admin_jwt);
  marketplace = await Marketplace.of(server, demo);
  await shop.createRoom();
});
after(() => server?.close());
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});

async function listen(auth) {
  const listener = await connect(server, auth);
  open.push(listener);
  return listener;
}
const consoleRoom = async (room, who = agent) => (await who.get('/room', { limit: 100 })).rooms.find((one) => one._id === room._id);

// A member of "Orders" whom the marketplace knows by a number.
async function numberedAgent() {
  const external_id = orderNumber();
  const { data } = await admin.post('/agent', { name: 'Nils Number', email: `${external_id}@juniper.example`, external_id });
  const orders = (await admin.get('/inbox')).data.find(({ channel }) => channel === 'order');
  const members = [...orders.members.map(({ conversation_id }) => conversation_id), data.conversation_id];
  await admin.patch(`/inbox/${orders._id}`, { members });
  return { external_id, ...data };
}

test('there is one inbox "Orders", made at first use, with the account\'s agents', async () => {
  await Promise.all(Array.from({ length: 10 }, () => shop.createRoom()));
  const inboxes = (await admin.get('/inbox')).data.filter(({ channel }) => channel === 'order');
  assert.equal(inboxes.length, 1);
  assert.equal(inboxes[0].name, 'Orders');
  assert.equal(inboxes[0].visibility, 'inbox');
  const members = inboxes[0].members.map(({ conversation_id }) => conversation_id);
  assert.ok(members.includes(demo.agent_conversation_id) && members.includes(demo.agent2_conversation_id));
  const second = await admin.call('POST', '/inbox', { body: { name: 'More orders', channel: 'order' } });
  assert.equal(second.status, 409, second.text);
});

test('a buyer\'s message is a customer\'s in the console: listed, unread, searched', async () => {
  const room = await shop.createRoom({ order_user_id: orderNumber() });
  const person = buyer({ user_id: room.order_user_id, username: `Bea ${room.room_id}` });
  await shop.send(room._id, `where is my parcel ${room.room_id}`, person);
  const listed = await consoleRoom(room);
  assert.equal(listed.unread_count, 1);
  assert.equal(listed.subject, `Order ${room.room_id}`);
  assert.equal(listed.contact?.name ?? listed.contact_name, person.username);
  const { messages } = await agent.history(room._id);
  assert.deepEqual(messages.map(({ sender_type, content }) => [sender_type, content]), [['customer', `where is my parcel ${room.room_id}`]]);
  assert.equal((await consoleRoom(room)).unread_count, 0);
  for (const search of [room.room_id, person.username]) {
    const found = (await agent.get('/room', { search })).rooms.map(({ _id }) => _id);
    assert.ok(found.includes(room._id), search);
  }
});

test('the number of its order finds a room, for whom it is', async () => {
  const room = await shop.createRoom();
  const other = await shop.createRoom();
  const found = async (search) => (await admin.get('/room', { search })).rooms.map(({ subject }) => subject);
  for (const search of [room.room_id, `#${room.room_id}`, `Order ${room.room_id}`, `  order  #${room.room_id} `, `الطلب ${room.room_id}`]) {
    assert.deepEqual(await found(search), [`Order ${room.room_id}`], search);
  }
  assert.deepEqual(await found(`${room.room_id} ${other.room_id}`), []);
  const outsider = new Agent(server, demo.outsider_jwt);
  assert.deepEqual((await outsider.get('/room', { search: room.room_id })).rooms, []);
});

test('a reply in the console reaches those who joined the room, as an agent\'s', async () => {
  const { external_id, invitation_link } = await numberedAgent();
  const token = invitation_link.split('#invitation=')[1];
  const signedIn = await admin.post('/api/auth/invitation', { token, password: 'long enough 17' });
  const numbered = new Agent(server, signedIn.token);
  const buyerId = orderNumber();
  const room = await shop.createRoom({ order_user_id: buyerId });
  const bea = await listen({ authorization: marketplace.token('buyer', buyerId), client: demo.order_client.client });
  const byToken = await listen({ token: marketplace.token('buyer', buyerId) });
  const integration = await listen(shop.auth);
  const elsewhere = await listen(shop.auth);
  const colleague = await listen({ authorization: demo.agent2_jwt, client: demo.order_client.client });
  const desk = await listen({ token: demo.agent2_jwt });
  for (const socket of [bea, byToken, integration, colleague]) {
    const ack = await socket.emit('joinRoom', { email: 'bea@example.com', roomId: room._id });
    assert.deepEqual([ack.status, ack.statusCode], [true, 200]);
  }
  const reply = await numbered.send(room._id, 'It left the house today');
  await numbered.send(room._id, 'not for the buyer', { type: 'note' });
  await numbered.send(room._id, 'the end');
  for (const socket of [bea, byToken, integration, colleague]) {
    for (const name of ['new-message', 'new-app-message']) {
      await socket.waitFor(name, ({ message }) => message.message === 'the end');
      const { message } = await socket.waitFor(name, ({ message }) => message.message === 'It left the house today');
      assert.deepEqual([message.user_type, message.agent_id, message.from_message, message.to_message, message._id],
        ['agent', external_id, 'from_agent', 'to_user', reply._id]);
      assert.equal(socket.all(name, ({ message }) => message.message === 'not for the buyer').length, 0);
      assert.equal(socket.all(name, ({ message }) => message.message === 'It left the house today').length, 1);
    }
  }
  assert.equal(elsewhere.all('new-message').length + desk.all('new-message').length, 0, 'who has not joined the room');
  await desk.waitFor('newMessage', ({ message }) => message.content === 'the end');
  const history = await shop.history(room._id);
  assert.deepEqual(history.map(({ message }) => message), ['It left the house today', 'the end']);
  const [participant] = await shop.participants(room._id);
  assert.deepEqual([participant.user_type, participant.user_id], ['agent', external_id]);
  const [fetched] = await shop.fetch('fetchRoomByUserId', { order_user_id: buyerId });
  assert.equal(fetched.chat_Data[0].message, 'the end');
});

test('the other way round: a buyer\'s message is told to the console and to the room', async () => {
  const buyerId = orderNumber();
  const room = await shop.createRoom({ order_user_id: buyerId });
  const desk = await listen({ token: demo.agent_jwt });
  const integration = await listen(shop.auth);
  await integration.emit('joinRoom', { email: '', roomId: room.room_id });
  const bea = await listen({ authorization: `Bearer ${marketplace.token('buyer', buyerId)}`, client: demo.order_client.client });
  const saved = await bea.emit('save-message', { room_id: room._id, message: 'hello there', user_type: 'user', user_id: buyerId });
  assert.equal(saved.chatData.message, 'hello there');
  const told = await desk.waitFor('newMessage', ({ message }) => message.room_id === room._id);
  assert.deepEqual([told.type, told.message.content], ['support', 'hello there']);
  const { message } = await integration.waitFor('new-message', ({ message }) => message.room === room._id);
  assert.deepEqual(message, saved.chatData);
  const refused = await bea.emit('save-message', { room_id: room._id, message: 'x', user_type: 'agent', user_id: '1' });
  assert.deepEqual([refused.status, refused.statusCode], [false, 403]);
  const unnamed = await bea.emit('save-message', { room_id: room._id, user_type: 'user', user_id: buyerId });
  assert.deepEqual([unnamed.statusCode, /message/.test(unnamed.message)], [400, true]);
});

test('a buyer\'s and a vendor\'s sockets hear the marketplace\'s events and no others', async () => {
  const [buyerId, vendorId] = [orderNumber(), orderNumber()];
  const sockets = [];
  for (const [role, sub] of [['buyer', buyerId], ['vendor', vendorId]]) {
    const token = marketplace.token(role, sub);
    for (const auth of [{ authorization: token, client: demo.order_client.client }, { token }]) sockets.push(await listen(auth));
  }
  const desk = await listen({ token: demo.agent_jwt });
  const room = await shop.createRoom({ order_user_id: buyerId, vendor_user_id: vendorId });
  for (const socket of sockets) assert.equal((await socket.emit('joinRoom', { roomId: room._id })).status, true);
  await shop.send(room._id, 'where is it?', buyer({ user_id: buyerId }));
  await desk.emit('typing', { room_id: room._id, is_typing: true });
  await agent.history(room._id);
  await agent.send(room._id, 'on its way');
  await agent.patch('/room/status', { room_id: room._id, status: 'closed' });
  await desk.waitFor('updateRoom', ({ room_id, type }) => room_id === room._id && type === 'status');
  await shop.send(room._id, 'the end', buyer({ user_id: buyerId }));
  for (const socket of sockets) {
    await socket.waitFor('new-app-message', ({ message }) => message.message === 'the end');
    assert.deepEqual([...new Set(socket.events.map(({ name }) => name))].sort(), ['new-app-message', 'new-message', 'room-created']);
  }
});

test('an agent\'s socket hears of a room that it joined for as long as the agent may see it', async () => {
  const orders = (await admin.get('/inbox')).data.find(({ channel }) => channel === 'order');
  await admin.patch(`/inbox/${orders._id}`, { visibility: 'assigned' });
  try {
    const [first, second] = [await shop.createRoom(), await shop.createRoom()];
    const own = [demo.agent2_conversation_id];
    for (const room of [first, second]) await admin.patch('/room/assignee', { room_id: room._id, conversation_ids: own });
    const socket = await listen({ authorization: demo.agent2_jwt, client: demo.order_client.client });
    const desk = await listen({ token: demo.admin_jwt });
    for (const room of [first, second]) assert.equal((await socket.emit('joinRoom', { roomId: room._id })).status, true);
    await shop.send(first._id, 'still here', buyer());
    await socket.waitFor('new-message', ({ message }) => message.message === 'still here');
    await admin.patch('/room/assignee', { room_id: first._id, conversation_ids: [demo.agent_conversation_id] });
    for (const room of [first, second]) await shop.send(room._id, 'who hears it', buyer());
    const { message } = await socket.waitFor('new-message', ({ message }) => message.room === second._id);
    assert.equal(message.message, 'who hears it');
    assert.equal(socket.all('new-message', (told) => told.message.room === first._id).length, 1, 'what was said before');
    await desk.emit('joinRoom', { roomId: first._id });
    await shop.send(first._id, 'and the admin', buyer());
    await desk.waitFor('new-message', (told) => told.message.room === first._id);
  } finally {
    await admin.patch(`/inbox/${orders._id}`, { visibility: 'inbox' });
  }
});

test('nobody listens to a room that is not theirs', async () => {
  const room = await shop.createRoom();
  const stranger = await listen({ authorization: marketplace.token('buyer', orderNumber()), client: demo.order_client.client });
  const ack = await stranger.emit('joinRoom', { email: 'x', roomId: room._id });
  assert.deepEqual([ack.status, ack.statusCode, ack.message], [false, 404, 'No room found!']);
  const leaver = await listen(shop.auth);
  await leaver.emit('joinRoom', { roomId: room._id });
  await leaver.emit('leaveRoom', { roomId: room._id });
  const witness = await listen(shop.auth);
  await witness.emit('joinRoom', { roomId: room._id });
  await shop.send(room._id, 'who hears it', buyer());
  await witness.waitFor('new-message');
  await leaver.emit('leaveRoom', { roomId: room._id });
  await stranger.emit('joinRoom', { roomId: room._id });
  assert.equal(stranger.all('new-message').length + leaver.all('new-message').length, 0);
});

test('sockets come in with a key or token of the account and its client code only', async () => {
  const { authorization, client } = demo.order_client;
  for (const auth of [{}, { authorization }, { client }, { authorization, client: 'x' }, { authorization: 'pik_x', client },
    { authorization: demo.outsider_jwt, client }, { authorization: 5, client }]) {
    await assertSocketRefused(server, auth);
  }
});

test('a deleted key ends its sockets', async () => {
  const { key, _id } = (await admin.post('/integration', { name: 'Short-lived' })).data;
  const socket = await listen({ authorization: key, client: demo.order_client.client });
  const ended = new Promise((done) => socket.socket.once('disconnect', done));
  await admin.ok('DELETE', `/integration/${_id}`);
  await ended;
});

test('room-created goes to the room\'s people', async () => {
  const [buyerId, vendorId] = [orderNumber(), orderNumber()];
  const as = (role, sub) => listen({ authorization: marketplace.token(role, sub), client: demo.order_client.client });
  const people = [await as('buyer', buyerId), await as('vendor', vendorId), await listen({ token: demo.agent_jwt }), await listen(shop.auth)];
  const other = await as('buyer', orderNumber());
  const room = await shop.createRoom({ order_user_id: buyerId, vendor_user_id: vendorId });
  for (const socket of people) {
    const { roomData } = await socket.waitFor('room-created', ({ roomData }) => roomData._id === room._id);
    assert.deepEqual(roomData, room);
    assert.equal(socket.all('room-created', ({ roomData }) => roomData._id === room._id).length, 1);
  }
  await other.emit('joinRoom', { roomId: room._id });
  assert.equal(other.all('room-created').length, 0);
});

test('closing a room makes its status false, and a buyer\'s message opens it again', async () => {
  const room = await shop.createRoom({ order_user_id: orderNumber() });
  const person = buyer({ user_id: room.order_user_id });
  await shop.send(room._id, 'one', person);
  await agent.patch('/room/status', { room_id: room._id, status: 'closed' });
  const find = async () => (await shop.fetch('fetchRoomByUserId', { order_user_id: room.order_user_id }))[0].status;
  assert.equal(await find(), false);
  await shop.send(room._id, 'two', person);
  assert.equal(await find(), true);
});

test('an agent of ours who writes through the marketplace is that agent in the console', async () => {
  const { external_id, conversation_id } = await numberedAgent();
  const room = await shop.createRoom({ agent_id: external_id });
  const { data } = await admin.get(`/room/${room._id}`);
  assert.ok(JSON.stringify(data).includes(conversation_id), 'the agent whom the marketplace names has the room');
  await shop.send(room._id, 'I am on it', { user_type: 'agent', user_id: external_id, username: 'Nils' });
  const { messages } = await agent.history(room._id);
  assert.deepEqual([messages[0].sender_type, messages[0].conversation_id], ['agent', conversation_id]);
});

test('a vendor is the customer\'s side, and a blocked buyer writes no more', async () => {
  const room = await shop.createRoom({ order_user_id: orderNumber() });
  await shop.send(room._id, 'from the vendor', vendor());
  assert.equal((await agent.history(room._id)).messages[0].sender_type, 'customer');
  const { data } = await agent.get(`/room/${room._id}`);
  await agent.patch(`/contact/${data.contact_id ?? data.contact._id}`, { blocked: true });
  const answer = await shop.call('POST', '/api/chat/sendMessage', { body: { room_id: room._id, message: 'x', ...buyer({ user_id: room.order_user_id }) } });
  assertRefused(answer, 403, /Blocked/);
});

test('an agent reads the order and its people with the room, other rooms have none', async () => {
  const [buyerId, vendorId] = [orderNumber(), orderNumber()];
  const room = await shop.createRoom({ order_id: 4711, vendor_id: 7, order_user_id: buyerId, vendor_user_id: vendorId, agent_id: '' });
  await shop.send(room._id, 'Where is it?', buyer({ user_id: buyerId }));
  await shop.send(room._id, 'On its way.', vendor({ user_id: vendorId }));
  const { order } = (await admin.get(`/room/${room._id}`)).data;
  assert.deepEqual([order.number, order.type, order.order_id, order.vendor_id], [room.room_id, 'agent_to_user', '4711', '7']);
  assert.deepEqual(order.participants.map(({ user_type, user_id, name, email, phone }) => [user_type, user_id, name, email, phone]),
    [['user', buyerId, 'Bea Buyer', 'bea@example.com', '+100'], ['vendor', vendorId, 'Vera Vendor', '', '']]);
  const visitor = await Visitor.open(server, demo);
  const other = await visitor.createRoom('no order');
  assert.equal((await admin.get(`/room/${other.id}`)).data.order, undefined);
});

test('a file that an agent sends reaches the marketplace with links', async () => {
  const room = await shop.createRoom();
  const form = new FormData();
  form.append('file', new Blob(['All lamps are lit.\n']), 'report.txt');
  const { attachment } = await agent.ok('POST', '/attachment', { form });
  await agent.post('/message', { room_id: room._id, message: { type: 'file', content: '', attachments: [{ url: attachment.url }] } });
  const [message] = await shop.history(room._id);
  assert.equal(message.is_media, true);
  assert.equal((await fetch(message.mediaUrl)).status, 200);
  assert.equal(message.mediaType, 'text/plain');
});

test('an agent\'s token uses the calls as that agent', async () => {
  const room = await shop.createRoom();
  const as = new OrderClient(server, { authorization: demo.agent2_jwt, client: demo.order_client.client });
  assert.ok((await as.fetch('fetchAllRoom', {})).some(({ _id }) => _id === room._id));
  const refused = await as.call('POST', '/api/chat/sendMessage', { body: { room_id: room._id, message: 'x', ...buyer() } });
  assertRefused(refused, 403);
  assert.ok((await as.createRoom(newRoom()))._id);
});

// The bot in an inbox of the widget: it answers first, hands over to people, and is silent then; in both languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, uniqueKey, Visitor } from '../lib/api.js';
import { parlorCli, startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';
import { Ticket } from '../lib/tickets.js';

let server;
let demo;
let admin;
let agent;
let inbox;
const listeners = [];
before(async () => {
  ({ server, demo } = await startServer());
  admin = new Agent(server, demo.admin_jwt);
  agent = new Agent(server, demo.agent_jwt);
  const { data: me } = await agent.patch('/agent/availability', { status: 'active', pinned: true });
  const { data } = await admin.post('/inbox', {
    name: 'Shop', algorithm: 'round_robin', bot: true, members: [me.conversation_id],
  });
  inbox = data._id;
});
after(async () => {
  for (const listener of listeners) listener.close();
  await server?.close();
});

async function listen(who) {
  const listener = await connect(server, who.auth);
  listeners.push(listener);
  return listener;
}

async function newVisitor() {
  const visitor = await Visitor.open(server, demo);
  visitor.inboxId = inbox;
  return visitor;
}

const oldestFirst = async (who, room) => (await who.history(room, { sort: 'asc', limit: 100 })).messages;
const byBot = (message) => message.integration_app === 'bot';
const roomOf = async (room) => (await admin.get(`/room/${room}`)).data;
const statusOf = async (room) => (await roomOf(room)).status;

for (const words of [
  {
    language: 'English', problem: "I can't log in to my account", person: 'I want to talk to a person', thanks: 'thanks, it works now',
    guidance: /signing in/i, handOff: /person/i, closing: /welcome|glad/i, personChoice: /person/i, forbidden: /[؀-ۿ]/,
  },
  {
    language: 'Arabic', problem: 'لا أستطيع تسجيل الدخول', person: 'أريد التحدث مع شخص', thanks: 'شكراً تم الحل',
    guidance: /تسجيل الدخول/, handOff: /شخص|الفريق|فريق/, closing: /العفو|سعداء|يسعدنا|دائماً/, personChoice: /شخص/, forbidden: /Did it work/,
  },
]) {
  test(`in ${words.language} the bot answers first, hands over, and leaves the room to people`, async () => {
    const visitor = await newVisitor();
    const atVisitor = await listen(visitor);
    const atAgent = await listen(agent);
    const created = await visitor.createRoom(words.problem);
    assert.equal(created.status, 'pending');

    const ofRoom = ({ message }) => message.room_id === created.id;
    const { message: first, type } = await atVisitor.waitFor('newMessage', ofRoom);
    assert.equal(type, 'team');
    assert.ok(byBot(first));
    assert.match(first.content, words.guidance);
    assert.doesNotMatch(first.content, words.forbidden);
    assert.ok(first.quick_replies.some(({ text }) => words.personChoice.test(text)));
    await atAgent.waitFor('newMessage', (data) => ofRoom(data) && data.type === 'support');
    await atAgent.waitFor('newMessage', (data) => ofRoom(data) && data.message._id === first._id);
    assert.ok((await agent.get('/room', { 'filter[view]': 'bot' })).rooms.some(({ _id }) => _id === created.id));
    assert.deepEqual((await roomOf(created.id)).assignees, []);

    await visitor.send(created.id, words.person);
    const { message: handOff } = await atVisitor.waitFor('newMessage', ofRoom, 2);
    assert.match(handOff.content, words.handOff);
    const opened = ({ room_id: id, type: what, data }) => id === created.id && what === 'status' && data.status === 'open';
    await atVisitor.waitFor('updateRoom', opened);
    await atAgent.waitFor('updateRoom', opened);
    await atAgent.waitFor('updateRoom', ({ room_id: id, type: what }) => id === created.id && what === 'assignee');
    const room = await roomOf(created.id);
    assert.equal(room.status, 'open');
    assert.equal(room.assignees.length, 1);

    const { message: note } = await atAgent.waitFor('newMessage', (data) => ofRoom(data) && data.message.type === 'note');
    assert.ok(byBot(note));
    await visitor.send(created.id, words.thanks);
    const seen = await oldestFirst(visitor, created.id);
    assert.deepEqual(seen.map((message) => (byBot(message) ? 'bot' : 'visitor')), ['visitor', 'bot', 'visitor', 'bot', 'visitor']);
    assert.ok(seen.every(({ type: kind }) => kind !== 'note'), 'no note reaches the visitor');
    assert.deepEqual(seen.filter(byBot)[0].quick_replies, first.quick_replies);
    assert.equal(await statusOf(created.id), 'open');
  });

  test(`in ${words.language} thanks close the room, and who writes again is answered by the bot again`, async () => {
    const visitor = await newVisitor();
    const room = (await visitor.createRoom(words.problem)).id;
    await visitor.send(room, words.thanks);
    assert.equal(await statusOf(room), 'closed');
    assert.match((await oldestFirst(visitor, room)).at(-1).content, words.closing);
    const { rooms } = await admin.get(`/contact/${visitor.session.contact_id}/rooms`, { limit: 1 });
    assert.equal(rooms[0].closed_by, '0'.repeat(24), 'by the bot');
    await visitor.send(room, words.problem);
    assert.equal(await statusOf(room), 'pending');
    const texts = (await oldestFirst(visitor, room)).filter(byBot).map(({ content }) => content);
    assert.equal(texts.length, 3);
    texts.slice(1).forEach((text, i) => assert.notEqual(text, texts[i], 'never the same twice in a row'));
  });
}

test('what the bot cannot make out it asks once, and then hands over', async () => {
  const visitor = await newVisitor();
  const room = (await visitor.createRoom('xqzt wvlp')).id;
  assert.equal(await statusOf(room), 'pending');
  await visitor.send(room, 'bnrk fjjd qqpl');
  assert.equal(await statusOf(room), 'open');
  const { messages } = await visitor.history(room);
  assert.equal(messages.filter(byBot).length, 2);
});

test('the bot answers a visitor who writes through the ticket calls as it does anywhere', async () => {
  const visitor = await newVisitor();
  const socket = await listen(visitor);
  const room = (await visitor.createRoom('hello')).id;
  await new Ticket(visitor, room).publish("I can't log in to my account");
  assert.match((await oldestFirst(visitor, room)).at(-1).content, /signing in/i);
  assert.equal(await statusOf(room), 'pending');
  const publish = { room: `ticket_${room}`, type: 'text', data: 'I want to talk to a person' };
  assert.ok((await socket.emit('room:publish', publish)).message);
  assert.match((await oldestFirst(visitor, room)).at(-1).content, /person/i);
  assert.equal(await statusOf(room), 'open');
});

test('an agent who writes takes the room from the bot', async () => {
  const visitor = await newVisitor();
  const room = (await visitor.createRoom("I can't log in to my account")).id;
  await agent.send(room, 'I look after this myself');
  assert.equal(await statusOf(room), 'open');
  await visitor.send(room, 'no, it does not work');
  assert.equal((await oldestFirst(visitor, room)).filter(byBot).length, 1);
});

test('messages that race with the hand-off are kept, and answered by nobody but people', async () => {
  for (let round = 0; round < 5; ++round) {
    const visitor = await newVisitor();
    const room = (await visitor.createRoom("I can't log in to my account")).id;
    const key = uniqueKey();
    await Promise.all([
      visitor.send(room, 'I want to talk to a person', { key }),
      visitor.send(room, 'I want to talk to a person', { key }),
      visitor.send(room, 'please hurry up'),
      agent.send(room, 'I am here'),
      visitor.send(room, 'no, it did not work'),
    ]);
    const all = (await oldestFirst(admin, room)).filter(({ type }) => type !== 'note');
    assert.equal(all.filter(({ content }) => content === 'I want to talk to a person').length, 1);
    assert.ok(all.some(({ content }) => content === 'please hurry up'));
    assert.equal(await statusOf(room), 'open');
    // From the first message of a person of the team or the hand-off on, the bot is silent.
    const takenAt = all.findIndex(({ content }) => content === 'I am here');
    assert.ok(all.slice(takenAt).every((message) => !byBot(message)), JSON.stringify(all.map(({ content }) => content)));
    assert.deepEqual(all.map(({ seq }) => seq), all.map(({ seq }) => seq).sort((a, b) => a - b));
  }
});

test('the bot is switched from the shell while the server runs, and then people have new rooms', async () => {
  const cli = async (...args) => JSON.parse(await parlorCli('inbox', ...args, '--account', demo.account_id, '--data-dir', server.dataDir));
  const made = await cli('create', '--name', 'Switched', '--bot', 'on');
  assert.equal(made.bot, true);
  const visitor = await newVisitor();
  visitor.inboxId = made.inbox_id;
  const first = await visitor.createRoom("I can't log in to my account");
  assert.equal(first.status, 'pending');
  assert.equal((await cli('update', '--inbox', made.inbox_id, '--bot', 'off')).bot, false);
  assert.equal((await visitor.createRoom('hello')).status, 'open');
  await visitor.send(first.id, 'and this');
  assert.equal(await statusOf(first.id), 'open');
  await assert.rejects(cli('update', '--inbox', made.inbox_id, '--bot', 'maybe'));
});

test('both statistics count what the bot did', async () => {
  const shown = async () => ({
    all: (await admin.get('/stats')).data.total.bot,
    bot: (await admin.call('GET', '/api/support/bot/stats')).body,
  });
  const earlier = await shown();
  const visitor = await newVisitor();
  const room = (await visitor.createRoom("I can't log in to my account")).id;
  await visitor.send(room, 'thanks, it works now');
  const other = await newVisitor();
  await other.createRoom('I want to talk to a person');
  const later = await shown();
  assert.deepEqual(
    Object.fromEntries(Object.keys(later.all).map((name) => [name, later.all[name] - earlier.all[name]])),
    { answered: 2, escalated: 1, resolved: 1 },
  );
  assert.equal(later.bot.total.messages - earlier.bot.total.messages, 3);
  assert.equal(later.bot.total.escalated - earlier.bot.total.escalated, 1);
});

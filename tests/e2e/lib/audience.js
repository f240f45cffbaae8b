// Everybody who could hear of a room: its assignee, a colleague of the inbox, an agent of no inbox, an admin, the visitor
// on two devices, other visitors, another account's people. Each has a socket, and a way to be sent a mark: an event of
// their own that follows everything told before, so that "heard nothing" is known without waiting.
import assert from 'node:assert/strict';
import { Agent, Client, Visitor } from './api.js';
import { parlorCli, parlorCliWith } from './server.js';
import { connect } from './sockets.js';

const password = 'correct horse battery';

// Somebody who has signed in with a password.
export async function addAgent(server, account, name, email, role = 'agent') {
  const made = JSON.parse(await parlorCliWith(`${password}\n`, 'agent', 'create', '--data-dir', server.dataDir, '--account', account,
    '--name', name, '--email', email, '--role', role, '--password-stdin'));
  const { token } = await new Client(server).post('/api/auth/login', { email, password });
  return Object.assign(new Agent(server, token), { conversationId: made.conversation_id });
}

const cli = async (server, ...args) => JSON.parse(await parlorCli(...args, '--data-dir', server.dataDir));

export class Audience {
  // `people` by name: a caller of the API each, with `auth` for its socket.
  static async gather(server, demo) {
    const audience = new Audience();
    Object.assign(audience, { server, demo, people: {}, sockets: {}, marks: {} });
    const foreign = JSON.parse(Buffer.from(demo.outsider_jwt.split('.')[1], 'base64url')).account_id;
    const shelf = await cli(server, 'inbox', 'create', '--account', demo.account_id, '--name', 'Shelf', '--visibility', 'inbox');
    const desk = await cli(server, 'inbox', 'create', '--account', demo.account_id, '--name', 'Desk', '--algorithm', 'round_robin');
    audience.routedInbox = desk.inbox_id;
    await cli(server, 'inbox', 'add-member', '--account', demo.account_id, '--inbox', desk.inbox_id, '--agent', demo.agent_email);
    const abroad = await cli(server, 'inbox', 'create', '--account', foreign, '--name', 'Abroad');
    const site = await cli(server, 'token', 'create', '--account', foreign, '--name', 'elsewhere');
    audience.sharedInbox = shelf.inbox_id;
    for (const email of [demo.agent_email, demo.agent2_email]) {
      await cli(server, 'inbox', 'add-member', '--account', demo.account_id, '--inbox', shelf.inbox_id, '--agent', email);
    }
    await cli(server, 'inbox', 'add-member', '--account', foreign, '--inbox', abroad.inbox_id, '--agent', 'olga@outsider.example');
    const foreignSite = { support_token: site.support_token, inbox_id: abroad.inbox_id };
    audience.people = {
      assignee: Object.assign(new Agent(server, demo.agent_jwt), { conversationId: demo.agent_conversation_id }),
      colleague: Object.assign(new Agent(server, demo.agent2_jwt), { conversationId: demo.agent2_conversation_id }),
      bystander: await addAgent(server, demo.account_id, 'Bo Bystander', 'bo@juniper.example'),
      admin: new Agent(server, demo.admin_jwt),
      outsider: new Agent(server, demo.outsider_jwt),
      foreignAdmin: await addAgent(server, foreign, 'Fay Foreign', 'fay@outsider.example', 'admin'),
      otherVisitor: await Visitor.open(server, demo),
      foreignVisitor: await Visitor.open(server, foreignSite),
    };
    audience.people.assignee2 = audience.people.assignee;  // the same person on another device
    for (const [name, person] of Object.entries(audience.people)) audience.sockets[name] = await connect(server, person.auth);
    await audience.prepareMarks();
    return audience;
  }

  // Rooms for the marks. What is written in them reaches its people whatever happens to other rooms.
  async prepareMarks() {
    const { admin, foreignAdmin, otherVisitor, foreignVisitor, bystander } = this.people;
    const ours = await (await Visitor.open(this.server, this.demo)).createRoom('marks');
    const agents = [this.demo.agent_conversation_id, this.demo.agent2_conversation_id, bystander.conversationId];
    await admin.assign(ours.id, agents);
    const theirs = await foreignVisitor.createRoom('marks abroad');
    const outsiderId = (await this.people.outsider.send(theirs.id, 'ours')).conversation_id;
    await foreignAdmin.assign(theirs.id, [outsiderId]);
    const others = await otherVisitor.createRoom('marks of another visitor');
    this.marks = { ours: ours.id, theirs: theirs.id, others: others.id };
  }

  // Resolves when all of these have heard what was told before now.
  async settle(listeners) {
    const { admin, assignee, foreignAdmin, outsider } = this.people;
    const marks = [
      await admin.send(this.marks.ours, 'mark'), await assignee.send(this.marks.ours, 'mark'),
      await admin.send(this.marks.others, 'mark'), await foreignAdmin.send(this.marks.theirs, 'mark'),
      await outsider.send(this.marks.theirs, 'mark'),
    ];
    const heardBy = (name) => {
      const [byAdmin, byAssignee, toOther, byForeignAdmin, byOutsider] = marks.map((mark) => mark._id);
      const special = { admin: byAssignee, otherVisitor: toOther, foreignVisitor: byForeignAdmin, outsider: byForeignAdmin, foreignAdmin: byOutsider };
      return special[name] ?? byAdmin;
    };
    await Promise.all(Object.entries(listeners).map(async ([name, listener]) => {
      if (this.customers?.includes(name)) return this.settleCustomer(listener);
      return listener.waitFor('newMessage', ({ message }) => message._id === heardBy(name));
    }));
  }

  // A customer's mark is a message of the admin's in a room of its own.
  async settleCustomer(listener) {
    const mark = await this.people.admin.send(listener.markRoom, 'mark');
    await listener.waitFor('newMessage', ({ message }) => message._id === mark._id);
  }

  // A room and its visitor, `state`: queued, assigned, shared (assigned in an inbox whose members see each other's rooms).
  async scene(state) {
    const visitor = await Visitor.open(this.server, this.demo, { name: 'Maya' });
    const markRoom = (await visitor.createRoom('marks of mine')).id;
    const customer = Object.assign(await connect(this.server, visitor.auth), { markRoom });
    const tablet = Object.assign(await connect(this.server, visitor.auth), { markRoom });
    this.customers = ['customer', 'tablet'];
    const inboxId = state === 'shared' ? this.sharedInbox : this.demo.inbox_id;
    const { id: room } = (await visitor.post('/user/room', { inbox_id: inboxId, description: 'a question' })).result;
    if (state !== 'queued') await this.people.assignee.send(room, 'an answer');
    const scene = { ...this.people, visitor, room, inboxId, listeners: { ...this.sockets, customer, tablet } };
    await this.settle(scene.listeners);
    return scene;
  }

  // What each was told of the room (or of the one whose id `act` answers) by what `act` does, as {name: ['newMessage team', …]}, and the events themselves.
  async toldBy(scene, act, expected) {
    const from = Object.fromEntries(Object.entries(scene.listeners).map(([name, { events }]) => [name, events.length]));
    const made = await act(scene);
    const room = typeof made === 'string' ? made : scene.room;
    const of = ({ data }) => data.room_id ?? data.message?.room_id;
    const news = (name) => scene.listeners[name].events.slice(from[name]).filter((event) => of(event) === room);
    // What is told later than the call is answered (a marker, the end of typing) is told to all at once: wait for the first.
    for (const [name, told] of Object.entries(expected)) {
      for (const spelled of told) {
        const [event] = spelled.split(' ');
        const count = told.filter((other) => other.split(' ')[0] === event).length;
        const before = scene.listeners[name].events.slice(0, from[name]).filter((seen) => seen.name === event && of(seen) === room).length;
        await scene.listeners[name].waitFor(event, (data) => of({ data }) === room, before + count);
      }
    }
    await this.settle(scene.listeners);
    const events = Object.fromEntries(Object.keys(scene.listeners).map((name) => [name, news(name)]));
    const told = Object.fromEntries(Object.entries(events).map(([name, list]) => [name, list.map(spell).sort()]));
    return { room, events, told };
  }

  async check(state, act, expected) {
    const scene = await this.scene(state);
    const result = await this.toldBy(scene, act, expected);
    const everybody = Object.fromEntries(Object.keys(scene.listeners).map((name) => [name, [...(expected[name] ?? [])].sort()]));
    assert.deepEqual(result.told, everybody);
    scene.listeners.customer.close();
    scene.listeners.tablet.close();
    return { scene, ...result };
  }

  close() {
    for (const listener of Object.values(this.sockets)) listener.close();
  }
}

// "newMessage team", "updateRoom status", "updateRoom access lost", "typing customer".
function spell({ name, data }) {
  if (name === 'updateRoom' && data.type === 'assignee' && Object.keys(data.data).join() === 'assignees') return 'updateRoom access-lost';
  if (name === 'newMessage' && data.message.type === 'note') return 'newMessage note';
  const detail = { newMessage: data.type, updateRoom: data.type, typing: data.from?.kind, messageRead: data.reader?.kind }[name];
  return detail ? `${name} ${detail}` : name;
}

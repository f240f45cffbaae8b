// Every kind of caller, and the scene that they all call about: a visitor's room in the demo's inbox, answered by its
// assignee. Whoever is new in a scene (the visitor, another one) is made with it; agents and accounts are made once.
import assert from 'node:assert/strict';
import { Client, Visitor } from './api.js';
import { addAgent } from './audience.js';
import { ExampleWorld } from './example_world.js';
import { png } from './files.js';
import { parlorCli } from './server.js';
import { SupportClient, wav } from './student.js';

// In the order of the columns of a table of answers.
export const kinds = [
  'nobody', 'visitor', 'another visitor', 'a visitor of another account', 'a student',
  'the assignee', 'a colleague of the inbox', 'a member while nobody is assigned', 'an agent of another inbox', 'an admin',
  'an admin of another account', 'an integration', 'another student', 'a member of the student inbox',
];

export class Callers {
  static async gather(server, demo) {
    const callers = new Callers();
    Object.assign(callers, { server, demo, world: new ExampleWorld(server, demo) });
    const foreign = JSON.parse(Buffer.from(demo.outsider_jwt.split('.')[1], 'base64url')).account_id;
    callers.elsewhere = await addAgent(server, demo.account_id, 'Elsa Elsewhere', 'elsewhere@juniper.example');
    callers.foreignAdmin = await addAgent(server, foreign, 'Chi Chief', 'chief@outsider.example', 'admin');
    const inbox = await callers.shell('inbox', 'create', '--account', demo.account_id, '--name', 'Elsewhere');
    await callers.shell('inbox', 'add-member', '--account', demo.account_id, '--inbox', inbox.inbox_id, '--agent', 'elsewhere@juniper.example');
    callers.foreignToken = (await callers.shell('token', 'create', '--account', foreign, '--name', 'elsewhere')).support_token;
    callers.student = new SupportClient(server, demo.student_jwt);
    const counsellor = await addAgent(server, demo.account_id, 'Cora Counsellor', 'counsellor@juniper.example');
    const { data: inboxes } = await callers.world.admin.get('/inbox');
    const students = inboxes.find(({ channel }) => channel === 'student');
    await callers.shell('inbox', 'add-member', '--account', demo.account_id, '--inbox', students._id, '--agent', 'counsellor@juniper.example');
    callers.counsellor = new SupportClient(server, counsellor.token);
    return callers;
  }

  async shell(...args) {
    return JSON.parse(await parlorCli(...args, '--data-dir', this.server.dataDir));
  }

  as(kind, scene) {
    const { world, server, demo } = this;
    return {
      nobody: () => new Client(server),
      visitor: () => scene.get('visitor'),
      'another visitor': () => Visitor.open(server, demo, { name: 'Vera Other' }),
      'a visitor of another account': () => Visitor.open(server, { ...demo, support_token: this.foreignToken }),
      'a student': () => this.student,
      'the assignee': () => world.agent,
      'a colleague of the inbox': () => world.colleague,
      'a member while nobody is assigned': () => world.colleague,
      'an agent of another inbox': () => this.elsewhere,
      'an admin': () => world.admin,
      'an admin of another account': () => this.foreignAdmin,
      'an integration': () => world.shop,
      'another student': () => new SupportClient(server, demo.student2_jwt),
      'a member of the student inbox': () => this.counsellor,
    }[kind]();
  }

  // Something to be called about.
  async scene() {
    const scene = this.world.scene();
    await scene.get('conversation');
    return scene;
  }

  async unassign(scene) {
    await this.world.admin.assign(await scene.get('room'), []);
  }
}

// What an admin sees of the scene's room: equal before and after a call that was refused.
export async function stateOf(callers, scene) {
  const room = await scene.get('room');
  const { data } = await callers.world.admin.get(`/room/${room}`);
  const { messages } = await callers.world.admin.history(room, { limit: 100 });
  return { room: { ...data, unread_count: undefined }, messages: messages.map(({ _id, content, type }) => ({ _id, content, type })) };
}

const strangers = ['nobody', 'another visitor', 'a visitor of another account', 'a student', 'another student', 'an admin of another account'];
const notInTheRoom = ['a colleague of the inbox', 'an agent of another inbox', 'a member of the student inbox'];

// Strangers learn neither what was said in the scene's room nor who its visitor is. To the account's other agents it is a
// room that is not theirs; its visitor, and what they wrote earlier, they may know.
export function assertTellsNoSecret(operation, kind, answer, { session }, { room, messages }) {
  const secrets = [];
  if (strangers.includes(kind)) {
    secrets.push(session.session_id, session.contact_id, session.conversation_id, ...messages.map(({ content }) => content));
  }
  // Before a second room is made for a contact, every agent may ask for the first; a call for many rooms says of which it speaks.
  const mayName = operation.path.includes('contact') || operation.path.endsWith('/room/id') || operation.details['x-answers-for-each'];
  if (notInTheRoom.includes(kind) && !mayName) secrets.push(room._id);
  for (const secret of secrets) {
    assert.ok(!answer.text.includes(secret), `${operation.name} tells ${kind} "${secret}": ${answer.text.slice(0, 2000)}`);
  }
}

// The student dialect's ids are numbers, and its forms carry files of its own.
export class StudentScene {
  static async open(callers) {
    const scene = new StudentScene();
    const admin = callers.counsellor;
    const first = await callers.student.support('GET', '/chat');
    if (first.body.chat.status !== 'bot_handling') {
      await admin.expect(200, 'PATCH', `/chats/${first.body.chat.id}/status`, { body: { status: 'bot_handling' } });
    }
    scene.chat = first.body.chat.id;
    scene.faq = (await admin.expect(201, 'POST', '/faq', { body: { question: `Who may call? ${Math.random()}`, answer: 'We shall see.' } })).faq.id;
    return scene;
  }

  request(operation) {
    const address = operation.path.replace('{chat_id}', this.chat).replace('{id}', this.faq);
    const body = operation.bodies[0]?.value;
    const request = { query: {} };
    if (operation.bodyType === 'multipart/form-data') request.form = this.form(body);
    else if (body) request.body = 'chat_id' in body ? { ...body, chat_id: this.chat } : body;
    return { method: operation.method, address, request };
  }

  form(example) {
    const files = { 'photo.png': png(2, 2), 'voice.wav': wav() };
    const form = new FormData();
    for (const [name, value] of Object.entries(example)) {
      if (files[value]) form.append(name, new Blob([files[value]]), value);
      else form.append(name, name === 'chat_id' ? String(this.chat) : value);
    }
    return form;
  }
}

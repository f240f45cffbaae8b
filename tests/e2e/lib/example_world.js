// What the examples of docs/openapi.yaml speak of, made on a running server: `x-example-values` there says which text of
// an example stands for what, a scene has the real value of each.
import { Agent, Client, uniqueKey, Visitor } from './api.js';
import { openapi } from './document.js';
import { OrderClient } from './orders.js';
import { newTicket, Ticket } from './tickets.js';

const standIns = openapi['x-example-values'];

// How each thing that an example may name is made, when it is first named. What a maker awaits is made once.
const makers = {
  visitor: ({ world }) => Visitor.open(world.server, world.demo, { name: 'John Doe', email: 'john@example.com', phone: '+1234567890' }),
  room: async (scene) => (await (await scene.get('visitor')).createRoom('I need help with my account')).id,
  conversation: async (scene) => {
    const room = await scene.get('room');
    return scene.world.agent.send(room, 'Hello! How can I assist you today?');
  },
  team_message: async (scene) => (await scene.get('conversation'))._id,
  customer_message: async (scene) => (await (await scene.get('visitor')).send(await scene.get('room'), 'Thank you'))._id,
  customer: async (scene) => (await scene.get('visitor')).session.conversation_id,
  contact: async (scene) => (await scene.get('visitor')).session.contact_id,
  inbox: ({ world }) => world.demo.inbox_id,
  agent: ({ world }) => world.demo.agent_conversation_id,
  colleague: ({ world }) => world.demo.agent2_conversation_id,
  agent_email: ({ world }) => world.demo.agent_email,
  agent_password: ({ world }) => world.demo.agent_password,
  order_room: async ({ world }) => (await world.shop.createRoom())._id,
  order_message: async (scene) => (await scene.world.shop.send(await scene.get('order_room'), 'Where is my parcel?')).chatData._id,
  sync_cursor: async (scene) => {
    const { cursor } = await scene.world.agent.get('/sync');
    await scene.get('conversation');
    return cursor;
  },
};

// A ticket of the visitor's with two messages and snapshots, in whose room the visitor and the agents are.
Object.assign(makers, {
  ticket_made: async (scene) => {
    const { agent, colleague } = scene.world;
    const visitor = await scene.get('visitor');
    const ticket = new Ticket(agent, newTicket());
    await ticket.metadata({ contactId: visitor.session.contact_id });
    for (const caller of [agent, colleague, visitor]) await ticket.as(caller).join();
    for (const name of ['first', 'second']) {
      await ticket.publish(name);
      await ticket.ok('POST', '/snapshots', { body: { name } });
    }
    return ticket;
  },
  ticket: async (scene) => (await scene.get('ticket_made')).id,
});
for (const list of ['members', 'history', 'snapshots']) {
  makers[`ticket_${list}_cursor`] = async (scene) => {
    const ticket = await scene.get('ticket_made');
    return (await ticket.ok('GET', `/${list}`, { query: { limit: 1 } })).nextCursor;
  };
}

const day = (daysAgo) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

// Made by an admin, so that an exchange may change or delete it.
const ofAdmin = (path, body) => async ({ world }) => (await world.admin.post(path, body())).data;
const thing = (name, path, body) => ({
  [`${name}_made`]: ofAdmin(path, body),
  [name]: async (scene) => (await scene.get(`${name}_made`))._id,
});

Object.assign(makers, {
  a_week_ago: () => day(7),
  today: () => day(0),
  new_email: () => `${uniqueKey()}@example.com`,
  new_short_code: uniqueKey,
  ...thing('spare_agent', '/agent', () => ({ name: 'Sam Spare', email: `${uniqueKey()}@example.com` })),
  invitation: async (scene) => (await scene.get('spare_agent_made')).invitation_link.split('#invitation=')[1],
  ...thing('spare_inbox', '/inbox', () => ({ name: 'Spare' })),
  ...thing('token', '/token', () => ({ domain: 'shop.example.com' })),
  ...thing('canned', '/canned', () => ({ short_code: uniqueKey(), text: 'Hello' })),
  ...thing('integration', '/integration', () => ({ name: 'Order system' })),
  upload: async ({ world }) => (await world.agent.ok('POST', '/attachment', { form: formOf({ file: 'photo.png' }) })).attachment,
  attachment_key: async (scene) => new URL((await scene.get('upload')).url).pathname.split('/').at(-1),
  attachment_end: async (scene) => new URL((await scene.get('upload')).url).searchParams.get('e'),
  attachment_signature: async (scene) => new URL((await scene.get('upload')).url).searchParams.get('s'),
  thumbnail_signature: async (scene) => new URL((await scene.get('upload')).thumbnail_url ?? 'http://none.example').searchParams.get('s'),
});

// The files that examples of uploads name.
const files = {
  'photo.png': Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  'report.txt': Buffer.from('All lamps are lit.\n'),
  'page.png': Buffer.from('<!doctype html><script>alert(1)</script>'),
  'empty.txt': Buffer.alloc(0),
};

function formOf(example) {
  const form = new FormData();
  for (const [name, value] of Object.entries(example)) {
    if (files[value]) form.append(name, new Blob([files[value]]), value);
    else form.append(name, value);
  }
  return form;
}

// The things that one exchange speaks of, shared with no other.
export class Scene {
  constructor(world) {
    this.world = world;
    this.made = new Map();
  }

  get(name) {
    if (!makers[name]) throw new Error(`nobody says how to make "${name}": add it to lib/example_world.js`);
    if (!this.made.has(name)) this.made.set(name, Promise.resolve(makers[name](this)));
    return this.made.get(name);
  }

  // The example with real values in the place of those that stand for them.
  async fill(example) {
    if (Array.isArray(example)) return Promise.all(example.map((item) => this.fill(item)));
    if (example !== null && typeof example === 'object') {
      const entries = Object.entries(example).map(async ([name, value]) => [name, await this.fill(value)]);
      return Object.fromEntries(await Promise.all(entries));
    }
    const name = typeof example === 'string' && Object.hasOwn(standIns, example) ? standIns[example] : undefined;
    return name ? this.get(name) : example;
  }

  // What the example names, such as "room".
  static named(example) {
    const text = JSON.stringify(example);
    return Object.entries(standIns).filter(([value]) => text.includes(`"${value}"`)).map(([, name]) => name);
  }

  // Who may make the call, by one of its ways of saying who is calling.
  async caller(operation, way = operation.security[0] ?? []) {
    const { world } = this;
    if (way.includes('orderAuthorization')) return world.shop;
    if (way.includes('agentToken')) return operation.forAdmins ? world.admin : world.agent;
    if (way.includes('supportSession')) return this.get('visitor');
    if (way.includes('supportToken')) return new Client(world.server, { 'X-Support-Token': world.demo.support_token });
    return new Client(world.server);
  }
}

export class ExampleWorld {
  constructor(server, demo) {
    this.server = server;
    this.demo = demo;
    this.agent = new Agent(server, demo.agent_jwt);
    this.colleague = new Agent(server, demo.agent2_jwt);
    this.admin = new Agent(server, demo.admin_jwt);
    this.outsider = new Agent(server, demo.outsider_jwt);
    this.shop = new OrderClient(server, demo.order_client);
  }
  scene() {
    return new Scene(this);
  }
}

const spelled = (parameter, value) =>
  (parameter.style === 'deepObject'
    ? Object.fromEntries(Object.entries(value).map(([name, part]) => [`${parameter.name}[${name}]`, part]))
    : { [parameter.name]: value });

// A request to the operation: its required parameters as in their examples, and what is given on top.
export async function makeRequest(scene, operation, { query = {}, path = {}, headers = {}, body, raw } = {}) {
  let address = operation.path;
  for (const parameter of operation.in('path')) {
    const value = path[parameter.name] ?? await scene.fill(parameter.example);
    address = address.replace(`{${parameter.name}}`, encodeURIComponent(value));
  }
  let asked = {};
  for (const parameter of operation.in('query')) {
    const value = Object.hasOwn(query, parameter.name) ? query[parameter.name] : parameter.required ? parameter.example : undefined;
    if (value !== undefined) asked = { ...asked, ...spelled(parameter, await scene.fill(value)) };
  }
  if (body === undefined && raw === undefined && operation.bodies.length > 0) body = operation.bodies[0].value;
  const request = { query: asked, headers };
  if (raw !== undefined) request.raw = raw;
  else if (body !== undefined && operation.bodyType === 'multipart/form-data') request.form = formOf(body);
  else if (body !== undefined) request.body = await scene.fill(body);
  return { method: operation.method, address, request };
}

export async function send(client, { method, address, request }) {
  const url = new URL(client.server.url + address);
  for (const [name, value] of Object.entries(request.query)) url.searchParams.set(name, String(value));
  return client.call(method, url.href, { ...request, query: undefined });
}


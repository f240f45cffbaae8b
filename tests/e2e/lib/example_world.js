// What the examples of docs/openapi.yaml speak of, made on a running server: `x-example-values` there says which text of
// an example stands for what, a scene has the real value of each.
import { Agent, Client, Visitor } from './api.js';
import { openapi } from './document.js';

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
  sync_cursor: async (scene) => {
    const { cursor } = await scene.world.agent.get('/sync');
    await scene.get('conversation');
    return cursor;
  },
};

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
  else if (body !== undefined) request.body = await scene.fill(body);
  return { method: operation.method, address, request };
}

export async function send(client, { method, address, request }) {
  const url = new URL(client.server.url + address);
  for (const [name, value] of Object.entries(request.query)) url.searchParams.set(name, String(value));
  return client.call(method, url.href, { body: request.body, raw: request.raw, headers: request.headers });
}


// docs/asyncapi.yaml as the contract tests read it: which events a channel has, and their schemas.
import { openapi, readDocument, Schemas } from './document.js';

export const asyncapi = readDocument('asyncapi.yaml');
export const eventSchemas = new Schemas(asyncapi, 'asyncapi.yaml');
// It speaks of the same messages and rooms.
eventSchemas.ajv.addSchema(openapi, 'openapi.yaml', undefined, false);

const at = (ref) => eventSchemas.resolve(ref.slice(2).split('/'));

// The messages of all operations with that action, such as "send", on a channel: [{name, message, pointer}].
export function messagesOf(channel, action) {
  return Object.values(asyncapi.operations)
    .filter((operation) => operation.action === action && operation.channel.$ref === `#/channels/${channel}`)
    .flatMap((operation) => operation.messages)
    .map(({ $ref }) => at($ref))
    .map(({ value, pointer }) => ({ name: value.name, message: value, pointer }));
}

// What a socket of that channel was told is documented.
export function checkEvent(channel, { name, data }) {
  const told = messagesOf(channel, 'send').find((candidate) => candidate.name === name);
  if (!told) throw new Error(`${name} to ${channel} is not documented: ${JSON.stringify(data)}`);
  eventSchemas.check([...told.pointer, 'payload'], data, `${name} to ${channel}`);
}

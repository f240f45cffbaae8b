// Socket.IO clients that remember every event, so that tests wait for things instead of sleeping.
import assert from 'node:assert/strict';
import { io } from 'socket.io-client';
import { within } from './sanitizer.js';

const patienceMs = within(10_000);

export class Listener {
  constructor(socket) {
    this.socket = socket;
    this.events = [];
    this.waiting = new Set();
    socket.onAny((name, data) => {
      this.events.push({ name, data });
      for (const check of [...this.waiting]) check();
    });
  }

  // The events of a name, oldest first.
  all(name, matches = () => true) {
    return this.events.filter((event) => event.name === name && matches(event.data)).map((event) => event.data);
  }

  // The first event of that name that matches: one that came already, or the next.
  waitFor(name, matches = () => true, count = 1) {
    return new Promise((found, missing) => {
      const check = () => {
        const hits = this.all(name, matches);
        if (hits.length < count) return;
        clearTimeout(timer);
        this.waiting.delete(check);
        found(hits[count - 1]);
      };
      const timer = setTimeout(() => {
        this.waiting.delete(check);
        const seen = this.events.map((event) => `${event.name} ${JSON.stringify(event.data)}`).join('\n');
        missing(new Error(`no ${name} (${count}) within ${patienceMs} ms; came:\n${seen}`));
      }, patienceMs);
      this.waiting.add(check);
      check();
    });
  }

  // Emits and resolves with the acknowledgement. Events that were sent before it arrive before it.
  emit(name, data) {
    return this.socket.timeout(patienceMs).emitWithAck(name, data);
  }

  close() {
    this.socket.disconnect();
  }
}

export function connect(server, auth, options = {}) {
  return new Promise((connected, refused) => {
    const socket = io(server.url, {
      auth, forceNew: true, reconnection: false, transports: ['websocket'], ...options,
    });
    const listener = new Listener(socket);
    socket.once('connect', () => connected(listener));
    socket.once('connect_error', (error) => {
      socket.disconnect();
      refused(error);
    });
  });
}

export async function assertRefused(server, auth) {
  await assert.rejects(
    connect(server, auth).then((listener) => listener.close()),
    (error) => error.message === 'Unauthorized',
  );
}

// What was sent before now has arrived: a message of this room came back to its witness, and each of the
// others has had an answer after that.
export async function settled(...listeners) {
  for (const listener of listeners) {
    await listener.emit('typing', { room_id: '000000000000000000000000', is_typing: false });
  }
}

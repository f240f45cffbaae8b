// Official clients of both majors, over each transport, against the examples with one and with two
// I/O threads.
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { io as io4 } from "socket.io-client";
import io3 from "socket.io-client-3";
import { within } from "../lib/sanitizer.js";
import { startExample } from "./server.js";

// Calm heartbeats: these tests are about everything else.
const kOptions = ["--ping-interval", "25000", "--ping-timeout", "20000", "--connect-timeout", "45000"];
const kTransports = {
  "polling only": ["polling"],
  "WebSocket only": ["websocket"],
  upgrade: ["polling", "websocket"],
};
const kWait = { timeout: within(20_000) };

const event = async (emitter, name) => {
  const [value] = await once(emitter, name);
  return value;
};
const ask = (socket, ...args) => new Promise((resolve) => socket.emit(...args, (...answer) => resolve(answer)));

for (const threads of [1, 2]) {
  for (const [major, io] of [[4, io4], [3, io3.io ?? io3]]) {
    for (const [label, transports] of Object.entries(kTransports)) {
      describe(`socket.io-client ${major}, ${label}, ${threads} thread(s)`, () => {
        let server;
        const open = new Set();

        before(async () => {
          server = await startExample("socketio_echo", [...kOptions, "--threads", String(threads)]);
        });
        after(async () => {
          for (const socket of open) socket.disconnect();
          assert.equal(await server.stop(), 0);
        });

        function connect(nsp = "/", options = {}) {
          const socket = io(server.url + nsp, { transports, forceNew: true, reconnection: false, ...options });
          open.add(socket);
          return socket;
        }
        async function connected(nsp = "/", options = {}) {
          const socket = connect(nsp, options);
          await once(socket, "connect");
          return socket;
        }
        const upgraded = async (socket) => {
          const engine = socket.io.engine;
          if (transports.length === 2 && engine.transport.name === "polling") await event(engine, "upgrade");
        };

        it("greets with the handshake's auth", kWait, async () => {
          const socket = connect("/", { auth: { token: "123", "ключ": "é" } });
          assert.deepEqual(await event(socket, "auth"), { token: "123", "ключ": "é" });
          assert.equal(socket.id.length, 20);
        });

        it("echoes text, nested values and binary, with and without an ack", kWait, async () => {
          const socket = await connected();
          const args = [1, "2", { 3: [true, null] }, "\u2028\ud83d\ude00\u0000"];
          const back = once(socket, "message-back");
          socket.emit("message", ...args);
          assert.deepEqual(await back, args);
          const [first, second, third] = await ask(socket, "message-with-ack", Buffer.from([1, 2, 3]), { a: Buffer.from([4]) }, "x");
          assert.deepEqual([...Buffer.from(first)], [1, 2, 3]);
          assert.deepEqual([...Buffer.from(second.a)], [4]);
          assert.equal(third, "x");
        });

        it("takes binary in base64 from a client that is told to send it so", kWait, async () => {
          const socket = await connected("/", { forceBase64: true });
          await upgraded(socket);
          const [bytes] = await ask(socket, "message-with-ack", Buffer.from([1, 2, 3]));
          assert.deepEqual([...Buffer.from(bytes)], [1, 2, 3]);
        });

        it("carries 2,000 messages each way in order", kWait, async () => {
          const socket = connect();
          const received = [];
          const all = new Promise((resolve) => {
            socket.on("message-back", (n, pad) => {
              received.push(n);
              assert.equal(pad.length, 40);
              if (received.length === 2_000) resolve();
            });
          });
          let n = 0;
          // Begins before the connection and its upgrade, ends behind them.
          while (n < 500) socket.emit("message", n++, "x".repeat(40));
          await once(socket, "connect");
          while (n < 1_000) socket.emit("message", n++, "x".repeat(40));
          await upgraded(socket);
          while (n < 2_000) socket.emit("message", n++, "x".repeat(40));
          await all;
          assert.deepEqual(received, [...Array(2_000).keys()]);
        });

        it("receives 2,000 events in order across the upgrade", kWait, async () => {
          const socket = connect();
          const received = [];
          const all = new Promise((resolve) => {
            socket.on("water", (n) => {
              received.push(n);
              if (received.length === 2_000) resolve();
            });
          });
          await once(socket, "connect");
          for (let i = 0; i < 20; i++) {
            socket.emit("flood", 100, 50);
            await new Promise((resolve) => setImmediate(resolve));
          }
          await all;
          assert.deepEqual(received, Array.from({ length: 2_000 }, (_, i) => i % 100));
        });

        it("keeps namespaces apart and refuses unknown ones", kWait, async () => {
          const main = await connected();
          const custom = main.io.socket("/custom", {});
          assert.deepEqual(await event(custom, "auth"), {});
          const unknown = main.io.socket("/random", {});
          const error = await event(unknown, "connect_error");
          assert.equal(error.message, "Invalid namespace");
          custom.disconnect();
          assert.deepEqual(await ask(main, "message-with-ack", "still here"), ["still here"]);
        });

        it("lets a middleware refuse with data, and accept", kWait, async () => {
          const error = await event(connect("/guarded", { auth: { word: "please" } }), "connect_error");
          assert.equal(error.message, "not authorized");
          assert.deepEqual(error.data, { code: "E1" });
          await event(connect("/guarded", { auth: { word: "sesame" } }), "auth");
        });

        it("sends to rooms, to unions of them once, and not to the excepted", kWait, async () => {
          const sockets = await Promise.all([connected(), connected(), connected(), connected()]);
          const heard = sockets.map(() => []);
          sockets.forEach((socket, i) => socket.on("said", (text) => heard[i].push(text)));
          const [a, b, c, d] = sockets;
          for (const [socket, room] of [[a, "x"], [b, "x"], [b, "y"], [c, "y"], [d, "x"], [d, "z"]]) {
            assert.deepEqual(await ask(socket, "join", room), [true]);
          }
          a.emit("say", "x", "to x but me");
          await event(b, "said");
          a.emit("say-in", "x", "y", "z", "x or y, not z");
          await event(c, "said");
          a.emit("say-all", c.id, "to c alone");
          await event(c, "said");
          for (const socket of sockets) await ask(socket, "leave", "x");
          a.emit("say-all", "x", "to nobody");
          // One more to everybody behind the others, on every shard.
          for (const socket of sockets) await ask(socket, "join", "end");
          const ends = sockets.map((socket, i) => heard[i].includes("end") || new Promise((resolve) => socket.on("said", (t) => t === "end" && resolve())));
          a.emit("say-all", "end", "end");
          await Promise.all(ends);
          assert.deepEqual(heard, [
            ["x or y, not z", "end"],
            ["to x but me", "x or y, not z", "end"],
            ["x or y, not z", "to c alone", "end"],
            ["to x but me", "end"],
          ]);
        });

        it("asks the client, and gives up in time", kWait, async () => {
          const socket = await connected();
          assert.match((await ask(socket, "ask", 60))[0], /did not answer in time/);
          socket.on("question", (text, answer) => answer(text + " so", Buffer.from([7])));
          const [text, bytes] = await ask(socket, "ask", 5_000);
          assert.equal(text, "how? so");
          assert.deepEqual([...Buffer.from(bytes)], [7]);
        });

        it("gathers the answers of a room", kWait, async () => {
          const sockets = await Promise.all([connected(), connected(), connected()]);
          for (const socket of sockets) await ask(socket, "join", "quiz");
          sockets[0].on("question", (_, answer) => answer(1));
          sockets[1].on("question", (_, answer) => answer(2));
          assert.deepEqual(await ask(sockets[0], "ask-room", "quiz"), [2, 1]);
        });

        it("tells apart a namespace's and a transport's end", kWait, async () => {
          const left = await connected();
          left.emit("leave-me");
          assert.equal(await event(left, "disconnect"), "io server disconnect");
          const closed = await connected();
          closed.emit("close-me");
          assert.match(await event(closed, "disconnect"), /^transport (close|error)$|^io server disconnect$/);
        });

        it("answers behind volatile events that may be lost", kWait, async () => {
          const socket = await connected();
          assert.deepEqual(await ask(socket, "flood-volatile"), [true]);
        });
      });
    }
  }
}

describe("a client that does not read", () => {
  it("is closed as a slow consumer, and others are served", kWait, async () => {
    const server = await startExample("socketio_echo", kOptions);
    const slow = io4(server.url, { transports: ["websocket"], reconnection: false });
    await once(slow, "connect");
    slow.io.engine.transport.ws._socket.pause();
    slow.emit("flood", 2_000, 50_000);
    const other = io4(server.url, { forceNew: true, transports: ["websocket"] });
    await once(other, "connect");
    assert.deepEqual(await ask(other, "message-with-ack", 1), [1]);
    slow.io.engine.transport.ws._socket.resume();
    await once(slow, "disconnect");
    other.disconnect();
    assert.equal(await server.stop(), 0);
  });

  it("over polling too", kWait, async () => {
    const server = await startExample("socketio_echo", kOptions);
    const base = `${server.url}/socket.io/?EIO=4&transport=polling`;
    const sid = JSON.parse((await (await fetch(base)).text()).slice(1)).sid;
    const post = async (body) => (await fetch(`${base}&sid=${sid}`, { method: "POST", body })).status;
    assert.equal(await post("40"), 200);
    assert.equal(await post('42["flood",100,50000]'), 200);
    assert.equal(await post('42["message",1]'), 400);
    assert.equal(await server.stop(), 0);
  });
});

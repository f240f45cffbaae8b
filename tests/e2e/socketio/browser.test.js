// Official clients of both majors in a real browser, from a page of another origin, over each transport.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { launchBrowser, openPage } from "../lib/browser.js";
import { within } from "../lib/sanitizer.js";
import { startExample } from "./server.js";

const kOptions = ["--ping-interval", "25000", "--ping-timeout", "20000", "--connect-timeout", "45000", "--threads", "2"];
const kTransports = {
  "polling only": ["polling"],
  "WebSocket only": ["websocket"],
  upgrade: ["polling", "websocket"],
};
const kClients = { 4: "socket.io-client/dist/socket.io.js", 3: "socket.io-client-3/dist/socket.io.js" };
const kWait = { timeout: within(30_000) };

// A site with nothing but a client on its pages: /4 and /3.
async function startSite() {
  const { resolve } = createRequire(import.meta.url);
  const scripts = {};
  for (const [major, path] of Object.entries(kClients)) scripts[`/${major}.js`] = await readFile(resolve(path), "utf8");
  const site = createServer((request, response) => {
    const script = scripts[request.url];
    if (script) return response.setHeader("Content-Type", "text/javascript").end(script);
    response.setHeader("Content-Type", "text/html");
    response.end(`<!doctype html><link rel="icon" href="data:,"><script src="${request.url}.js"></script>`);
  });
  site.listen(0, "127.0.0.1");
  await once(site, "listening");
  return site;
}

describe("in a browser", () => {
  let site;
  let browser;
  let server;

  before(async () => {
    site = await startSite();
    browser = await launchBrowser();
    server = await startExample("socketio_echo", kOptions);
  });
  after(async () => {
    await browser?.close();
    site?.close();
    if (server) assert.equal(await server.stop(), 0);
  });

  // Runs in a page with the client of that major; `connect` makes a socket there.
  async function onPage(major, transports, run) {
    const page = await openPage(browser);
    await page.goto(`http://127.0.0.1:${site.address().port}/${major}`);
    await page.evaluate(([url, options]) => {
      globalThis.connect = (more) => globalThis.io(url, { transports: options, forceNew: true, reconnection: false, ...more });
      globalThis.heard = (socket, event) => new Promise((resolve, reject) => {
        socket.once(event, resolve);
        if (event !== "connect_error") socket.once("connect_error", reject);
      });
    }, [server.url, transports]);
    const result = await page.evaluate(run);
    assert.deepEqual(page.problems, []);
    await page.context().close();
    return result;
  }

  for (const major of [4, 3]) {
    for (const [label, transports] of Object.entries(kTransports)) {
      it(`socket.io-client ${major}, ${label}: greets, echoes binary, acknowledges`, kWait, async () => {
        const told = await onPage(major, transports, async () => {
          const socket = globalThis.connect({ auth: { token: "ключ" } });
          const greeting = await globalThis.heard(socket, "auth");
          const answer = await new Promise((resolve) => socket.emit("message-with-ack",
            new Uint8Array([1, 2, 3]).buffer, { deep: [new Uint8Array([255]).buffer] }, "\u2028\ud83d\ude00", (...all) => resolve(all)));
          const transport = socket.io.engine.transport.name;
          const unknown = socket.io.socket("/random", {});
          const { message } = await globalThis.heard(unknown, "connect_error");
          socket.disconnect();
          const [first, { deep: [second] }, text] = answer;
          return { greeting, first: [...new Uint8Array(first)], second: [...new Uint8Array(second)], text, transport, message };
        });
        const { transport, ...rest } = told;
        assert.deepEqual(rest, { greeting: { token: "ключ" }, first: [1, 2, 3], second: [255], text: "\u2028\ud83d\ude00", message: "Invalid namespace" });
        assert.ok(transports.includes(transport));
      });

      it(`socket.io-client ${major}, ${label}: carries 2,000 messages each way in order`, kWait, async () => {
        const { received, transport } = await onPage(major, transports, async () => {
          const socket = globalThis.connect();
          const received = [];
          const all = new Promise((resolve) => socket.on("message-back", (n) => received.push(n) === 2_000 && resolve()));
          const engine = socket.io.engine;
          const upgraded = new Promise((resolve) => engine.once("upgrade", resolve));
          let n = 0;
          const send = (until) => {
            while (n < until) socket.emit("message", n++, "x".repeat(40));
          };
          // Begins before the connection and its upgrade, ends behind them.
          send(500);
          await globalThis.heard(socket, "connect");
          send(1_000);
          if (socket.io.opts.transports.length === 2 && engine.transport.name === "polling") await upgraded;
          send(2_000);
          await all;
          const transport = engine.transport.name;
          socket.disconnect();
          return { received, transport };
        });
        assert.deepEqual(received, [...Array(2_000).keys()]);
        assert.equal(transport, transports.at(-1));
      });
    }
  }
});

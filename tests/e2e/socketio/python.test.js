// python3-socketio of Debian against the echo example.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, it } from "node:test";
import { within } from "../lib/sanitizer.js";
import { startExample } from "./server.js";

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), "python_client.py");

describe("python-socketio", () => {
  for (const threads of [1, 2]) {
    for (const transports of ["polling", "websocket", "polling,websocket"]) {
      it(`echoes over ${transports} with ${threads} thread(s)`, { timeout: within(60_000) }, async () => {
        const server = await startExample("socketio_echo", ["--ping-interval", "2000", "--ping-timeout", "2000", "--threads", String(threads)]);
        const { stdout } = await promisify(execFile)("/usr/bin/python3", [script, server.url, transports]);
        assert.match(stdout, /all well/);
        assert.equal(await server.stop(), 0);
      });
    }
  }
});

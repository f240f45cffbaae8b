// Starts one of the examples on a free port and stops it again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { assertNoReport } from "../lib/sanitizer.js";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
// A test that fails leaves its server behind: it must neither keep the run waiting nor outlive it.
const living = new Set();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

const buildDir = path.resolve(root, process.env.PARLOR_BUILD_DIR ?? "build/release");

// → { url, port, stop() }. `stop` resolves with the exit code.
export async function startExample(name, args = []) {
  const child = spawn(path.join(buildDir, "examples", name), ["--port", "0", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  living.add(child);
  child.once("exit", () => living.delete(child));
  let output = "";
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (log += text));
  const port = await new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}:\n${log}`)));
    child.once("error", reject);
    child.stdout.on("data", (chunk) => {
      output += chunk;
      const match = output.match(/listening on \S+:(\d+)\n/);
      if (match) resolve(Number(match[1]));
    });
  });
  child.unref();
  child.stdout.unref();
  child.stderr.unref();
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    async stop() {
      if (child.exitCode === null) {
        child.ref();
        const ended = once(child, "close"); // all that it wrote has come
        child.kill("SIGTERM");
        await ended;
      }
      assertNoReport(log);
      return child.exitCode;
    },
  };
}

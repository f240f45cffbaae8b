// Starts the real server for a test file: its own data directory, an ephemeral port, stopped at the end.
import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assertNoReport, within } from './sanitizer.js';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const buildDir = process.env.PARLOR_BUILD_DIR ?? join(repository, 'build/release');
export const parlor = process.env.PARLOR_BINARY ?? join(buildDir, 'parlor');
export const webDir = process.env.PARLOR_WEB_DIST ?? join(repository, 'web/dist');

const run = promisify(execFile);

// `parlor <arguments>`, its standard output.
export async function parlorCli(...args) {
  const { stdout } = await run(parlor, args, { maxBuffer: 1 << 24 });
  return stdout;
}

// The same with something on its standard input.
export async function parlorCliWith(input, ...args) {
  const running = run(parlor, args, { maxBuffer: 1 << 24 });
  running.child.stdin.end(input);
  return (await running).stdout;
}

const startTimeoutMs = within(60_000);
const stopTimeoutMs = within(20_000);
const living = new Set();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

export class Server {
  constructor(dataDir, options) {
    this.dataDir = dataDir;
    this.options = options;
    this.port = 0;
    this.log = '';
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  // What is started; a test may put something before it.
  command(args) {
    return [parlor, ...args];
  }

  // Resolves when the server accepts connections. The first start takes any free port, later ones the same.
  async start() {
    const args = [
      'serve', '--listen', `127.0.0.1:${this.port}`, '--data-dir', this.dataDir, '--web-dir', webDir,
      ...this.options.args,
    ];
    if (this.options.demo) args.push('--demo');
    const [program, ...rest] = this.command(args);
    const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
    living.add(child);
    this.child = child;
    this.exited = new Promise((done) => {
      // All that it wrote has come, too.
      child.once('close', (code, signal) => {
        living.delete(child);
        done({ code, signal });
      });
    });
    await new Promise((accept, refuse) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL'); // or the test's process waits for it for ever
        refuse(new Error(`the server did not start:\n${this.log}`));
      }, startTimeoutMs);
      child.once('error', refuse);
      child.once('exit', (code) => {
        clearTimeout(timer);
        refuse(new Error(`the server ended with ${code}:\n${this.log}`));
      });
      this.started = this.log.length;
      child.stderr.setEncoding('utf8');
      child.stderr.on('data', (text) => {
        this.log += text;
        const address = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(this.log.slice(this.started));
        if (!address) return;
        clearTimeout(timer);
        this.port = Number(address[1]);
        accept();
      });
    });
    return this;
  }

  // Resolves when the bot has been trained, which takes time and memory behind the listening.
  async botReady() {
    while (!this.log.includes('the bot has learned', this.started)) await once(this.child.stderr, 'data');
  }

  async kill() {
    this.child.kill('SIGKILL');
    const ended = await this.exited;
    assertNoReport(this.log);
    return ended;
  }

  async stop() {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), stopTimeoutMs);
    const ended = await this.exited;
    clearTimeout(timer);
    assertNoReport(this.log);
    return ended;
  }

  residentMegabytes() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) / 1024;
  }

  async close() {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

export async function makeDataDir() {
  return mkdtemp(join(tmpdir(), 'parlor-e2e-'));
}

// A server with the demo account, and what `parlor demo` prints of it.
export async function startServer({ args = [], demo = true } = {}) {
  const dataDir = await makeDataDir();
  const account = demo ? JSON.parse(await parlorCli('demo', '--data-dir', dataDir)) : null;
  const server = new Server(dataDir, { args, demo });
  await server.start();
  return { server, demo: account };
}

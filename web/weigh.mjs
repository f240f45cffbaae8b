// Whether the widget keeps its weight, as it was built into dist/ and as browsers fetch it (gzip).
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = join(dirname(fileURLToPath(import.meta.url)), 'dist');
const [folder] = (await readdir(join(dist, 'assets'))).filter((name) => name.startsWith('chat-'));
const weigh = async (...files) => {
  const contents = await Promise.all(files.map((file) => readFile(join(dist, file))));
  return contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
};
const piece = (name) => `assets/${folder}/${name}.js`;

const budgets = [
  ['widget.js, on every page', await weigh('widget.js'), 3000],
  ['a first open: that and the chat', await weigh('widget.js', piece('core')), 30_000],
  ['a conversation: those, the messages and Socket.IO', await weigh('widget.js', ...['core', 'log', 'socket'].map(piece)), 46_000],
];
for (const [what, bytes, most] of budgets) {
  console.log(`${bytes > most ? 'TOO HEAVY ' : ''}${what}: ${bytes} of ${most} bytes`);
  if (bytes > most) process.exitCode = 1;
}

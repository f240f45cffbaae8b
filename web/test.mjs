// Bundles every *.test.ts and runs them with node:test.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const tests = [];
for (const folder of ['shared', 'widget', 'console']) {
  for (const name of await readdir(join(root, folder))) {
    if (name.endsWith('.test.ts')) tests.push(join(folder, name));
  }
}
const outdir = await mkdtemp(join(tmpdir(), 'parlor-web-test-'));
try {
  await build({
    absWorkingDir: root,
    entryPoints: tests,
    outdir,
    outbase: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
  const files = tests.map((name) => join(outdir, name.replace(/\.ts$/, '.mjs')));
  const run = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' });
  process.exitCode = run.status ?? 1;
} finally {
  await rm(outdir, { recursive: true, force: true });
}

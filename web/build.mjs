// Builds into dist/: console.html, docs.html with the documents it shows, demo/ (the sites that show the widget),
// widget.js with what it loads, and assets/ whose names carry a hash of their content, each with a .gz sibling where
// compressing pays.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { coursePage } from './demo/course.mjs';
import { shopPage } from './demo/shop.mjs';
import { renderDocs } from './docs/render.mjs';
import { buildWidget } from './widget_build.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const pages = { console: 'console/main.tsx', docs: 'docs/main.ts' };
const shells = { console: 'console/console.html', docs: 'docs/docs.html' };
const documents = ['openapi.yaml', 'asyncapi.yaml'];

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'assets'), { recursive: true });
await mkdir(join(dist, 'docs'));
await mkdir(join(dist, 'demo'));

const result = await build({
  absWorkingDir: root,
  entryPoints: [
    ...Object.entries(pages).map(([out, source]) => ({ in: source, out })),
    { in: 'demo/course.ts', out: 'course' },
    { in: 'demo/demo.css', out: 'demo' },
  ],
  outdir: 'dist/assets',
  entryNames: '[name]-[hash]',
  chunkNames: 'shared-[hash]',
  assetNames: '[name]-[hash]',
  publicPath: '/assets',
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: ['es2021', 'safari15'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.woff2': 'file' },
  metafile: true,
  legalComments: 'linked',
  logLevel: 'warning',
});

const chat = await buildWidget(root);

const icon = await readFile(join(root, 'shared/icon.svg'));
const iconName = `icon-${createHash('sha256').update(icon).digest('hex').slice(0, 8)}.svg`;
await writeFile(join(dist, 'assets', iconName), icon);

const parsed = [];
for (const name of documents) {
  const source = join(root, '../docs', name);
  parsed.push(parse(await readFile(source, 'utf8')));
  await copyFile(source, join(dist, 'docs', name));
}
const written = { docs: renderDocs(...parsed) };

const outputs = Object.entries(result.metafile.outputs);
for (const [page, source] of Object.entries(pages)) {
  const [script, details] = outputs.find(([, output]) => output.entryPoint === source);
  const address = (file) => file.replace(/^dist/, '');
  const shell = await readFile(join(root, shells[page]), 'utf8');
  const html = shell
    .replaceAll('{{script}}', address(script))
    .replaceAll('{{style}}', address(details.cssBundle))
    .replaceAll('{{icon}}', `/assets/${iconName}`)
    .replace(/\{\{(contents|sections)\}\}/g, (_, part) => written[page][part]);
  await writeFile(join(dist, `${page}.html`), html);
}

const built = (source) => {
  const [file] = outputs.find(([, output]) => output.entryPoint === source);
  return file.replace(/^dist/, '');
};
const demo = { style: built('demo/demo.css'), icon: `/assets/${iconName}`, script: built('demo/course.ts') };
for (const lang of ['en', 'ar']) {
  await writeFile(join(dist, `demo/shop-${lang}.html`), shopPage(lang, demo));
  await writeFile(join(dist, `demo/course-${lang}.html`), coursePage(lang, demo));
}

for (const folder of [dist, join(dist, 'assets'), join(dist, chat), join(dist, 'docs')]) {
  for (const name of await readdir(folder)) {
    if (!/\.(html|js|css|svg|txt|yaml)$/.test(name)) continue;
    const content = await readFile(join(folder, name));
    const packed = gzipSync(content, { level: 9 });
    if (packed.length < content.length) await writeFile(join(folder, `${name}.gz`), packed);
    if (/\.(js|css)$/.test(name)) {
      console.log(`${name}: ${content.length} bytes, ${packed.length} compressed`);
    }
  }
}

// Builds the widget into dist/: widget.js, which sites load, and assets/chat-HASH/ with the chat (core.js) and the
// pieces that it loads when they are needed. The folder carries the hash of them all, so that they can name one
// another; a piece takes what it shares with the chat from core.js. Style sheets become texts inside the scripts.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const pieces = ['ar', 'attention', 'emoji', 'files', 'log', 'recorder', 'rooms', 'socket', 'student', 'viewer', 'voice'];

const options = {
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: ['es2021', 'safari15'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

// `:root { … }` for light, and the one of a dark colour scheme.
function tokenBlocks(tokens) {
  const blocks = [...tokens.matchAll(/:root[^{]*\{([^}]*)\}/g)].map(([, body]) =>
    new Map([...body.matchAll(/(--[\w-]+)\s*:\s*([^;]+);/g)].map(([, name, value]) => [name, value])));
  const [light] = blocks;
  const dark = blocks.find((block) => block.has('--sheet') && block.get('--sheet') !== light.get('--sheet'));
  if (!dark) throw new Error('shared/tokens.css has no light and dark colours');
  return [light, dark];
}

// The colours that the widget uses, as its style sheets name them.
async function tokens(root) {
  const [light, dark] = tokenBlocks(await readFile(join(root, 'shared/tokens.css'), 'utf8'));
  const sheets = await Promise.all(['widget', ...pieces].map((name) =>
    readFile(join(root, `widget/${name}.css`), 'utf8').catch(() => '')));
  const used = new Set([...sheets.join('').matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
  for (const own of ['--petrol', '--fill', '--seen', '--above']) used.delete(own); // the site's choice, and the window's
  const unknown = [...used].filter((name) => !light.has(name));
  if (unknown.length > 0) throw new Error(`shared/tokens.css has no ${unknown.join(', ')}`);
  const lines = (block) => [...block].filter(([name]) => used.has(name)).map((line) => `${line.join(':')};`).join('');
  return `.root{${lines(light)}}.root[data-theme=dark]{${lines(dark)}}`;
}

function styles(root) {
  return {
    name: 'styles',
    setup(builder) {
      builder.onLoad({ filter: /widget\/[\w-]+\.css$/ }, async ({ path }) => {
        const before = path.endsWith('/widget.css') ? await tokens(root) : '';
        const contents = before + (await readFile(path, 'utf8'));
        const { outputFiles } = await build({ ...options, stdin: { contents, loader: 'css', sourcefile: path } });
        return { contents: outputFiles[0].text.trim(), loader: 'text' };
      });
    },
  };
}

// The server offers no WebTransport.
const lessSocket = {
  name: 'less of Socket.IO',
  setup(builder) {
    builder.onLoad({ filter: /engine\.io-client\/build\/esm\/transports\/webtransport\.js$/ }, () => ({ contents: 'export class WT {}' }));
  },
};

// `import('./emoji')` stays as it is, naming the file beside.
const later = {
  name: 'later',
  setup(builder) {
    builder.onResolve({ filter: /^\.\/\w+$/ }, ({ path, kind }) =>
      (kind === 'dynamic-import' ? { path: `${path}.js`, external: true } : undefined));
  },
};

// What core.js has in it is taken from there.
function fromCore(root, inputs) {
  return {
    name: 'from core',
    setup(builder) {
      builder.onResolve({ filter: /./ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== 'import-statement' || pluginData === 'asked') return undefined;
        const found = await builder.resolve(path, { kind, resolveDir, pluginData: 'asked' });
        const name = found.path.replace(`${root}/`, '');
        return inputs.has(name) && !name.endsWith('.css') ? { path: './core.js', external: true } : undefined;
      });
    },
  };
}

export async function buildWidget(root) {
  const one = async (name, plugins, more = {}) => {
    const result = await build({
      ...options, absWorkingDir: root, entryPoints: [`./widget/${name}`], outdir: 'dist', plugins: [...plugins, styles(root), lessSocket], ...more,
    });
    return { text: result.outputFiles[0].text, ...Object.values(result.metafile.outputs)[0] };
  };
  const core = await one('core.ts', [later]);
  const inputs = new Set(Object.keys(core.inputs));
  const files = new Map([['core.js', core.text]]);
  for (const name of pieces) {
    const source = await one(name, [later, fromCore(root, inputs)]);
    const asked = [...source.text.matchAll(/import\{([^}]*)\}from"\.\/core\.js"/g)]
      .flatMap(([, names]) => names.split(',').map((entry) => entry.split(' as ')[0]));
    const missing = asked.filter((entry) => !core.exports.includes(entry));
    if (missing.length > 0) throw new Error(`widget/core.ts must export ${missing.join(', ')}, for ${name}`);
    files.set(`${name}.js`, source.text);
  }
  const hash = createHash('sha256');
  for (const [name, text] of files) hash.update(name).update(text);
  const folder = `assets/chat-${hash.digest('hex').slice(0, 10)}`;
  await mkdir(join(root, 'dist', folder), { recursive: true });
  for (const [name, text] of files) await writeFile(join(root, 'dist', folder, name), text);

  const loader = await one('loader.ts', [], {
    format: 'iife', define: { ...options.define, CHAT: JSON.stringify(`/${folder}/core.js`) },
  });
  await writeFile(join(root, 'dist/widget.js'), loader.text);
  return folder;
}

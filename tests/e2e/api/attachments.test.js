// Files: uploaded, sent, read by signed links, and gone when nobody wants them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Agent, assertError, base, Visitor } from '../lib/api.js';
import { form, html, png, svg, upload } from '../lib/files.js';
import { assertGrewLess, within } from '../lib/sanitizer.js';
import { makeDataDir, parlorCli, Server, startServer } from '../lib/server.js';
import { connect } from '../lib/sockets.js';

const run = promisify(execFile);
const limit = 25 * 1024 * 1024;
const hasVips = existsSync('/usr/bin/vipsthumbnail');

let server;
let demo;
let agent;
let visitor;
let room;
before(async () => {
  ({ server, demo } = await startServer());
  agent = new Agent(server, demo.agent_jwt);
  visitor = await Visitor.open(server, demo);
  room = (await visitor.createRoom('hello')).id;
  await new Agent(server, demo.admin_jwt).assign(room, [demo.agent_conversation_id]);
});
after(() => server?.close());

const blobsOf = (where) => join(where.dataDir, 'blobs');
const arriving = async (where) => (await readdir(join(blobsOf(where), 'incoming'))).length;
async function storedBlobs(where) {
  const names = [];
  for (const section of await readdir(blobsOf(where))) {
    if (section !== 'incoming') names.push(...await readdir(join(blobsOf(where), section)));
  }
  return names;
}
async function until(condition, what) {
  for (const end = Date.now() + within(15_000); !(await condition());) {
    assert.ok(Date.now() < end, what);
    await new Promise((again) => setTimeout(again, 20));
  }
}
async function uploaded(person, path, bytes, name) {
  const answer = await upload(person, path, bytes, name);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.success, true);
  return answer.body.attachment;
}
const asVisitor = (bytes, name) => uploaded(visitor, '/user/attachment', bytes, name);
const send = (person, attachments, more = {}) =>
  person.call('POST', person === agent ? '/message' : '/user/message', { body: { room_id: room, message: { type: 'file', content: '', attachments, ...more } } });

test('a file comes back as it was, by its link alone', async () => {
  const bytes = png(640, 480);
  for (const [person, path] of [[agent, '/attachment'], [visitor, '/user/attachment']]) {
    const attachment = await uploaded(person, path, bytes, 'screenshot.png');
    assert.equal(attachment.type, 'image/png');
    assert.equal(attachment.name, 'screenshot.png');
    assert.equal(attachment.size, bytes.length);
    assert.ok(attachment.url.startsWith(`${server.url}/attachment/`), attachment.url);
    const file = await fetch(attachment.url);
    assert.equal(file.status, 200);
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), bytes);
    assert.equal(file.headers.get('content-type'), 'image/png');
    assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(file.headers.get('content-disposition'), 'inline; filename="screenshot.png"');
    assert.match(file.headers.get('content-security-policy'), /sandbox/);
    assert.match(file.headers.get('cache-control'), /^private, .*max-age=\d+$/);
    const again = await fetch(attachment.url, { headers: { 'If-None-Match': file.headers.get('etag') } });
    assert.equal(again.status, 304);
  }
});

test('an image has measures and a small picture', { skip: !hasVips && 'no vipsthumbnail' }, async () => {
  const attachment = await asVisitor(png(1200, 600), 'wide.png');
  assert.equal(attachment.width, 1200);
  assert.equal(attachment.height, 600);
  const small = await fetch(attachment.thumbnail_url);
  assert.equal(small.status, 200);
  assert.equal(small.headers.get('content-type'), 'image/webp');
  const bytes = Buffer.from(await small.arrayBuffer());
  assert.equal(bytes.subarray(8, 12).toString(), 'WEBP');
  const stranger = attachment.thumbnail_url.replace('/thumbnail', '');
  assert.equal((await fetch(stranger)).status, 403, 'a link opens one thing only');
  const text = await asVisitor('words', 'a.txt');
  assert.equal(text.thumbnail_url, undefined);
  assert.equal(text.width, undefined);
});

test('without its signature, or with another, a link opens nothing', async () => {
  const { url } = await asVisitor('secret', 'a.txt');
  const { url: other } = await asVisitor('other', 'b.txt');
  const bare = url.split('?')[0];
  const query = new URL(url).searchParams;
  const broken = [
    bare, `${bare}?e=${query.get('e')}`, `${bare}?s=${query.get('s')}`, `${bare}?${other.split('?')[1]}`,
    url.replace(/e=\d+/, 'e=99999999999'), url.replace(/s=./, (s) => (s === 's=A' ? 's=B' : 's=A')), `${bare}/thumbnail?${url.split('?')[1]}`,
    `${server.url}/attachment/x?${url.split('?')[1]}`, `${server.url}/attachment/..%2f..%2fparlor.db?${url.split('?')[1]}`,
  ];
  for (const link of broken) {
    const answer = await fetch(link);
    assert.ok([403, 404, 400].includes(answer.status), `${link}: ${answer.status}`);
    if (!link.includes('%2f')) assert.equal(answer.status, 403, link);
    assert.ok(!(await answer.text()).includes('secret'));
  }
  assert.equal((await fetch(url)).status, 200);
});

test('the type is that of the content, and what a browser would run is never shown', async () => {
  const cases = [
    [html, 'photo.png', 'text/html'], [svg, 'drawing.png', 'image/svg+xml'], [svg, 'drawing.svg', 'image/svg+xml'],
    [Buffer.from('<?xml version="1.0"?><a/>'), 'a.jpg', 'text/xml'], [Buffer.from('PK\x03\x04'.padEnd(80, '\0'), 'latin1'), 'a.png', 'application/zip'],
  ];
  for (const [bytes, name, type] of cases) {
    const attachment = await asVisitor(bytes, name);
    assert.equal(attachment.type, type, name);
    assert.equal(attachment.thumbnail_url, undefined);
    const file = await fetch(attachment.url);
    assert.match(file.headers.get('content-disposition'), /^attachment; /, name);
    assert.equal(file.headers.get('content-type'), 'application/octet-stream', name);
    assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
    assert.match(file.headers.get('content-security-policy'), /default-src 'none'.*sandbox/);
    await file.arrayBuffer();
  }
  const lie = await upload(visitor, '/user/attachment', (() => {
    const data = new FormData();
    data.append('file', new Blob([html], { type: 'image/png' }), 'photo.png');
    return data;
  })());
  assert.equal(lie.body.attachment.type, 'text/html');
});

test('a name is text: no path, any language', async () => {
  const names = [
    ['../../x', 'x'], ['/etc/passwd', 'passwd'], ['صورة من المتجر.txt', 'صورة من المتجر.txt'],
    ['🎉 party.txt', '🎉 party.txt'], ['..', 'file'], ['a\u202etxt.exe', 'atxt.exe'], [`${'n'.repeat(300)}.txt`, `${'n'.repeat(196)}.txt`],
  ];
  for (const [name, kept] of names) {
    const attachment = await asVisitor('words', name);
    assert.equal(attachment.name, kept);
    const disposition = (await fetch(attachment.url)).headers.get('content-disposition');
    if (/[^ -~]/.test(kept)) assert.ok(disposition.includes(`filename*=UTF-8''${encodeURIComponent(kept)}`), disposition);
    else assert.ok(disposition.includes(`filename="${kept}"`), disposition);
  }
  for (const path of ['x', '../x', '../../x']) assert.ok(!existsSync(join(blobsOf(server), path)));
});

test('25 MB are taken, one byte more is not, and leaves nothing', async () => {
  const before = (await storedBlobs(server)).length;
  const attachment = await asVisitor(Buffer.alloc(limit, 'a'), 'large.txt');
  assert.equal(attachment.size, limit);
  assert.equal((await storedBlobs(server)).length, before + 1);
  for (const bytes of [limit + 1, limit + 1_000_000]) {
    const answer = await upload(visitor, '/user/attachment', Buffer.alloc(bytes, 'a'), 'larger.txt')
      .catch((error) => ({ error }));
    // A server may close the connection while the client still writes.
    if (answer.error && bytes > limit + 1) continue;
    assertError(answer, 413, { message: /the limit is 25 MB/ });
  }
  assert.equal((await storedBlobs(server)).length, before + 1);
  await until(async () => (await arriving(server)) === 0, 'nothing is left where files arrive');
});

test('parts of a file are given to players that seek', async () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 251));
  const { url } = await asVisitor(bytes, 'sound.bin');
  const part = await fetch(url, { headers: { Range: 'bytes=100-199' } });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get('content-range'), 'bytes 100-199/1000');
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(100, 200));
  const end = await fetch(url, { headers: { Range: 'bytes=-10' } });
  assert.deepEqual(Buffer.from(await end.arrayBuffer()), bytes.subarray(990));
  assert.equal((await fetch(url, { headers: { Range: 'bytes=2000-' } })).status, 416);
  const head = await fetch(url, { method: 'HEAD' });
  assert.equal(head.headers.get('content-length'), '1000');
  assert.equal(head.headers.get('accept-ranges'), 'bytes');
});

test('an upload that is cut off leaves nothing', async () => {
  const blobs = (await storedBlobs(server)).length;
  const socket = connectTcp(server.port, '127.0.0.1');
  await once(socket, 'connect');
  const fields = Object.entries(visitor.headers).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`POST ${base}/user/attachment HTTP/1.1\r\nHost: a\r\n${fields}Content-Type: multipart/form-data; boundary=B\r\n`
    + 'Content-Length: 10000000\r\n\r\n--B\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n');
  socket.write(Buffer.alloc(5_000_000, 'x'));
  await until(async () => (await arriving(server)) > 0, 'the file is on its way');
  socket.destroy();
  await until(async () => (await arriving(server)) === 0, 'the file is gone');
  assert.equal((await storedBlobs(server)).length, blobs);
});

test('what is no form with one file in it is a 400', async () => {
  const two = form('one', 'a.txt');
  two.append('other', new Blob(['two']), 'b.txt');
  const none = new FormData();
  none.append('file', 'just text');
  for (const [bytes, message] of [[two, /one file/], [none, /file is required/], [form('', 'empty.txt'), /empty/]]) {
    assertError(await upload(visitor, '/user/attachment', bytes), 400, { message });
  }
  for (const [raw, type] of [['{}', 'application/json'], ['x', 'multipart/form-data'], ['--B\r\n\r\n', 'multipart/form-data; boundary=B'], ['', 'text/plain']]) {
    assertError(await visitor.call('POST', '/user/attachment', { raw, headers: { 'Content-Type': type } }), 400);
  }
  assert.equal((await uploaded(visitor, '/user/attachment', form('x', 'a.txt', 'picture'))).name, 'a.txt', 'another name of the part will do');
  await until(async () => (await arriving(server)) === 0, 'nothing is left where files arrive');
});

test('strangers are refused before their file is read', async () => {
  const { 'X-Support-Session': _, ...sessionless } = visitor.headers;
  const strangers = [
    ['/attachment', {}], ['/user/attachment', {}], ['/user/attachment', sessionless],
    ['/attachment', { Authorization: 'Bearer x.y.z' }], ['/user/attachment', { ...visitor.headers, 'X-Support-Session': 'x' }],
  ];
  const blobs = (await storedBlobs(server)).length;
  for (const [path, headers] of strangers) {
    assertError(await upload({ server, headers }, path, 'words', 'a.txt'), 401, { error: 'Unauthorized' });
  }
  assertError(await upload(visitor, '/attachment', 'words', 'a.txt'), 401);
  assert.equal((await storedBlobs(server)).length, blobs);
});

test('a message carries what was uploaded, for everybody in the room, with a new link at each read', async () => {
  const phone = await connect(server, visitor.auth);
  const desk = await connect(server, agent.auth);
  const picture = await asVisitor(png(300, 200), 'صورة.png');
  const { messages } = await visitor.post('/user/message', {
    room_id: room, message: { type: 'image', content: 'look', attachments: [{ url: picture.url, type: 'text/html', name: 'lies', size: 1 }] },
  });
  const expected = { ...picture };
  assert.deepEqual(messages.message.attachments, [expected]);
  const told = await desk.waitFor('newMessage', ({ message }) => message._id === messages.message._id);
  assert.deepEqual(told.message.attachments, [expected]);
  for (const [person, page] of [[agent, await agent.history(room)], [visitor, await visitor.history(room)]]) {
    const shown = page.messages.find(({ _id }) => _id === messages.message._id).attachments[0];
    assert.deepEqual(shown, expected, person.constructor.name);
    assert.equal((await fetch(shown.url)).status, 200);
  }
  const file = await uploaded(agent, '/attachment', 'the invoice', 'invoice.txt');
  const answer = await agent.post('/message', { room_id: room, message: { type: 'file', content: '', attachments: [file] } });
  const heard = await phone.waitFor('newMessage', ({ message }) => message._id === answer.messages.message._id);
  assert.equal(await (await fetch(heard.message.attachments[0].url)).text(), 'the invoice');
  phone.close();
  desk.close();
});

test('nobody sends what somebody else uploaded', async () => {
  const mine = await asVisitor('words', 'a.txt');
  const other = await Visitor.open(server, demo);
  const otherRoom = (await other.createRoom('hi')).id;
  const stolen = await other.call('POST', '/user/message', {
    body: { room_id: otherRoom, message: { type: 'file', content: '', attachments: [{ url: mine.url }] } },
  });
  assertError(stolen, 403);
  assertError(await send(agent, [{ url: mine.url }]), 403);
  const unknown = mine.url.replace(/attachment\/[0-9a-f]{32}/, `attachment/${'0'.repeat(32)}`);
  assertError(await send(visitor, [{ url: unknown }]), 404, { message: /Attachment not found/ });
  const sent = await send(visitor, [{ url: mine.url.replace(/s=.*/, 's=expired') }]);
  assert.equal(sent.status, 200, 'an old link names the upload as well');
});

test('a foreign link is stored, never fetched; name is optional', async () => {
  const link = { url: 'https://cdn.example.com/images/screenshot.png', type: 'image/png', size: 245678 };
  const sent = await send(visitor, [link], { type: 'image', content: 'Screenshot attached' });
  assert.deepEqual(sent.body.messages.message.attachments, [link]);
  const alike = { url: `https://elsewhere.example/attachment/${'0'.repeat(32)}?e=1&s=x`, type: '', size: 0 };
  assert.deepEqual((await send(visitor, [alike])).body.messages.message.attachments, [alike]);
});

test('fifty at once are taken while memory stays flat', async () => {
  const bytes = Buffer.alloc(8 * 1024 * 1024, 'b');
  await asVisitor(bytes, 'warm.txt');
  await server.botReady();
  const before = server.residentMegabytes();
  let most = before;
  const watch = setInterval(() => { most = Math.max(most, server.residentMegabytes()); }, 10);
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => upload(agent, '/attachment', bytes, `${n}.txt`)));
  clearInterval(watch);
  for (const answer of answers) assert.equal(answer.status, 200, answer.text);
  // 400 MB went through.
  assertGrewLess(before, most, 48);
});

test('a full disk is a 503 that leaves nothing', async () => {
  const dataDir = await makeDataDir();
  await parlorCli('demo', '--data-dir', dataDir);
  const small = new Server(dataDir, { args: [], demo: true });
  // No file of this server may be larger than 4 MB: the write of its byte beyond fails.
  small.command = (args) => ['/bin/sh', '-c', 'trap "" XFSZ; ulimit -f 8192; exec "$0" "$@"', ...Server.prototype.command(args)];
  await small.start();
  const details = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8'));
  const person = new Agent(small, details.agent_jwt);
  await uploaded(person, '/attachment', Buffer.alloc(1_000_000, 'a'), 'fits.txt');
  assertError(await upload(person, '/attachment', Buffer.alloc(6_000_000, 'a'), 'a.txt'), 503);
  await until(async () => (await arriving(small)) === 0, 'nothing is left');
  assert.equal((await storedBlobs(small)).length, 1);
  await small.close();
});

test("an account's own limit holds, and its visitors are told of it", async () => {
  const admin = new Agent(server, demo.admin_jwt);
  const setLimit = (bytes) => admin.patch('/account', { limits: { attachment_bytes: bytes } });
  await setLimit(1000);
  const stored = (await storedBlobs(server)).length;
  for (const [person, path] of [[agent, '/attachment'], [visitor, '/user/attachment']]) {
    assertError(await upload(person, path, Buffer.alloc(1001, 'a'), 'a.txt'), 413, { message: /the limit is 1000 bytes/ });
    await uploaded(person, path, Buffer.alloc(1000, 'a'), 'a.txt');
  }
  assert.equal((await storedBlobs(server)).length, stored + 2);
  const { data } = await visitor.get('/user/widget', { inbox_id: demo.inbox_id });
  assert.equal(data.limits.attachment_bytes, 1000);
  await setLimit(limit);
  await asVisitor(Buffer.alloc(1001, 'a'), 'a.txt');
});

test('the configured limits hold', async () => {
  const dataDir = await makeDataDir();
  await parlorCli('demo', '--data-dir', dataDir);
  await writeFile(join(dataDir, 'parlor.toml'), 'max_upload_bytes = 1000\n');
  const small = new Server(dataDir, { args: ['--config', join(dataDir, 'parlor.toml'), '--public-url', 'https://help.example.com/chat'], demo: true });
  await small.start();
  const person = new Agent(small, JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')).agent_jwt);
  const attachment = await uploaded(person, '/attachment', Buffer.alloc(1000, 'a'), 'a.txt');
  assert.ok(attachment.url.startsWith('https://help.example.com/chat/attachment/'), attachment.url);
  assertError(await upload(person, '/attachment', Buffer.alloc(1001, 'a'), 'a.txt'), 413, { message: /1000 bytes/ });
  await small.close();
});

test('after a restart links still open; what was arriving and what nobody wants is gone', async () => {
  const started = await startServer();
  const again = started.server;
  const person = await Visitor.open(again, started.demo);
  const place = (await person.createRoom('hello')).id;
  const kept = await uploaded(person, '/user/attachment', 'kept', 'kept.txt');
  const forgotten = await uploaded(person, '/user/attachment', 'forgotten', 'forgotten.txt');
  await person.post('/user/message', { room_id: place, message: { type: 'file', content: '', attachments: [kept] } });

  const copy = `${again.dataDir}-copy`;
  await parlorCli('backup', copy, '--data-dir', again.dataDir);
  assert.equal((await storedBlobs({ dataDir: copy })).length, 2, 'a backup has the files');
  await rm(copy, { recursive: true });

  await again.kill();
  await writeFile(join(blobsOf(again), 'incoming/parlor-upload-x'), 'half');
  // A blob whose row was never written, and an upload of two days ago.
  const orphan = 'ab'.repeat(16);
  await mkdir(join(blobsOf(again), 'ab'), { recursive: true });
  await writeFile(join(blobsOf(again), 'ab', orphan), 'orphan');
  await utimes(join(blobsOf(again), 'ab', orphan), 1e9, 1e9);
  const forgottenKey = /attachment\/([0-9a-f]+)/.exec(forgotten.url)[1];
  await run('sqlite3', [join(again.dataDir, 'parlor.db'), `UPDATE upload SET created_at = created_at - 172800000`]);
  await again.start();
  await until(async () => !(await storedBlobs(again)).includes(orphan), 'the orphan goes');
  await until(async () => !(await storedBlobs(again)).includes(forgottenKey), 'the unsent upload goes');
  assert.equal(await arriving(again), 0);
  assert.equal(await (await fetch(kept.url)).text(), 'kept');
  assert.equal((await fetch(forgotten.url)).status, 404);
  assert.equal((await stat(join(again.dataDir, 'link.key'))).mode & 0o077, 0);
  await again.close();
});

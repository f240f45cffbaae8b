// `parlor bot eval|test|lint`: the real program, with no data directory and no server.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parlorCli } from '../lib/server.js';

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parlor-bot-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function file(name, content) {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function assertComplains(words, ...args) {
  await assert.rejects(parlorCli('bot', ...args), (error) => {
    assert.equal(error.code, 1);
    assert.match(error.stderr, words);
    assert.equal(error.stdout, '');
    return true;
  });
}

const about = (subject, verbs) => verbs.map((verb) => `my ${subject} ${verb},${subject}`).join('\n');
const learnt = `text,label\n${about('card', ['is lost', 'never came', 'was stolen'])}\n${about('loan', ['is late', 'was refused', 'costs much'])}\n`;

test('bot test tells what is read in a message and what would be answered', async () => {
  const { detected, decision } = JSON.parse(await parlorCli('bot', 'test', 'I forgot my password'));
  assert.equal(detected.language, 'en');
  assert.equal(detected.control, 'NONE');
  assert.equal(detected.intents[0].id, 'PASSWORD_RESET');
  assert.equal(decision.status, 'bot_handling');
  assert.equal(decision.reply.kind, 'guide');
});

test('bot test answers as in a chat of the status that is named', async () => {
  const waiting = JSON.parse(await parlorCli('bot', 'test', '--status', 'waiting_for_admin', 'hello'));
  assert.equal(waiting.decision.status, 'waiting_for_admin');
  assert.equal(waiting.decision.reply, null);
  const resolved = JSON.parse(await parlorCli('bot', 'test', '--status', 'resolved', 'أريد التحدث مع موظف'));
  assert.equal(resolved.detected.control, 'HUMAN');
  assert.equal(resolved.decision.status, 'waiting_for_admin');
  assert.equal(resolved.decision.reply.language, 'ar');
});

test('bot eval measures the bot on intents and controls, file by file', async () => {
  const sentences = await file('mine.csv', 'label,text\nHUMAN,let me talk to a person\nPAYMENT,"I paid, and was charged twice"\n');
  const found = JSON.parse(await parlorCli('bot', 'eval', '--json', '--test', sentences));
  assert.equal(found[sentences].sentences, 2);
  assert.equal(found[sentences].person_recall, 1);
  assert.equal(found[sentences].intent_accuracy, 1);
  assert.match(await parlorCli('bot', 'eval', '--test', sentences), /wants a person +recall 100\.00 %/);
});

test('bot eval trains a classifier of its own labels and turns away what has none', async () => {
  const train = await file('train.csv', learnt);
  const sentences = await file('test.json', JSON.stringify([{ text: 'the card was lost', label: 'card' }, { text: 'a late loan', label: 'loan' }]));
  const others = await file('oos.csv', 'text\nwhat a sunny day\n');
  const found = JSON.parse(await parlorCli('bot', 'eval', '--json', '--train', train, '--test', sentences, '--oos', others));
  assert.equal(found.accuracy, 1);
  assert.equal(found.out_of_scope_sentences, 1);
  assert.deepEqual(Object.keys(found.labels), ['card', 'loan']);
});

test('bot eval complains about a file that cannot be read, has no such columns, or lacks --train', async () => {
  const sentences = await file('good.csv', learnt);
  await assertComplains(/nowhere\.csv cannot be read/, 'eval', '--test', join(folder, 'nowhere.csv'));
  await assertComplains(/bad\.csv: /, 'eval', '--test', await file('bad.csv', 'a,b\n1,2\n'));
  await assertComplains(/--oos needs --train/, 'eval', '--test', sentences, '--oos', sentences);
});

test('bot lint finds no fault in the built-in intents and prints what the rest takes for another', async () => {
  const said = await parlorCli('bot', 'lint');
  assert.match(said, /^the built-in intents: 8 intents, \d+ phrases, no fault\n/);
  assert.match(said, /left out a twentieth at a time, \d+\.\d % of the phrases are still found/);
  assert.match(said, /^ {2}\d\.\d\d {2}[A-Z_]+ for [A-Z_]+: ./m);
});

test('bot lint refuses a faulty file with the line of its fault', async () => {
  const faulty = await file('intents.json', '{"version": 1,\n "intents": 7}\n');
  await assertComplains(/intents\.json: line 2: /, 'lint', faulty);
  await assertComplains(/cannot be read/, 'lint', join(folder, 'none.json'));
});

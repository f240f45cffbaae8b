// Drafts, canned replies, collisions, keys, routes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand, insertReply, matching, slashBefore } from './canned';
import { collides, secondsAgo } from './collision';
import { draftKey, parseDrafts, withDraft, writeDrafts } from './drafts';
import { actionOf } from './keys';
import { parseRoute } from './route';

test('a draft belongs to its room and mode and survives being written down', () => {
  let drafts = withDraft(new Map(), draftKey('r', 'text'), 'Hello', 10);
  drafts = withDraft(drafts, draftKey('r', 'note'), 'Careful', 20);
  drafts = withDraft(drafts, draftKey('r', 'text'), 'Hello there', 30);
  const kept = parseDrafts(writeDrafts(drafts));
  assert.deepEqual(kept.get('r/text'), { text: 'Hello there', at: 10 });
  assert.deepEqual(kept.get('r/note'), { text: 'Careful', at: 20 });
  assert.equal(withDraft(kept, 'r/text', '', 40).has('r/text'), false);
});

test('damaged drafts are no drafts, and there is a most', () => {
  assert.equal(parseDrafts('{').size, 0);
  assert.equal(parseDrafts('[["a"],[1,{"text":"x"}],["b",{"text":"x"}]]').size, 1);
  let drafts: ReturnType<typeof parseDrafts> = new Map();
  for (let index = 0; index < 80; index += 1) drafts = withDraft(drafts, `r${index}/text`, 'x', index);
  assert.equal(drafts.size, 60);
  assert.ok(drafts.has('r79/text') && !drafts.has('r19/text'));
});

const reply = (short_code: string, text: string) => ({ _id: short_code, short_code, text, inbox_id: null });

test('a slash that begins a word asks for canned replies', () => {
  assert.deepEqual(slashBefore('/sh', 3), { from: 0, asked: 'sh' });
  assert.deepEqual(slashBefore('Hi /', 4), { from: 3, asked: '' });
  assert.equal(slashBefore('and/or', 6), null);
  assert.equal(slashBefore('https://', 8), null);
  assert.equal(slashBefore('/ship it', 8), null);
});

test('codes that begin so come before those that contain it, and before texts', () => {
  const replies = [reply('reship', 'a'), reply('hours', 'we ship on Mondays'), reply('ship', 'b'), reply('bye', 'c')];
  assert.deepEqual(matching(replies, 'SHIP').map((entry) => entry.short_code), ['ship', 'reship', 'hours']);
});

test('placeholders take the value or the words behind the bar', () => {
  assert.equal(expand('Hi {{contact.name | there}}, {{agent.name}}!', { 'agent.name': 'Tess' }), 'Hi there, Tess!');
  assert.equal(expand('{{ contact.name|you }}', { 'contact.name': 'Maya $& x' }), 'Maya $& x');
  assert.equal(expand('{{contact.name}}', {}), '');
});

test('a reply takes the place of what asked for it', () => {
  const slash = slashBefore('Hello /sh', 9);
  assert.ok(slash);
  assert.deepEqual(insertReply('Hello /sh more', slash, 9, 'It ships.'), { text: 'Hello It ships. more', cursor: 15 });
});

test('a colleague’s answer since the draft was begun collides, an earlier one does not', () => {
  assert.equal(collides({ name: 'Omar', at: 100 }, 50, 5000), true);
  assert.equal(collides({ name: 'Omar', at: 100 }, 200, 5000), false);
  assert.equal(collides(null, 0, 5000), false);
  assert.equal(collides({ name: 'Omar', at: 100 }, 50, 500_000), false);
  assert.equal(secondsAgo({ name: 'Omar', at: 1000 }, 6400), 5);
});

test('keys: none while typing, none when switched off, the search always', () => {
  const pressed = (key: string, changes = {}) => ({
    key, code: '', ctrlKey: false, metaKey: false, altKey: false, isComposing: false, typing: false, ...changes,
  });
  assert.equal(actionOf(pressed('j'), true), 'next');
  assert.equal(actionOf(pressed('j', { typing: true }), true), null);
  assert.equal(actionOf(pressed('j'), false), null);
  assert.equal(actionOf(pressed('k', { ctrlKey: true, typing: true }), false), 'search');
  assert.equal(actionOf(pressed('e', { ctrlKey: true }), true), null);
  assert.equal(actionOf(pressed('ت', { code: 'KeyJ' }), true), 'next');
  assert.equal(actionOf(pressed('x', { code: 'KeyJ' }), true), null);
});

test('an address names a room, a page of the settings, an invitation', () => {
  assert.equal(parseRoute(`#room=${'0'.repeat(24)}`).room, '0'.repeat(24));
  assert.deepEqual(parseRoute('#settings/agents/1').parts, ['agents', '1']);
  assert.equal(parseRoute('#invitation=pin_0a').parts[0], 'pin_0a');
  assert.equal(parseRoute('#room=zz').place, 'inbox');
  assert.equal(parseRoute('').place, 'inbox');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPhrase, addStep, countChanges, removePhrase, removeStep, setStep, spell, type Intents } from './bot_model';

const document: Intents = {
  version: 1, thresholds: { high: 0.55, low: 0.3, margin: 0.1 },
  intents: [
    { id: 'PASSWORD_RESET', escalate: false, max_attempts: 3, phrases: { en: ['reset my password'], ar: [] }, steps: [{ id: 'open', text: { en: 'Open it', ar: 'افتح' } }] },
    { id: 'PAYMENT', escalate: true, max_attempts: 1, phrases: { en: ['I was charged twice'] } },
  ],
};

test('a phrase is added once, whatever its letters’ size, and under one intent only', () => {
  const added = addPhrase(document, 'PASSWORD_RESET', 'en', ' the link is dead ');
  assert.deepEqual(added?.intents[0]?.phrases.en, ['the link is dead', 'reset my password']);
  assert.equal(addPhrase(document, 'PASSWORD_RESET', 'en', 'Reset my Password'), null);
  assert.equal(addPhrase(document, 'PASSWORD_RESET', 'en', 'I was charged twice'), null);
  assert.equal(addPhrase(document, 'PASSWORD_RESET', 'en', '  '), null);
});

test('changes are counted one by one, and none is left after taking them back', () => {
  let changed = addPhrase(document, 'PASSWORD_RESET', 'ar', 'الرابط لا يعمل') ?? document;
  changed = setStep(changed, 'PASSWORD_RESET', 0, 'en', 'Open the page');
  changed = addStep(changed, 'PASSWORD_RESET');
  assert.equal(countChanges(document, changed), 3);
  changed = removeStep(changed, 'PASSWORD_RESET', 1);
  changed = setStep(changed, 'PASSWORD_RESET', 0, 'en', 'Open it');
  changed = removePhrase(changed, 'PASSWORD_RESET', 'ar', 'الرابط لا يعمل');
  assert.equal(countChanges(document, changed), 0);
});

test('an id is spelt as people read it', () => {
  assert.equal(spell('PASSWORD_RESET'), 'Password reset');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choiceTaken, untilChoices } from './choices';

const choices = [{ id: 'yes', text: 'Yes' }, { id: 'no', text: 'No' }];

test('a text that ends with its numbered choices is shown without them', () => {
  assert.equal(untilChoices('Did it work?\n\n1. Yes\n2. No', choices), 'Did it work?');
  assert.equal(untilChoices('هل نجح ذلك؟\n\n1. نعم', [{ id: 'yes', text: 'نعم' }]), 'هل نجح ذلك؟');
});

test('a text stays whole when its list is another one, does not end it, or nothing is to be chosen', () => {
  for (const text of ['Did it work?', 'Steps:\n\n1. Wait\n2. No', '1. Yes\n2. No\n3. Perhaps', 'Did it work?\n\n1. Yes\n2. No\nWell?']) {
    assert.equal(untilChoices(text, choices), text);
  }
  assert.equal(untilChoices('Did it work?\n\n1. Yes\n2. No', []), 'Did it work?\n\n1. Yes\n2. No');
});

test('an answer takes a choice by its text, its id or its number, and other words take none', () => {
  assert.deepEqual([' yes', 'YES', '2', 'No'].map((answer) => choiceTaken(choices, answer)?.id), ['yes', 'yes', 'no', 'no']);
  for (const answer of ['3', 'yes please', '']) assert.equal(choiceTaken(choices, answer), undefined);
});

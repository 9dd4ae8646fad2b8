import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findTerm } from './profile.ts';
import { CLOCK_PROFILES, getProfile } from './profiles.ts';
import { parseTerm, printTerm } from './term.ts';

test('every profile names its source, speaks both languages and has terms that can be read', () => {
  const ids = CLOCK_PROFILES.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const profile of CLOCK_PROFILES) {
    assert.ok(profile.source.length > 0 && profile.name.zh && profile.name.en, profile.id);
    for (const [stage, { name, term, extension, note }] of Object.entries(profile.terms)) {
      assert.ok(name.zh && name.en, `${profile.id} ${stage}`);
      if (term === undefined) assert.ok(note, `${profile.id} ${stage} has neither term nor note`);
      for (const each of [term, extension]) if (each) assert.equal(printTerm(parseTerm(each)), each);
    }
  }
});

test('all rows of the domain table are there', () => {
  const rows =
    'beijing-4-tier guangdong-12345 shanghai-street xinfang foi mediation-sz judicial-confirm whistle-pinggu ' +
    'lift-huzhou citymgmt data-share-sh care-water';
  for (const id of rows.split(' ')) assert.equal(getProfile(id).id, id);
});

test('weak sources are not confirmed', () => {
  assert.equal(getProfile('beijing-4-tier').confirmed, false);
  assert.equal(getProfile('whistle-pinggu').confirmed, false);
  assert.equal(getProfile('foi').confirmed, true);
});

test('a stage gives its term, or none where each case sets it', () => {
  assert.deepEqual(findTerm(getProfile('foi'), 'answer'), { amount: 20, unit: 'legalWorkDay' });
  assert.equal(findTerm(getProfile('citymgmt'), 'dispose'), undefined);
  assert.throws(() => findTerm(getProfile('foi'), 'toString'), /no stage "toString".*proactive, answer/);
  assert.throws(() => getProfile('nowhere'), /no clock profile "nowhere".*beijing-4-tier/);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { PHRASES } from './phrases.ts';

const SLOTS = new Set(['幢', '楼', '数', '天', '钱', '人数', '车', '店']);

test('every list has a piece that can always be said, and only marks and slots that are known', () => {
  for (const [kind, phrases] of Object.entries(PHRASES)) {
    const ofMatters = phrases.matters
      .flatMap((m) => [m.problem, m.detail, m.effect ?? []])
      .filter((l) => l.length > 0);
    for (const list of [phrases.detail, phrases.effect, phrases.ask, phrases.suggestion, ...ofMatters]) {
      assert.ok(
        list.some((piece) => piece[1] !== ':'),
        `${kind}: ${list[0]}`,
      );
      for (const piece of list) {
        assert.match(piece, /^([夏冬年雨夜城乡]:)?[^:|]+$/, kind);
        for (const [, slot] of piece.matchAll(/\{([^}]*)\}/g)) assert.ok(SLOTS.has(slot!), piece);
      }
    }
  }
});

test('a village always has something to say, except of lifts', () => {
  for (const [kind, { matters }] of Object.entries(PHRASES)) {
    assert.equal(
      matters.some((matter) => !matter.urban),
      kind !== 'property.lift',
    );
  }
});

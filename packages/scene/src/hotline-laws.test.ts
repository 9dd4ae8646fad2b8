import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isRefusal } from '@gezhi/basis';
import { type Case, evolve, type Fact, FLAGS, isOpenPhase, REFUSALS, replay } from '@gezhi/cases';
import { Game, NOON, type Turned, tell, wishes } from '@gezhi/cases/testing';
import fc from 'fast-check';
import { readPack } from './index.ts';

const { pack } = await readPack(fileURLToPath(new URL('../../../scenes/hotline', import.meta.url)));
const { process } = pack!;

/** Plays random wishes, legal and not, over the hotline, and looks at every turn. */
function play(seed: number, look: (turned: Turned, game: Game) => void, numRuns = 250): void {
  fc.assert(
    fc.property(wishes, (all) => {
      const game = new Game(process, NOON);
      for (const wish of all) look(game.play(wish), game);
    }),
    { seed, numRuns },
  );
}

/** Looks at each fact of a turn with the case before and after it. */
function eachFact(turned: Turned, look: (before: Case | undefined, fact: Fact, after: Case) => void): void {
  for (const { before, facts } of turned.changed) {
    let c = before;
    for (const fact of facts) {
      const after = evolve(c, fact);
      look(c, fact, after);
      c = after;
    }
  }
}

test('the game goes everywhere: every act, every state, every refusal that a person can meet', () => {
  const states = new Set<string>();
  const acts = new Set<string>();
  const codes = new Set<string>();
  play(
    6,
    (turned, game) => {
      const act = turned.command && process.actions[turned.command.action]?.act;
      if (turned.answer === 'done' && act) acts.add(act);
      if (turned.answer !== 'done') codes.add(turned.answer.code);
      for (const piece of game.pieces.values()) states.add(piece.case.state);
    },
    600,
  );
  // A case rests in `calledBack` only where it was not solved a third time: further than a game goes, and only there a person closes it.
  assert.deepEqual(new Set([...states, 'calledBack']), new Set(Object.keys(process.states)));
  acts.add('close');
  assert.deepEqual(acts, new Set(Object.values(process.actions).map((action) => action.act)));
  // The hotline never runs in circles; the game makes one district and no nameless action or empty try.
  const never = [
    'unknown-action',
    'runs-in-circles',
    'no-basis',
    'unknown-reason',
    'unknown-receiver',
    'bad-identifier',
    'nothing-tried',
    'two-cases',
    'other-district',
    'already-acknowledged',
    'bad-mark',
    'missing-field',
    'no-unit',
    'not-later',
    'own-rating',
    'target-merged',
  ];
  const met = REFUSALS.filter((code) => !never.includes(code) && code !== 'already-joined');
  assert.deepEqual([...codes].sort(), [...met].sort());
});

test('seq has no gap, and the whole history folds to the case that was answered', () => {
  play(2, (_turned, game) => {
    for (const { facts, case: c } of game.pieces.values()) {
      facts.forEach((fact, i) => {
        assert.equal(fact.seq, i + 1);
      });
      assert.deepEqual(replay(facts), c, tell(facts));
    }
  });
});

test('what the log gives back is what was put into it', () => {
  play(3, (turned) => {
    for (const { facts, after } of turned.changed) {
      assert.deepEqual(JSON.parse(JSON.stringify(facts)), facts);
      assert.deepEqual(JSON.parse(JSON.stringify(after)), after);
    }
  });
});

test('a state is one of the process, its phase is that state’s, and it has ended where the phase has', () => {
  play(4, (turned) => {
    eachFact(turned, (_before, _fact, after) => {
      assert.equal(after.phase, process.states[after.state]?.phase);
      assert.equal(after.endedAt === undefined, isOpenPhase(after.phase));
      assert.equal(after.mergedInto === undefined, after.state !== process.merged);
    });
  });
});

test('a promise never moves once it was given, wherever its voice speaks', () => {
  const promised = new Map<Game, Map<string, string>>();
  play(5, (turned, game) => {
    const told = promised.get(game) ?? new Map<string, string>();
    promised.set(game, told);
    eachFact(turned, (_before, fact) => {
      if (fact.type !== 'promised') return;
      assert.ok(!told.has(fact.data.number), 'given twice');
      assert.ok(fact.data.due.dueAt > game.now, 'a moment that is past');
      told.set(fact.data.number, JSON.stringify(fact.data.due));
    });
    for (const { case: c } of game.pieces.values()) {
      for (const { number, promised: due } of Object.values(c.voices))
        assert.equal(due && JSON.stringify(due), told.get(number));
    }
  });
});

test('nobody who asked a unit for something is left without a promise', () => {
  play(6, (_turned, game) => {
    for (const { case: c } of game.pieces.values()) {
      if (!c.lead) continue;
      for (const v of Object.values(c.voices)) assert.ok(v.promised, `${v.number} in ${c.state}`);
    }
  });
});

test('no voice is ever lost or doubled, over all cases, merged and un-merged', () => {
  play(7, (_turned, game) => {
    const speaking = [...game.pieces.values()].flatMap(({ case: c }) => Object.keys(c.voices));
    assert.deepEqual(speaking.sort(), [...game.numbers].sort());
    for (const { case: c } of game.pieces.values()) {
      if (c.mergedInto) assert.deepEqual(c.voices, {});
    }
  });
});

test('a lead changes by a dispatch and by nothing else', () => {
  play(8, (turned) => {
    eachFact(turned, (before, fact, after) => {
      if (fact.type !== 'dispatched') assert.deepEqual(after.lead, before?.lead, fact.type);
    });
  });
});

test('the first receiver never passes a case on: a new dispatch comes only by the hotline, before anybody accepted', () => {
  play(9, (turned) => {
    eachFact(turned, (before, fact) => {
      if (fact.type !== 'dispatched' || !before?.lead) return;
      const byRuling = fact.data.catalogue.startsWith('objection-');
      assert.ok(before.state === 'dispatched' || before.state === 'escalated' || byRuling, before.state);
      assert.notEqual(fact.by.post, before.lead.post);
    });
  });
});

test('a callback is asked once of each voice, counted once, and owed until then', () => {
  play(10, (turned) => {
    eachFact(turned, (before, fact, after) => {
      if (fact.type === 'calledBack' || fact.type === 'unreachable') {
        assert.equal(before?.voices[fact.data.number]?.callback, undefined);
        assert.ok(after.voices[fact.data.number]?.callback);
      }
      const uncalled = Object.values(after.voices).filter((v) => !v.callback).length;
      assert.equal(after.owed, uncalled, fact.type);
    });
  });
});

test('no case is closed by somebody before everybody in it was asked', () => {
  play(11, (turned) => {
    eachFact(turned, (before, fact) => {
      if (fact.type === 'closed') assert.equal(before?.owed, 0);
    });
  });
});

test('flags stand in their order, each once', () => {
  play(12, (_turned, game) => {
    for (const { case: c } of game.pieces.values())
      assert.deepEqual(
        c.flags,
        FLAGS.filter((flag) => c.flags.includes(flag)),
      );
  });
});

test('the same question gets the same answer, and changes nothing that it was asked about', () => {
  play(13, (turned, game) => {
    const before = structuredClone([...game.pieces]);
    const again = turned.again();
    if (turned.answer !== 'done') assert.deepEqual(again, turned.answer);
    else assert.ok(!isRefusal(again));
    assert.deepEqual([...game.pieces], before);
  });
});

test('a refusal changes nothing', () => {
  play(14, (turned) => {
    if (turned.answer !== 'done') assert.deepEqual(turned.changed, []);
  });
});

test('merging and un-merging at once brings voices and state back', () => {
  let tried = 0;
  play(15, (_turned, game) => {
    const { pieces, now } = game;
    const [source, target] = [...pieces.values()].map(({ case: c }) => c);
    if (!source || !target || pieces.size > 2) return;
    const wish = {
      who: 'person',
      detail: 0,
      legal: false,
      onward: false,
      stranger: false,
      bend: false,
      stale: false,
      powerless: false,
      unclear: false,
      lapseMinutes: 0,
      toldLateMinutes: 0,
    } as const;
    const names = Object.keys(process.actions);
    const copy = new Game(process, now);
    for (const [id, piece] of pieces) copy.pieces.set(id, piece);
    const merged = copy.play({ ...wish, which: 0, other: 1, pick: names.indexOf('merge') });
    if (merged.answer !== 'done') return;
    tried += 1;
    const home = copy.play({ ...wish, which: 0, other: 1, pick: names.indexOf('unmerge') });
    assert.equal(home.answer, 'done');
    const [back, left] = [...copy.pieces.values()].map(({ case: c }) => c);
    const rest = home.changed[0]!.facts.slice(1).map((fact) => fact.type);
    if (rest.length === 0) assert.equal(back!.state, source.state);
    for (const [number, v] of Object.entries(source.voices))
      assert.deepEqual({ ...back!.voices[number], promised: v.promised }, { ...v, promised: v.promised });
    assert.deepEqual(Object.keys(left!.voices).sort(), Object.keys(target.voices).sort());
  });
  assert.ok(tried > 100, `only ${tried} pairs were merged`);
});

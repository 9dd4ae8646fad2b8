import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import fc from 'fast-check';
import { fromBase64, toBase64 } from './bytes.ts';
import { cosign, openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { COSIGNATURE, ED25519, formatVerifierKey, openNote, parseVerifierKey, signNote } from './note.ts';
import { openPromise, signPromise } from './promise.ts';
import { madeUpKey, nodeCrypto } from './testing/made-up-log.ts';
import { sha256 } from './testing/node-hash.ts';

const log = madeUpKey('ledger.example/willow-county', 1);
const witness = madeUpKey('witness.example/city', 2, COSIGNATURE);
const stranger = madeUpKey('ledger.example/elsewhere', 3);
const root = sha256(new Uint8Array(0));
const checkpoint = { origin: log.key.name, size: 0, root };

/** The example of c2sp.org/signed-note. */
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const EXAMPLE_NOTE =
  'This is an example message.\n\n— example.com/foo ' +
  'Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

describe('a signed note', () => {
  test('of the specification opens, and its key is written as there', () => {
    const key = parseVerifierKey(sha256, EXAMPLE_KEY);
    assert.ok(!isRefusal(key));
    const note = openNote(nodeCrypto, EXAMPLE_NOTE, [key]);
    assert.ok(!isRefusal(note));
    assert.equal(note.text, 'This is an example message.\n');
    assert.equal(formatVerifierKey(sha256, key), EXAMPLE_KEY);
  });

  test('with a letter changed is refused', () => {
    const key = parseVerifierKey(sha256, EXAMPLE_KEY);
    assert.ok(!isRefusal(key));
    const refusal = openNote(nodeCrypto, EXAMPLE_NOTE.replace('example m', 'Example m'), [key]);
    assert.ok(isRefusal(refusal));
    assert.equal(refusal.code, 'bad-signature');
  });

  test('of a stranger is refused, and says who signed it and who is trusted', () => {
    const note = signNote(sha256, 'Good day.\n', stranger.key, stranger.sign);
    const refusal = openNote(nodeCrypto, note, [log.key]);
    assert.ok(isRefusal(refusal));
    assert.equal(refusal.code, 'unsigned');
    assert.deepEqual(refusal.details, { signedBy: [stranger.key.name], trusted: [log.key.name] });
  });

  test('that is none is refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.ok(isRefusal(openNote(nodeCrypto, text, [log.key])));
      }),
    );
    assert.throws(() => signNote(sha256, 'no end', log.key, log.sign), /line break/);
    assert.throws(() => signNote(sha256, 'a\tb\n', log.key, log.sign), /control character/);
  });

  test('a key that was copied wrongly says so', () => {
    const line = formatVerifierKey(sha256, log.key);
    const wrong = parseVerifierKey(sha256, line.replace('willow', 'poplar'));
    assert.ok(isRefusal(wrong) && /copied whole/.test(wrong.because));
    assert.ok(isRefusal(parseVerifierKey(sha256, 'nonsense')));
  });
});

describe('base64', () => {
  test('has one spelling for one value', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => assert.deepEqual(fromBase64(toBase64(bytes)), bytes)));
    for (const other of ['AB==', 'AA', 'AA= =', 'A', 'AAA_']) assert.equal(fromBase64(other), undefined);
  });
});

describe('a checkpoint', () => {
  const note = signCheckpoint(sha256, checkpoint, log.key, log.sign);

  test('opens with its log’s key, and with the signatures of witnesses that are known', () => {
    const line = cosign(
      sha256,
      note.slice(0, note.indexOf('\n\n') + 1),
      1_679_315_147,
      witness.key,
      witness.sign,
    );
    const opened = openCheckpoint(nodeCrypto, note + line, log.key, [witness.key]);
    assert.ok(!isRefusal(opened));
    assert.deepEqual([opened.size, opened.root], [0, root]);
    assert.deepEqual(opened.witnesses, [{ key: witness.key, at: 1_679_315_147 }]);
    const unknown = openCheckpoint(nodeCrypto, note + line, log.key);
    assert.ok(!isRefusal(unknown) && unknown.witnesses.length === 0);
  });

  test('that only a witness signed is refused', () => {
    const text = note.slice(0, note.indexOf('\n\n') + 1);
    const line = cosign(sha256, text, 1_679_315_147, witness.key, witness.sign);
    const refusal = openCheckpoint(nodeCrypto, `${text}\n${line}`, log.key, [witness.key]);
    assert.ok(isRefusal(refusal) && refusal.code === 'unsigned');
  });

  test('of another log under this one’s key is refused', () => {
    const text = `elsewhere\n0\n${toBase64(root)}\n`;
    const refusal = openCheckpoint(nodeCrypto, signNote(sha256, text, log.key, log.sign), log.key);
    assert.ok(isRefusal(refusal) && refusal.code === 'wrong-origin');
  });

  test('is signed by no key but its own', () => {
    assert.throws(() => signCheckpoint(sha256, checkpoint, stranger.key, stranger.sign), /does not sign/);
    assert.throws(() => cosign(sha256, 'x\n', 1, log.key, log.sign), /not one of a witness/);
    assert.equal(log.key.sort, ED25519);
  });

  test('is not taken for a promise, nor a promise for a checkpoint', () => {
    const promise = { number: '100000000123', signal: root, at: 1_700_000_000_000 };
    const promised = signPromise(sha256, promise, log.key, log.sign);
    assert.deepEqual(openPromise(nodeCrypto, promised, log.key), promise);
    assert.ok(isRefusal(openPromise(nodeCrypto, note, log.key)));
    assert.ok(isRefusal(openCheckpoint(nodeCrypto, promised, log.key)));
  });
});

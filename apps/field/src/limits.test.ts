import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

const SRC = fileURLToPath(new URL('.', import.meta.url));
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(tsx?|js)$/.test(path) && !/\.test\.ts$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }));

/** The files in which a pattern stands. */
const where = (pattern: RegExp): readonly string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

describe('what the field app never does', () => {
  test('a position is asked for in one place, once each time it is pressed, and watched nowhere', () => {
    assert.deepEqual(where(/geolocation/), ['near/use-here.ts']);
    assert.deepEqual(where(/getCurrentPosition\(/), ['near/use-here.ts']);
    assert.deepEqual(
      where(/watchPosition|sendBeacon|periodicSync|backgroundFetch|PushManager|pushManager/),
      [],
    );
  });

  test('it is used to sort on this phone, and to say where a report is; nothing else sees it', () => {
    const users = where(/\buseHere\b/).filter((path) => path !== 'near/use-here.ts');
    assert.deepEqual(users.sort(), [
      'screens/report-screen.tsx',
      'screens/round-screen.tsx',
      'screens/tasks-screen.tsx',
    ]);
    const senders = where(/\bput\(|\bapi\.call\(|\bfetch\(/);
    const both = users.filter((path) => senders.includes(path));
    assert.deepEqual(both.sort(), ['screens/report-screen.tsx', 'screens/round-screen.tsx']);
    const round = sources.find(({ path }) => path === 'screens/round-screen.tsx')!.text;
    const row = round.slice(round.indexOf('function StopRow'));
    assert.doesNotMatch(row, /\bhere\b|\bpoint\b/, 'a visit says nothing of where its visitor was');
  });

  test('of all that leaves the phone a report alone has a point', () => {
    const entry = sources.find(({ path }) => path === 'outbox/entry.ts')!.text;
    assert.equal(entry.match(/\bpoint\b.*:/g)?.length, 1);
    assert.match(entry.slice(entry.indexOf('type ReportWords')), /point\?/);
    const deliver = sources.find(({ path }) => path === 'outbox/deliver.ts')!.text;
    assert.doesNotMatch(deliver, /\blat\b|\blon\b|coords|\bpoint\b/);
    assert.doesNotMatch(
      sources.find(({ path }) => path === 'day/store.ts')!.text,
      /\blat\b|\blon\b|coords|\bpoint\b/,
    );
  });

  test('no sound, no clock-in, points or online time', () => {
    assert.deepEqual(where(/new Audio|AudioContext|vibrate|new Notification|showNotification/), []);
    assert.deepEqual(where(/clockIn|checkIn\b|onlineTime|leaderboard|\bscore\b|ranking\w*:/), []);
  });

  test('how somebody is reached is kept nowhere', () => {
    assert.deepEqual(where(/readContact/), ['parts/requesters.tsx']);
    assert.doesNotMatch(
      sources.find(({ path }) => path === 'parts/requesters.tsx')!.text,
      /localStorage|openStore|put\(/,
    );
  });
});

test('it asks nothing of a phone that browsers of 2022 have not', () => {
  const young =
    /Map\.groupBy|Object\.groupBy|withResolvers|canParse|findLast|toSorted|toReversed|structuredClone|\.difference\(/;
  assert.deepEqual(where(young), []);
});

test('everything is said in both languages', () => {
  const shape = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
      : typeof value;
  assert.deepEqual(shape(en), shape(zh));
  const shown = where(/>[^<>{}]*[\u4e00-\u9fff]|['"`].*[\u4e00-\u9fff]/).filter(
    (path) => path !== 'words/zh.ts',
  );
  assert.deepEqual(shown, ['words/en.ts'], 'there stands the name of the other language');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadProfile, parseProfile, shippedProfiles } from './profile.ts';

const GOOD = 'name: t\nzone: Asia/Shanghai\nsource: t\nfields: {occurredAt: when, closedAt: end}\n';

test('every shipped profile reads, and bears its file name', () => {
  assert.deepEqual(shippedProfiles(), ['hotline-zh', 'la311', 'messages-zh', 'nyc-casework', 'nyc311']);
  for (const name of shippedProfiles()) assert.equal(loadProfile(name).name, name);
});

test('a mistake is told with file, key and remedy', () => {
  const table: [string, RegExp][] = [
    [`${GOOD}colour: red\n`, /t\.yaml: .*unknown colour; remove it/],
    [GOOD.replace('Asia/Shanghai', 'Peking'), /t\.yaml: zone: "Peking".*IANA/],
    [`${GOOD}dates: ['dd.MM']\n`, /t\.yaml: dates: "dd.MM".*needs yyyy/],
    [`${GOOD}joinWhen: always\n`, /t\.yaml: joinWhen: must be one of identicalWords, never/],
    [`${GOOD}checks: {closedAt after occurredAt: drop}\n`, /t\.yaml: checks.*reads "closedAt >= occurredAt"/],
    [
      `${GOOD}checks: {replyAt >= occurredAt: drop}\n`,
      /needs replyAt\. Name its column under fields\.replyAt/,
    ],
    [GOOD.replace('occurredAt: when, ', ''), /t\.yaml: fields\.occurredAt:/],
    ['name: [', /t\.yaml:1: .*Mend the YAML/],
    [`${GOOD}delimiter: '"'\n`, /t\.yaml: delimiter: .*neither a quote/],
  ];
  for (const [yaml, says] of table) assert.throws(() => parseProfile(yaml, 't.yaml'), says, yaml);
});

test('an unknown profile names those there are', () => {
  assert.throws(() => loadProfile('la312'), /no profile "la312".*la311/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { passingMasterKeys } from './master-keys.ts';
import { SUITES, unseal } from './seal.ts';
import { openVault } from './vault.ts';

const TOWN = '990009';

test('people sealed with their batch open again, whoever they are, in both suites; each has a key of their own', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SUITES),
      fc.dictionary(fc.string({ minLength: 1 }), fc.dictionary(fc.string({ minLength: 1 }), fc.string())),
      async (suite, people) => {
        const keys = passingMasterKeys(suite);
        const vault = openVault({ keys, purposes: [], suite, looked: async () => undefined });
        const fields = Object.entries(people).flatMap(([person, own]) =>
          Object.entries(own).map(([field, value]) => ({ person, field, value })),
        );
        const sealed = await vault.sealNew(TOWN, fields);
        assert.equal(sealed.persons.length, new Set(fields.map(({ person }) => person)).size);
        for (const [i, { person, field, value }] of fields.entries()) {
          const { master, sealedKey } = sealed.persons.find((one) => one.person === person)!;
          const key = await keys.unwrap({ master, sealed: sealedKey }, [TOWN, person]);
          assert.equal(
            unseal(key, [TOWN, person, field], sealed.fields[i]!.sealed).toString('utf8'),
            Buffer.from(value, 'utf8').toString('utf8'),
          );
          for (const other of sealed.persons) {
            if (other.person === person) continue;
            const wrong = await keys.unwrap({ master, sealed: other.sealedKey }, [TOWN, other.person]);
            assert.throws(() => unseal(wrong, [TOWN, person, field], sealed.fields[i]!.sealed));
          }
        }
      },
    ),
    { numRuns: 50 },
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onBothVersions, testDatabase } from './testing.ts';

onBothVersions('each test has a database of its own, and works in it as the service', async (t, version) => {
  const [one, other] = await Promise.all([testDatabase(t, { version }), testDatabase(t, { version })]);
  assert.notEqual(one.admin.database, other.admin.database);
  const { rows } = await one.pool.query('SELECT current_user, current_database() AS database');
  assert.deepEqual(rows, [{ current_user: 'gezhi_service', database: one.admin.database }]);
});

test('values come as the core has them', async (t) => {
  const { pool } = await testDatabase(t);
  const { rows } =
    await pool.query(`SELECT 9007199254740991::int8 AS big, timestamptz '2026-05-01T08:00:00.1239+08' AS at,
    date '2026-05-01' AS day, '{"a":1}'::jsonb AS json, ARRAY[1,NULL]::int8[] AS many, now() - now() AS nothing,
    ARRAY[timestamptz '2026-05-01T00:00:00Z'] AS ats, timestamptz '0099-01-01T00:00:00Z' AS old, 'infinity'::timestamptz AS never`);
  assert.deepEqual(
    { ...rows[0], nothing: undefined },
    {
      big: Number.MAX_SAFE_INTEGER,
      at: Date.UTC(2026, 4, 1) + 123,
      day: '2026-05-01',
      json: { a: 1 },
      many: [1, null],
      nothing: undefined,
      ats: [Date.UTC(2026, 4, 1)],
      old: Date.parse('0099-01-01T00:00:00Z'),
      never: Number.POSITIVE_INFINITY,
    },
  );
  await assert.rejects(pool.query('SELECT 9007199254740992::int8'), { code: 'int8-too-large' });
});

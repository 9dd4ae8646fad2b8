import assert from 'node:assert/strict';
import test from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { checkCode, significantDigits } from './codes.ts';

const outcome = (kind: string, code: string, parent?: string): string => {
  const checked = checkCode('cn', kind, code, parent);
  return isRefusal(checked) ? checked.code : ['ok', ...checked.warnings.map((w) => w.code)].join(' ');
};

test('Chinese codes are checked by kind', () => {
  const table: [kind: string, code: string, parent: string | undefined, expected: string][] = [
    ['district', '330502', '330500', 'ok'],
    ['district', '33050', undefined, 'bad-code-shape'],
    ['district', '３３０５０２', undefined, 'bad-code-shape'],
    ['district', '990001', '990000', 'ok unassigned-province'],
    ['district', '130171', '130100', 'ok virtual-zone'],
    ['district', '330502', '330100', 'not-under-parent'],
    ['street', '330502001', '330502', 'ok'],
    ['street', '330502001000', '330502', 'ok'],
    ['street', '330502100', '330502', 'level-mismatch'],
    ['town', '330502100', '330502', 'ok'],
    ['township', '330502200', '330502', 'ok'],
    ['township', '330502350', '330502', 'ok'],
    ['street', '330502400', '330502', 'ok'],
    ['town', '330502600', '330502', 'bad-code-part'],
    ['town', '330502000', '330502', 'bad-code-part'],
    ['community', '330502001001', '330502001000', 'ok'],
    ['village', '330502100201', '330502100', 'ok'],
    ['village', '330502100001', '330502100', 'ok unusual-committee-number'],
    ['community', '330502001000', '330502001', 'bad-code-part'],
    ['community', '330502002001', '330502001', 'not-under-parent'],
    ['grid', '33050200100101', '330502001001', 'ok'],
    ['grid', '330502001001', '330502001001', 'bad-code-shape'],
    ['cell', '330502001001001', '330502001001', 'ok'],
    ['cell', '3305020010010010', undefined, 'bad-code-shape'],
    ['asset', '3205080101000001', undefined, 'ok'],
    ['asset', '320508010100001', undefined, 'bad-code-shape'],
    ['police', 'JW-07', undefined, 'ok'],
  ];
  for (const [kind, code, parent, expected] of table)
    assert.equal(outcome(kind, code, parent), expected, `${kind} ${code}`);
});

test('a code is taken apart', () => {
  const asset = checkCode('cn', 'asset', '3205080101000001');
  assert.ok(!isRefusal(asset));
  assert.deepEqual(
    { ...asset.parts },
    { province: '32', city: '05', county: '08', class: '01', subclass: '01', serial: '000001' },
  );
  const cell = checkCode('cn', 'cell', '330502001002003');
  assert.ok(!isRefusal(cell));
  assert.deepEqual(
    [cell.parts.townshipLevel, cell.parts.communityLevel, cell.parts.serial],
    ['001', '002', '003'],
  );
});

test('free codes are any short text that tables can hold', () => {
  const ok = (code: string): boolean => !isRefusal(checkCode('free', 'grid', code));
  assert.ok(ok('A-1') && ok('青溪/3') && ok('330502'));
  for (const bad of ['', ' a', 'a;b', '*', 'a\nb', 'x'.repeat(65)]) assert.ok(!ok(bad), JSON.stringify(bad));
});

test('trailing zeros name nothing', () => {
  assert.equal(significantDigits('330000'), '33');
  assert.equal(significantDigits('330500'), '3305');
  assert.equal(significantDigits('330502001000'), '330502001');
  assert.equal(significantDigits('330500000000'), '3305');
  assert.equal(significantDigits('330502001010'), '330502001010');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MASK, maskText } from './mask-text.ts';
import type { MaskSort } from './masked.ts';

/** `«…»` stands around what must be masked. */
function check(marked: string, ...sorts: readonly MaskSort[]): void {
  const text = marked.replace(/[«»]/g, '');
  const { masked, found } = maskText(text);
  assert.equal(masked, marked.replace(/«[^»]*»/g, MASK));
  if (sorts.length > 0)
    assert.deepEqual(
      found.map(({ what }) => what),
      sorts,
      marked,
    );
}

test('phones in the forms in which people write them', () => {
  for (const phone of [
    '13800138000',
    '138 0013 8000',
    '138-0013-8000',
    '1380013 8000',
    '+86 138 0013 8000',
    '+8613800138000',
    '0086-13800138000',
    '１３８００１３８０００',
    '一三八零零一三八零零零',
    '幺三八〇〇幺三八〇〇〇',
    '1 3 8 0 0 1 3 8 0 0 0',
    '0731-88881234',
    '(0731)88881234',
    '0731 8888 1234',
    '010-88881234转801',
    '0731-88881234-801',
    '073188881234',
  ])
    check(`请打«${phone}»，谢谢`, 'phone');
  check('座机是«88881234»', 'phone');
  check('call «(213) 555-0143» please', 'phone');
});

test('numbers that reach nobody private stay', () => {
  for (const text of [
    '请拨打12345、110或95598',
    '2020-01-06 12:09:38',
    '共88881234元',
    '3栋2单元501',
    '订单号2020123456789012',
    '从2013到2019 12个月',
    '400-800-1234',
  ])
    check(text);
});

test('identity cards, new and old, with X and grouped, also mistyped', () => {
  check('身份证«11010119900307803X»', 'id');
  check('«11010119900307803x»的业主', 'id');
  check('«110101 19900307 8515»', 'id');
  check('«110101199003078516»', 'id');
  check('老证«430102850307123»', 'id');
  check('订单号110101199003078516');
});

test('plates', () => {
  for (const plate of [
    '湘A12345',
    '湘A·1B345',
    '湘AD12345',
    '湘A12345D',
    '湘A1234学',
    '粤Z1234港',
    '湘A1234挂',
    '湘A 1234警',
    '湘Ａ１２３４５',
  ])
    check(`车牌«${plate}»占道`, 'plate');
  check('云A区和新A3区');
});

test('bank cards, mail and accounts', () => {
  check('卡号«6222 0212 3456 7890 123»', 'bankCard');
  check('«4111111111111111»', 'bankCard');
  check('写信到«zhang.wei-1@example.com»。', 'email');
  check('微信号：«made_up_01»，QQ«123456789»', 'wechat', 'qq');
});

test('names by title, by word before, by 某, beside a number', () => {
  check('«王»先生说，«张伟»老师和«欧阳»女士也说，«李»师傅不知道');
  check('«张»姐反映过，«李»哥和«吴»总也在');
  check('我叫«张伟»住在桑园');
  check('联系人：«李小明»，«13800138000»');
  check('姓名：«高兴»');
  check('«王某某»与«张XX»、«刘**»');
  check('«赵强»，电话«13800138000»');
  check('my name is «Ann Smith», ask Mr. «Miller»');
});

test('offices, places and common words that look like names stay', () => {
  for (const text of [
    '王局长不作为',
    '联系人：王主任',
    '请老师解决',
    '我向老师反映',
    '谢谢老师',
    '张家界市',
    '石家庄的王府井',
    '马路边',
    '任何女士',
    '语文老师',
    '业主高度重视',
    '我是高新区的居民',
    '各位先生女士',
    '老百姓',
    '高桥镇李家村',
    '小区业主于先前',
  ])
    check(text);
});

test('any input: positions fit, nothing overlaps, and masking again changes nothing', () => {
  const unit = fc.constantFrom(...'王张伟先生女士1380湘A某叫我姓名：@.x- (）ａ１·😀\n');
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit, maxLength: 60 }), fc.string({ unit: 'binary' })), (text) => {
      const { masked, found } = maskText(text);
      let reach = 0;
      for (const { start, end } of found) {
        assert.ok(start >= reach && end > start && end <= text.length);
        reach = end;
      }
      assert.equal(maskText(masked).masked, masked);
    }),
    { numRuns: 500 },
  );
});

test('strange texts are answered', () => {
  for (const text of [
    '',
    '😀'.repeat(1000),
    '1'.repeat(100_000),
    '王'.repeat(100_000),
    '我叫'.repeat(50_000),
    'a@'.repeat(50_000),
    '1 '.repeat(50_000),
    '湘A'.repeat(50_000),
    '<b>王先生</b>',
    '陳女士的電話',
    'ئۇيغۇرچە',
    '\u0000\u001b[31m',
    '\ud800',
  ])
    assert.ok(maskText(text).masked.length >= 0);
  check('«陳»女士的電話：«0912345678»'.replace('«0912345678»', '«13800138000»'));
});

test('whoever is sought by name is hidden; places and words that begin alike are not', () => {
  const hidden = (text: string) => maskText(text).masked;
  assert.equal(hidden('路灯坏了，找张伟处理'), `路灯坏了，找${MASK}处理`);
  assert.equal(hidden('让李秀兰接电话'), `让${MASK}接电话`);
  for (const text of [
    '找张家湾村委会',
    '告诉周围邻居',
    '让杨树飞絮',
    '联系黄河路居委会',
    '问周一能否来',
    '找王府井的店',
  ])
    assert.equal(hidden(text), text);
});

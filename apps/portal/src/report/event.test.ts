import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newDraft } from './draft.ts';
import { eventOf, SOURCE, saidOf, whoOf } from './event.ts';

const STAND = { photo: '见照片。', sound: '见录音。' };
const blob = new Blob(['x']);

test('what is said is the words, else that a photo or a sound speaks, and what the kind asked', () => {
  const draft = newDraft();
  assert.equal(saidOf({ ...draft, words: ' 灯不亮 ' }, STAND), '灯不亮');
  assert.equal(saidOf({ ...draft, photos: [{ id: 'a', blob }] }, STAND), STAND.photo);
  assert.equal(
    saidOf({ ...draft, photos: [{ id: 'a', blob }], sound: { blob, seconds: 3 } }, STAND),
    STAND.sound,
  );
  const asked = [
    { question: '灯杆编号？', answer: ' 07 ' },
    { question: '几盏？', answer: ' ' },
  ];
  assert.equal(saidOf({ ...draft, words: '灯不亮', asked }, STAND), '灯不亮\n灯杆编号？ 07');
});

test('whoever leaves nothing is nobody', () => {
  const draft = newDraft();
  assert.deepEqual(whoOf(draft), {});
  assert.deepEqual(whoOf({ ...draft, way: 'phone', address: ' 000-0000-0000 ' }).requester, {
    reachMe: [{ way: 'phone', address: '000-0000-0000' }],
  });
  assert.deepEqual(whoOf({ ...draft, name: '张三（虚构）' }), { requester: { name: '张三（虚构）' } });
  assert.deepEqual(
    whoOf({ ...draft, name: '张三（虚构）', isChild: true }),
    { guardian: { name: '张三（虚构）' } },
    'of a child nothing is kept: a parent is told',
  );
});

test('a draft keeps its id, is private unless somebody says otherwise, and says a grid in words where nothing was scanned', () => {
  const draft = { ...newDraft(), words: '垃圾', placeText: '水井旁', grid: { code: '1', name: '第三网格' } };
  const event = eventOf(draft, STAND, new Date(0));
  assert.deepEqual([event.id, event.source, event.time], [draft.id, SOURCE, '1970-01-01T00:00:00.000Z']);
  assert.deepEqual(event.data, {
    words: '垃圾',
    channel: 'web',
    publicity: 'private',
    placeText: '第三网格 水井旁',
  });
  assert.notEqual(newDraft().id, newDraft().id);
});

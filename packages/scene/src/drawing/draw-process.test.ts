import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { soundProcess } from '../model/made-up-process.ts';
import { readPack } from '../read-pack.ts';
import { drawProcess } from './draw-process.ts';
import { emsOf, wrap } from './svg-text.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

test('the drawing in the docs is the hotline as it stands', async () => {
  const { pack, findings } = await readPack(`${root}scenes/hotline`);
  assert.deepEqual(findings, []);
  for (const language of ['zh', 'en'] as const) {
    const file = `docs/hotline-process.${language}.svg`;
    const again = `gezhi draw hotline --lang ${language} --file ${file}`;
    const kept = await readFile(root + file, 'utf8');
    assert.ok(kept === drawProcess(pack!.process, language, pack!.scene.name), `draw it again: ${again}`);
  }
});

test('every state, action and clock is in the picture, which is titled and described', () => {
  const { process } = soundProcess({ steps: 3, jumps: [[2, 0]], answers: true });
  const svg = drawProcess(process, 'en', { zh: '一景', en: 'A <scene>' });
  assert.match(svg, /<title id="t">A &lt;scene&gt; · process<\/title>/);
  assert.match(svg, /<desc id="d">[^<]+<\/desc>/);
  for (const action of Object.values(process.actions))
    assert.ok(svg.includes(`[${action.power}]`), action.name);
  assert.equal(svg.match(/class="box(end)?"/g)!.length, Object.keys(process.states).length);
  assert.equal(svg, drawProcess(process, 'en', { zh: '一景', en: 'A <scene>' }));
});

test('what stands in one column stays inside the picture, however many states there are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (steps) => {
      const svg = drawProcess(soundProcess({ steps, jumps: [], answers: true }).process, 'zh');
      const width = Number(/width="(\d+)"/.exec(svg)![1]);
      for (const [, x] of svg.matchAll(/<text x="([\d.]+)"/g)) assert.ok(Number(x) > 0 && Number(x) < width);
    }),
    { numRuns: 10, seed: 3 },
  );
});

test('lines are no longer than asked, unless one word is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[一-龥a-z ]{1,40}$/), fc.integer({ min: 3, max: 12 }), (text, max) => {
      const lines = wrap(text, max);
      for (const line of lines) assert.ok(emsOf(line) <= max || !line.includes(' '));
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
    }),
  );
});

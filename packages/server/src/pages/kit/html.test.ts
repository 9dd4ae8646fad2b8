import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { flag, html } from './html.ts';

test('what is put in becomes no markup, in text and in attributes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const [before, inside, after] = html`<p title="${text}">${text}</p>`
        .toString()
        .split(/<p title="|">|<\/p>/);
      assert.equal(before, '');
      assert.doesNotMatch(`${inside}${after}`, /[<>"']/);
    }),
  );
});

test('markup and lists of it go in as they are, what is absent leaves nothing', () => {
  const item = (text: string) => html`<li>${text}</li>`;
  assert.equal(
    html`<ul>${[item('a&b'), item('c')]}${undefined}${null}${false}${0}</ul>${flag('checked', true)}`.toString(),
    '<ul><li>a&amp;b</li><li>c</li>0</ul> checked',
  );
});

test('markup cannot be forged by a value of the same shape', () => {
  const forged = { toString: () => '<b>', markup: '<b>' };
  assert.equal(html`${forged as never}`.toString(), '');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeMvt } from '../testing/write-mvt.ts';
import { drawVectorTile, type Look } from './draw-vector-tile.ts';

const SQUARE = [
  [0, 0],
  [2048, 0],
  [2048, 2048],
  [0, 2048],
] as const;
const ACROSS = [
  [0, 1024],
  [4096, 1024],
] as const;

const area = (tags: Readonly<Record<string, string>> = {}) =>
  ({ type: 'area', tags, points: SQUARE }) as const;
const line = (tags: Readonly<Record<string, string>> = {}) =>
  ({ type: 'line', tags, points: ACROSS }) as const;

const draw = (layers: Parameters<typeof writeMvt>[0], look: Look = 'light'): string =>
  drawVectorTile(writeMvt(layers), 14, look).bytes.toString();

test('a lake is an area and a road a line, in units of the picture', () => {
  const svg = draw({ water: [area({ kind: 'lake' })], roads: [line({ kind: 'major_road' })] });
  assert.match(svg, /<path fill="#c3dde4"[^>]* d="M0,0L256,0L256,256L0,256L?[^"]*Z"\/>/);
  assert.match(svg, /<path fill="none" stroke="#fdf3d7"[^>]* d="M0,128L512,128"\/>/);
});

test('what lies below is drawn before what lies above, whatever the order in the file', () => {
  const svg = draw({ roads: [line({ kind: 'minor_road' })], buildings: [area()], water: [area()] });
  const order = ['#c3dde4', '#e4e8e6', '#ffffff'].map((colour) => svg.indexOf(colour));
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
});

test('the three usual schemas say the same things by other names', () => {
  const protomaps = draw({ landuse: [area({ kind: 'park' })], roads: [line({ kind: 'minor_road' })] });
  assert.equal(
    draw({ park: [area({ class: 'park' })], transportation: [line({ class: 'minor' })] }),
    protomaps,
  );
  assert.equal(draw({ land: [area({ kind: 'park' })], streets: [line({ kind: 'residential' })] }), protomaps);
});

test('boundaries, names and whatever else a file holds are not drawn, and no text of it gets into the picture', () => {
  const empty = draw({});
  const hostile = { name: '"/><script>alert(1)</script>', kind: 'country' };
  assert.equal(
    draw({ boundaries: [line(hostile)], places: [area(hostile)], landuse: [area(hostile)] }),
    empty,
  );
  assert.ok(!draw({ water: [area(hostile)] }).includes('script'));
});

test('in the dark it is drawn for the dark', () => {
  assert.notEqual(draw({ water: [area()] }), draw({ water: [area()] }, 'dark'));
});

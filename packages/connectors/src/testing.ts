export { paintTile } from './testing/paint-tile.ts';
export { type FakeService, serveFake } from './testing/serve-fake.ts';
export { type MadeFeature, writeMvt } from './testing/write-mvt.ts';
export { type MadeTile, writePmtiles } from './testing/write-pmtiles.ts';

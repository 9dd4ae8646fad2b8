export { checkLayer, type LayerFinding, refuseOverlap } from './check-layer.ts';
export { type CodeParts, type CodeSystem, checkCode, significantDigits } from './codes.ts';
export {
  type Coordinates,
  type Datum,
  type DatumGuess,
  detectDatum,
  mustBePoint,
  toGcj02,
  toWgs84,
  whyNoPoint,
} from './coordinates.ts';
export { type FeatureProblem, type ReadOutline, readLineSegments, readOutlines } from './geojson.ts';
export { buildLineIndex, type LineIndex, type LineSegment, type NearSegment, segmentsNear } from './lines.ts';
export { metresPerDegree } from './metres.ts';
export {
  ancestors,
  buildPlaceIndex,
  descendants,
  findPlace,
  type PlaceIndex,
  type PlaceRef,
  placesAt,
} from './place-index.ts';
export {
  type Layer,
  type Outline,
  type Place,
  type PlaceName,
  type Point,
  type Position,
  polygonsOf,
  type Ring,
  tierOf,
  validAt,
} from './places.ts';
export { buildPolygonIndex, locate, locateAll, locateMany, type PolygonIndex } from './polygon-index.ts';
export { extentOf, type Sketch, type SketchArea, sketchOf } from './sketch.ts';
export { type Box, boxesMeet, boxOfTile, type Tile, type TileDatum, tilesOver, zoomFor } from './tiles.ts';

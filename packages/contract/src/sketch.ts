import { z } from 'zod';
import { label, named, short } from './named.ts';

const position = z.array(z.number());

/**
 * Tiles that may lie under the sketch: `/tiles/{layer}/{z}/{x}/{y}?v={version}`, layers 0 and up, lowest first. `drawn`: sharp at any size, and
 * `look=dark` draws it for the dark. The attribution, and the review number (审图号) where there is one, stand on the map wherever tiles do.
 */
export const tilesView = named(
  'TilesView',
  z.object({
    version: z.string(),
    /** West, south, east, north: nothing beyond is served. */
    bounds: z.array(z.number()),
    layers: z.number().int(),
    minZoom: z.number().int(),
    maxZoom: z.number().int(),
    size: z.number().int(),
    datum: z.enum(['WGS-84', 'GCJ-02']),
    drawn: z.boolean(),
    attribution: label,
    reviewNumber: z.string().optional(),
  }),
);

/** What a map without the internet is drawn from. `rings` are filled by the even-odd rule; degrees, WGS-84. */
export const sketchView = named(
  'SketchView',
  z.object({
    bounds: z.array(z.number()),
    areas: z.array(
      z.object({
        layer: z.string(),
        code: z.string(),
        name: z.string(),
        level: z.string().optional(),
        rings: z.array(z.array(position)),
      }),
    ),
    lines: z.array(
      z.object({
        line: z.string(),
        lineName: z.string(),
        kind: z.string(),
        segment: z.string(),
        segmentName: z.string(),
        positions: z.array(position),
      }),
    ),
    tiles: tilesView.optional(),
  }),
);

export const SKETCH_ROUTES = {
  sketchPlaces: {
    summary: {
      zh: '一个地点之下各地点的轮廓（不联网也能画的地图）',
      en: 'Outlines of the places below one: a map that needs no internet',
    },
    auth: 'open',
    query: z.object({
      layer: short(40).default('division'),
      within: short(60).optional(),
      district: short(24).optional(),
    }),
    answers: { 200: sketchView, 304: null },
  },
} as const;

export type TilesView = z.infer<typeof tilesView>;
export type SketchView = z.infer<typeof sketchView>;

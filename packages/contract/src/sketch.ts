import { z } from 'zod';
import { named, short } from './named.ts';

const position = z.array(z.number());

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

export type SketchView = z.infer<typeof sketchView>;

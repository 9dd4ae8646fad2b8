/** The layers of 天地图 in web Mercator: vec 矢量底图, cva its names; img 影像, cia its names; ter 地形, cta its names. */
export const TIANDITU_LAYERS = ['vec', 'cva', 'img', 'cia', 'ter', 'cta'] as const;
export type TiandituLayer = (typeof TIANDITU_LAYERS)[number];

/** The address of a layer's tiles by its WMTS (OGC 07-057r7), as 天地图 documents it; a province's node has the same under its own name. */
export function tiandituTemplate(base: string, layer: TiandituLayer): string {
  return (
    `${base}/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default` +
    '&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}'
  );
}

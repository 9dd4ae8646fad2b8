/** A tile as browsers take it. */
export type TileImage = { readonly type: string; readonly bytes: Buffer };

/**
 * The picture that these bytes are, told by how they begin and not by what somebody says of them; `undefined` for all but PNG, JPEG, WebP and
 * AVIF. SVG from outside could hold a script and is none.
 */
export function pictureOf(bytes: Buffer): TileImage | undefined {
  const type = typeOf(bytes);
  return type === undefined ? undefined : { type, bytes };
}

function typeOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 8).equals(PNG)) return 'image/png';
  if (bytes.subarray(0, 3).equals(JPEG)) return 'image/jpeg';
  const mark = bytes.toString('latin1', 0, 12);
  if (/^RIFF.{4}WEBP$/s.test(mark)) return 'image/webp';
  if (/^.{4}ftypavi[fs]/s.test(mark)) return 'image/avif';
  return undefined;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

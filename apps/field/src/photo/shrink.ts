/** The longer side of a picture as it is kept and sent. */
export const SIDE_MAX = 1600;
const QUALITY = 0.8;

/** The size of a picture whose longer side is `SIDE_MAX` at most; a small one stays as it is. */
export function sizeWithin(
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  const shrink = Math.min(1, SIDE_MAX / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * shrink)), height: Math.max(1, Math.round(height * shrink)) };
}

/**
 * A picture made small, upright and anew as JPEG, so that its place, time and device (EXIF) are gone before it lies anywhere. Answers
 * nothing where it is no picture.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    // No picture: said to whoever took it.
    return undefined;
  });
  if (!picture) return undefined;
  const { width, height } = sizeWithin(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  picture.close();
  const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  return small ?? undefined;
}

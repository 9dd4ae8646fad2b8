/** The longer side of a photo as it is kept and sent. */
const SIDE_MAX = 1600;
const QUALITY = 0.8;

/**
 * A photo made small, upright and anew as JPEG: drawing it leaves its place, time and device (EXIF) behind before it lies anywhere; the service does so
 * once more. Answers nothing where the file is no picture that this browser can draw.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob | undefined> {
  const picture = await pictureOf(file);
  if (!picture) return undefined;
  const canvas = Object.assign(document.createElement('canvas'), sizeWithin(picture.width, picture.height));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  return small ?? undefined;
}

/** The size of a photo whose longer side is 1,600 pixels at most; a small one stays as it is. */
export function sizeWithin(
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  const shrink = Math.min(1, SIDE_MAX / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * shrink)), height: Math.max(1, Math.round(height * shrink)) };
}

async function pictureOf(file: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

const SIDE_MAX = 1600;
const QUALITY = 0.82;

/**
 * A photo as it is sent: the longer side at most 1,600 pixels, JPEG. Drawing it anew leaves place, time and device behind on the phone; the service
 * does so once more. What cannot be drawn here is sent as it is, and the service judges.
 */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await pictureOf(file);
  if (!picture) return file;
  const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  return drawn ?? file;
}

/** Nothing where the file is no picture that this browser can draw. */
async function pictureOf(file: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

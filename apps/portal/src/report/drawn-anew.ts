import { shrinkPhoto } from '@gezhi/ui/device';

/** A photo as it is sent: made small; what this browser cannot draw goes as it is, and the service judges. */
export async function drawnAnew(file: Blob): Promise<Blob> {
  return (await shrinkPhoto(file)) ?? file;
}

/** Plays what was just recorded, without an address for it: the page's policy lets no sound in from elsewhere. */
export async function playSound(blob: Blob): Promise<void> {
  const context = new AudioContext();
  const source = context.createBufferSource();
  source.buffer = await context.decodeAudioData(await blob.arrayBuffer());
  source.connect(context.destination);
  source.onended = () => void context.close();
  source.start();
}

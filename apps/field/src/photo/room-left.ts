/** Below this no picture is taken: commands have to find room still. */
const ROOM_MIN = 20 * 1024 * 1024;

/** Bytes that this page may keep still; `undefined` where the browser does not say. */
export async function roomLeft(): Promise<number | undefined> {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  return quota === undefined || usage === undefined ? undefined : quota - usage;
}

/** Whether there is room for pictures; where the browser does not say, writing them will. */
export function hasRoom(left: number | undefined): boolean {
  return left === undefined || left >= ROOM_MIN;
}

/** The code of a thing as it stands on it: alone, or at the end of an address (`https://…/assets/2101000001`, `…?asset=2101000001`). */
export function codeIn(text: string): string {
  const trimmed = text.trim();
  if (!/^https?:\/\/[^/\s]/i.test(trimmed)) return trimmed;
  const { searchParams, pathname } = new URL(trimmed);
  const last =
    searchParams.get('asset') ?? searchParams.get('code') ?? pathname.split('/').filter(Boolean).at(-1);
  return last === undefined ? trimmed : decodeURIComponent(last);
}

/** A list written on one line, its pieces parted by |. */
export function pieces(text: string): readonly string[] {
  return text.split('|').map((piece) => piece.trim());
}

/** The start values and the round constants of GB/T 32905-2016 (4.1, 4.2). */
const START = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
] as const;
const EARLY = 0x79cc4519;
const LATE = 0x7a879d8a;

/** SM3 (GB/T 32905-2016, GM/T 0004) in plain JavaScript, for browsers: 32 bytes. Servers bring their faster own. */
export function sm3(message: Uint8Array): Uint8Array {
  const padded = pad(message);
  const state = Int32Array.from(START);
  for (let at = 0; at < padded.byteLength; at += 64) compress(state, expand(padded, at));
  const hash = new DataView(new ArrayBuffer(32));
  for (const [i, word] of state.entries()) hash.setInt32(4 * i, word);
  return new Uint8Array(hash.buffer);
}

/** The message, a bit, zeros and its length in bits, in whole blocks of 64 bytes. */
function pad(message: Uint8Array): DataView {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  return view;
}

/** The 68 words of a block (5.3.2). */
function expand(padded: DataView, at: number): Int32Array {
  const w = new Int32Array(68);
  for (let i = 0; i < 16; i += 1) w[i] = padded.getInt32(at + 4 * i);
  for (let i = 16; i < 68; i += 1) {
    const x = w[i - 16]! ^ w[i - 9]! ^ turn(w[i - 3]!, 15);
    w[i] = x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[i - 13]!, 7) ^ w[i - 6]!;
  }
  return w;
}

/** One block into the state (5.3.3). */
function compress(state: Int32Array, w: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    ...[number, number, number, number],
    ...[number, number, number, number],
  ];
  for (let i = 0; i < 64; i += 1) {
    const a12 = turn(a, 12);
    const ss1 = turn((a12 + e + turn(i < 16 ? EARLY : LATE, i)) | 0, 7);
    const ff = i < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = i < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ a12) + (w[i]! ^ w[i + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + w[i]!) | 0;
    [d, c, b, a] = [c, turn(b, 9), a, tt1];
    [h, g, f, e] = [g, turn(f, 19), e, tt2 ^ turn(tt2, 9) ^ turn(tt2, 17)];
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = state[i]! ^ word;
}

function turn(word: number, bits: number): number {
  const by = bits % 32;
  return (word << by) | (word >>> (32 - by));
}

export { fromBase64, sameBytes, textOf, toBase64, toHex, utf8 } from './bytes.ts';
export { canonicalJson } from './canonical-json.ts';
export { checkAnywhere, sha256 } from './check-anywhere.ts';
export {
  type Checkpoint,
  checkpointText,
  cosign,
  openCheckpoint,
  parseCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
} from './checkpoint.ts';
export { judgeCheckpoint } from './judge-checkpoint.ts';
export {
  differenceOf,
  EVENT_KINDS,
  type EventLeaf,
  type FactLeaf,
  hashBody,
  type Leaf,
  type LeafBody,
  leafEntry,
  readLeaf,
} from './leaf.ts';
export {
  COSIGNATURE,
  ED25519,
  formatVerifierKey,
  type GoodSignature,
  type Note,
  type NoteCrypto,
  openNote,
  parseVerifierKey,
  type Sign,
  type SignLater,
  SM2,
  SM2_COSIGNATURE,
  signNote,
  type VerifierKey,
  type Verify,
} from './note.ts';
export { hashSignal, type LedgerPromise, openPromise, signPromise, signPromiseLater } from './promise.ts';
export {
  frontierOf,
  type ProofPlan,
  planConsistency,
  planFrontier,
  planInclusion,
  proofOf,
} from './prove.ts';
export { type LedgerReceipt, type ReceiptProves, verifyReceipt } from './receipt.ts';
export {
  bundlePath,
  decodeBundle,
  ENTRY_BYTES_MAX,
  encodeBundle,
  parseTilePath,
  TILE_WIDTH,
  type Tile,
  tilePath,
  tileRoot,
  tilesBetween,
  tileWidth,
} from './tiles.ts';
export { formatProof, type LogProof, parseProof } from './tlog-proof.ts';
export {
  appendTree,
  EMPTY_FRONTIER,
  type Frontier,
  HASH_BYTES,
  hashLeaf,
  hashNode,
  rootOf,
  type Sha256,
  type TreeHash,
} from './tree.ts';
export {
  verifyConsistency,
  verifyInclusion,
  verifySubtree,
  verifySubtreeInclusion,
} from './verify-proofs.ts';

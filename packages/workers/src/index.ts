export { type Watched, watchClocks } from './clock-watcher.ts';
export { type Followed, type Follower, type FollowOptions, follow, type Range } from './follow.ts';
export { type Training, type TrainingOptions, takeUpAdopted, trainTown } from './kinds-trainer.ts';
export { knowledgeFollower } from './knowledge-follower.ts';
export type { Lag } from './lag.ts';
export {
  acceptLoss,
  auditLedger,
  followLedger,
  type LedgerAudit,
  type LedgerFinding,
} from './ledger-follower.ts';
export { type LedgerWriter, ledgerWriter } from './ledger-writer.ts';
export { measuredIn, measureYardstick } from './measured.ts';
export { learnTownNames, takeUpNames } from './names-learner.ts';
export { tellTown } from './notices/tell-town.ts';
export { type RebuildOptions, type Rebuilt, rebuild } from './rebuild/rebuild.ts';
export { rollupFollower, rollupRow } from './rollup-follower.ts';
export { followRulings, rulingsFollower } from './rulings-follower.ts';
export { reindexCases, searchFollower } from './search-follower.ts';
export { ASIDE, type Aside, type Mending, type Retaken, readAside, retakeAside } from './spool/aside.ts';
export { type Brought, bringIn, carrySpool, prepareOutside } from './spool/carry.ts';
export type { Drained } from './spool/drain-segment.ts';
export { segmentsOf } from './spool/journal.ts';
export { houseSealer } from './spool/outside-box.ts';
export { openSpool, type Spool, type SpooledReceipt, type SpoolOptions } from './spool/spool.ts';
export { startWorkers, type Workers, type WorkersOptions } from './start-workers.ts';
export { followTopics } from './topics.ts';
export { deliverReplies, replyBody } from './upstream-deliver.ts';
export { takeFolder } from './upstream-folder.ts';
export { upstreamFollower } from './upstream-follower.ts';

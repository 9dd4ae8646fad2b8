export { compileDates, compileDateWriter } from './files/date-format.ts';
export type {
  Imported,
  RequestKind,
  StatedCallback,
  StatedRequester,
  StatedStatus,
} from './files/imported.ts';
export { type Problem, type Reason, sayProblem } from './files/problem.ts';
export { loadProfile, type Profile, parseProfile, shippedProfiles } from './files/profile.ts';
export { type ReadOptions, readFile } from './files/read-file.ts';
export { readTable, type Table } from './files/read-table.ts';
export { openRejects, type RejectFile, type RejectOptions } from './files/reject-file.ts';
export { countRows, EMPTY_REPORT, type ImportReport } from './files/report.ts';
export type { AcceptedRow, RefusedRow, Row, RowBatch } from './files/row.ts';
export { type WriteFormat, writeFile } from './files/write-file.ts';
export { cellsOf } from './files/write-row.ts';
export { openZone, type Zone } from './files/zone.ts';
export { type Geocoder, type OutsidePlace, openGeocoder } from './maps/geocode.ts';
export {
  type GeocoderSettings,
  type MapSettings,
  readMapSettings,
  type TileSettings,
} from './maps/map-settings.ts';
export { openTiles, type TileService } from './maps/tile-service.ts';
export { ATTEMPTS_MAX, backoffMs } from './webhook/backoff.ts';
export { GATEWAY_TIMEOUT_MS, type Gateway, makeGateway, type Posted, post } from './webhook/gateway.ts';
export { NOTICE_SCHEMA, type NoticeMessage } from './webhook/notice-message.ts';
export { sign, verify } from './webhook/signature.ts';

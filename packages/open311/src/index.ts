export { type Fields, plainText, TEXT_CHARS_MAX } from './arguments.ts';
export type { Answer, Call, Format } from './call.ts';
export { readMoment, sayMoment } from './moment.ts';
export { type Open311Options, open311 } from './open311.ts';
export type {
  AttributeAnswer,
  AttributeDatatype,
  Awaitable,
  BoundingBox,
  Caller,
  Discovery,
  Endpoint,
  Jurisdiction,
  NewRequest,
  NewUpdate,
  Open311Port,
  RequestExtension,
  RequestQuery,
  RequestUpdate,
  Service,
  ServiceAttribute,
  ServiceRequest,
  Submitted,
  UpdateQuery,
  UpdateTaken,
  UploadedFile,
} from './port.ts';
export { problemOfRefusal } from './problem.ts';
export { MEDIA_MAX } from './read-media.ts';
export { PAGE_SIZE_MAX, ROWS_REACHED_MAX, WINDOW_DAYS_MAX } from './read-query.ts';
export { readXml, type Spark } from './read-xml.ts';
export {
  type RequestPage,
  type RequestPages,
  type RequestPagesLimits,
  requestPages,
} from './request-pages.ts';
export {
  EXTENDED_STATUSES,
  type ExtendedStatus,
  extendedStatusOfPhase,
  type Phase,
  parseExtendedStatus,
  type Status,
  statusOfPhase,
} from './status.ts';

import type { Instant, Refusal } from '@gezhi/basis';
import type { ExtendedStatus, Status } from './status.ts';

/** A value, or the promise of it: what a port answers from memory or from its database. */
export type Awaitable<T> = T | Promise<T>;

/**
 * What the running town does for Open311. The package reads calls and writes answers; whatever is known, decided or stored is
 * behind this port. Texts that reach it are plain: trimmed, without control characters, never empty, never interpreted as HTML.
 */
export type Open311Port = {
  /** The jurisdictions served here. One: callers may leave `jurisdiction_id` out. Several: they must name one. */
  jurisdictions(): Awaitable<readonly Jurisdiction[]>;
  discovery(): Awaitable<Discovery>;
  /** The account that a key belongs to; `undefined` is answered to the caller as 403. */
  keyOf(apiKey: string): Awaitable<Caller | undefined>;
  /** A frozen array that is answered again and again is written only once; any other is written every time. */
  services(jurisdiction: string): Awaitable<readonly Service[]>;
  /** Takes a report in. A refusal reaches the caller with its reason; see `problemOfRefusal` for the HTTP status. */
  submit(jurisdiction: string, input: NewRequest, caller: Caller): Promise<Submitted | Refusal>;
  /** `undefined`: no such token (404). Without `serviceRequestId`: not numbered yet, ask again. */
  byToken(jurisdiction: string, token: string): Promise<{ readonly serviceRequestId?: string } | undefined>;
  /** At most `query.limit` public requests from `query.offset` on, the newest `requestedAt` first. */
  find(jurisdiction: string, query: RequestQuery): Promise<readonly ServiceRequest[]>;
  /** Those of the ids that exist and are public, in any order. */
  get(
    jurisdiction: string,
    ids: readonly string[],
    options: { readonly extended: boolean },
  ): Promise<readonly ServiceRequest[]>;
  /** Updates that this caller (nobody: public ones only) may read, oldest first, at most `query.limit` from `query.offset` on. */
  updates(
    jurisdiction: string,
    query: UpdateQuery,
    caller: Caller | undefined,
  ): Promise<readonly RequestUpdate[]>;
  /** Idempotent by `(caller, updateId)`: sending it again answers the same and adds nothing. */
  postUpdate(jurisdiction: string, update: NewUpdate, caller: Caller): Promise<UpdateTaken | Refusal>;
};

export type Jurisdiction = { readonly id: string; readonly name: string };

export type Caller = { readonly account: string };

export type Discovery = {
  readonly changeset: Instant;
  /** How to reach the people who run this endpoint. */
  readonly contact: string;
  /** How to get an API key. */
  readonly keyService: string;
  readonly endpoints: readonly Endpoint[];
};

export type Endpoint = {
  /** The specification's address; GeoReport v2 where left out. */
  readonly specification?: string;
  readonly url: string;
  readonly changeset: Instant;
  readonly type: 'production' | 'test';
  /** Media types; XML and JSON where left out. */
  readonly formats?: readonly string[];
};

export type Service = {
  readonly code: string;
  readonly name: string;
  readonly description?: string;
  readonly type: 'realtime' | 'batch' | 'blackbox';
  /** The first is `group`; where there are several, all are `groups` (mySociety). */
  readonly groups?: readonly string[];
  /** mySociety reads meaning into `private`, `inactive`, `staff` and `waste_only`. */
  readonly keywords?: readonly string[];
  /** `metadata` is true where there is at least one. */
  readonly attributes: readonly ServiceAttribute[];
};

export type AttributeDatatype =
  | 'string'
  | 'number'
  | 'datetime'
  | 'text'
  | 'singlevaluelist'
  | 'multivaluelist';

export type ServiceAttribute = {
  readonly code: string;
  /** False: only words to show, nothing to fill in. */
  readonly variable: boolean;
  readonly datatype: AttributeDatatype;
  readonly required: boolean;
  readonly description?: string;
  readonly datatypeDescription?: string;
  /** Shown from 1 upwards; the place in the list where left out. */
  readonly order?: number;
  /** The choices of a list. */
  readonly values?: readonly { readonly key: string; readonly name: string }[];
  /** mySociety: filled in by the client's server or by a hidden field, not by a person. */
  readonly automated?: 'server_set' | 'hidden_field';
};

/** A file as the transport unpacked it from multipart/form-data; nothing here has looked inside. */
export type UploadedFile = {
  readonly field: string;
  readonly filename: string;
  readonly type: string;
  readonly bytes: Uint8Array;
};

export type AttributeAnswer = { readonly code: string; readonly values: readonly string[] };

export type NewRequest = {
  readonly serviceCode: string;
  /** WGS-84 degrees. At least one of `point`, `addressString`, `addressId` is there. */
  readonly point?: { readonly lat: number; readonly long: number };
  readonly addressString?: string;
  readonly addressId?: string;
  readonly title?: string;
  /** At most 4,000 characters of plain text. */
  readonly description?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly deviceId?: string;
  readonly accountId?: string;
  /** `https:`, `http:` or `data:` addresses as the caller gave them. Fetching one is the port's risk, and its choice. */
  readonly mediaUrls: readonly string[];
  readonly files: readonly UploadedFile[];
  /** Checked against the service's definition: known codes, required ones present, values of their datatype. */
  readonly attributes: readonly AttributeAnswer[];
};

export type Submitted = ({ readonly serviceRequestId: string } | { readonly token: string }) & {
  readonly serviceNotice?: string;
  readonly accountId?: string;
};

export type BoundingBox = {
  readonly minLong: number;
  readonly minLat: number;
  readonly maxLong: number;
  readonly maxLat: number;
};

export type RequestQuery = {
  /** Bounds of `requestedAt`, both included; never more than 90 days apart. */
  readonly from: Instant;
  readonly to: Instant;
  /** Left out: every service. A code that no service has finds nothing; it may be one of the past. */
  readonly serviceCodes?: readonly string[];
  readonly statuses?: readonly Status[];
  readonly box?: BoundingBox;
  readonly limit: number;
  readonly offset: number;
  /** Whether `ServiceRequest.extended` will be written. */
  readonly extended: boolean;
};

export type ServiceRequest = {
  readonly id: string;
  /** False is never written, wherever it comes from. */
  readonly public: boolean;
  /**
   * Anything that changes whenever any field of this request changes, the service's name included. With it, what was written once
   * is not written again; without it, the request is written anew for every answer.
   */
  readonly version?: string | number;
  readonly status: Status;
  readonly statusNotes?: string;
  readonly serviceCode: string;
  readonly serviceName?: string;
  readonly description?: string;
  readonly agencyResponsible?: string;
  readonly serviceNotice?: string;
  readonly requestedAt: Instant;
  /** Of a closed request: when it was closed. */
  readonly updatedAt?: Instant;
  readonly expectedAt?: Instant;
  readonly address?: string;
  readonly addressId?: string;
  readonly zipcode?: string;
  /** WGS-84 degrees. */
  readonly point?: { readonly lat: number; readonly long: number };
  readonly mediaUrl?: string;
  /** Written only for `extensions=true`. */
  readonly extended?: RequestExtension;
};

export type RequestExtension = {
  readonly title?: string;
  readonly status?: ExtendedStatus;
  readonly channel?: string;
  readonly photos?: readonly string[];
  readonly attributes?: readonly (AttributeAnswer & { readonly name?: string })[];
  readonly notes?: readonly {
    readonly at: Instant;
    readonly description: string;
    readonly type?: string;
  }[];
};

export type UpdateQuery = {
  /** Bounds of `updatedAt`, both included. */
  readonly from: Instant;
  readonly to: Instant;
  readonly limit: number;
  readonly offset: number;
};

export type RequestUpdate = {
  readonly updateId: string;
  readonly serviceRequestId: string;
  readonly status: ExtendedStatus;
  readonly updatedAt: Instant;
  readonly description: string;
  readonly mediaUrls?: readonly string[];
  readonly externalStatusCode?: string;
  readonly customerReference?: string;
  /** Names must be names in XML: a letter or `_`, then letters, digits, `_`, `-`, `.`. */
  readonly extras?: Readonly<Record<string, string>>;
};

export type NewUpdate = {
  readonly updateId: string;
  readonly serviceRequestId: string;
  /** The caller's own number of the request, where it differs. */
  readonly serviceRequestIdExt?: string;
  readonly status: ExtendedStatus;
  readonly updatedAt: Instant;
  readonly description: string;
  readonly title?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly accountId?: string;
  readonly serviceCode?: string;
  /** True: the writer's name is not to be shown. */
  readonly anonymous?: boolean;
  readonly wantsEmailAlerts?: boolean;
  readonly mediaUrls: readonly string[];
  readonly files: readonly UploadedFile[];
  /** As sent: an update has no definition to check them against. */
  readonly attributes: readonly AttributeAnswer[];
};

export type UpdateTaken = { readonly updateId: string; readonly accountId?: string };

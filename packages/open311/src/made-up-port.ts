import { HOUR, type Instant, refuse } from '@gezhi/basis';
import type {
  Caller,
  NewRequest,
  NewUpdate,
  Open311Port,
  RequestQuery,
  RequestUpdate,
  Service,
  ServiceRequest,
} from './port.ts';
import { statusOfPhase } from './status.ts';

/** The port's memory, in sight of a test. */
export type MadeUpTown = Open311Port & {
  readonly requests: ServiceRequest[];
  readonly updatesTaken: Map<string, NewUpdate>;
  readonly submitted: { readonly input: NewRequest; readonly caller: Caller }[];
};

/** 2026-05-01T00:00:00Z: "now" in the made-up town. */
export const NOW: Instant = Date.UTC(2026, 4, 1);

export const KEY = 'made-up-key';

/** A town in memory, for tests and examples: keys, services, and requests that can be submitted, found and updated. */
export function madeUpTown(
  options: {
    readonly jurisdictions?: readonly string[];
    readonly requests?: readonly ServiceRequest[];
    readonly updates?: readonly RequestUpdate[];
  } = {},
): MadeUpTown {
  const requests = [...(options.requests ?? [])];
  const updatesTaken = new Map<string, NewUpdate>();
  const submitted: { input: NewRequest; caller: Caller }[] = [];
  return {
    requests,
    updatesTaken,
    submitted,
    jurisdictions: () => (options.jurisdictions ?? ['qingxi.example']).map((id) => ({ id, name: id })),
    discovery: () => ({
      changeset: NOW,
      contact: 'open311@qingxi.example',
      keyService: 'https://qingxi.example/keys',
      endpoints: [{ url: 'https://qingxi.example/open311/v2', changeset: NOW, type: 'test' }],
    }),
    keyOf: (key) => (key === KEY ? { account: 'neighbour-app' } : undefined),
    services: () => SERVICES,
    submit: async (_, input, caller) => {
      if (input.description === '!') return refuse('nothing-said', 'The description says nothing.');
      submitted.push({ input, caller });
      if (input.serviceCode === 'tree') return { token: 't-1' };
      const id = `r${requests.length + 1}`;
      requests.push(madeUpRequest(id, { description: input.description, point: input.point }));
      return { serviceRequestId: id, serviceNotice: 'Somebody looks at it within a day.' };
    },
    byToken: async (_, token) => ({ 't-1': { serviceRequestId: 'r1' }, 't-2': {} })[token],
    find: async (_, query) => requests.filter(matches(query)).slice(query.offset, query.offset + query.limit),
    get: async (_, ids) => requests.filter(({ id }) => ids.includes(id)),
    updates: async () => options.updates ?? [],
    postUpdate: async (_, update) => {
      if (!requests.some(({ id }) => id === update.serviceRequestId)) {
        return refuse('unknown-request', 'service_request_id was not found.');
      }
      if (!updatesTaken.has(update.updateId)) updatesTaken.set(update.updateId, update);
      return { updateId: `u-${update.updateId}` };
    },
  };
}

/** A public, open request about a lamp, an hour old, with whatever a test says otherwise. */
export function madeUpRequest(id: string, other: Partial<ServiceRequest> = {}): ServiceRequest {
  return {
    id,
    public: true,
    status: statusOfPhase('received'),
    serviceCode: 'lamp',
    serviceName: '路灯不亮',
    description: '三组水井旁的路灯不亮。',
    requestedAt: NOW - HOUR,
    ...other,
  };
}

function matches(query: RequestQuery): (request: ServiceRequest) => boolean {
  return ({ requestedAt, serviceCode, status, point }) =>
    requestedAt >= query.from &&
    requestedAt <= query.to &&
    (query.serviceCodes?.includes(serviceCode) ?? true) &&
    (query.statuses?.includes(status) ?? true) &&
    (!query.box ||
      (point !== undefined &&
        point.long >= query.box.minLong &&
        point.long <= query.box.maxLong &&
        point.lat >= query.box.minLat &&
        point.lat <= query.box.maxLat));
}

const SERVICES: readonly Service[] = Object.freeze<Service[]>([
  { code: 'lamp', name: '路灯不亮', type: 'realtime', groups: ['street'], attributes: [] },
  { code: 'tree', name: '树木倒伏', type: 'batch', groups: ['green', 'street'], attributes: [] },
  {
    code: 'dump',
    name: '垃圾偷倒 & "其他"',
    description: '<夜间>偷倒',
    type: 'realtime',
    keywords: ['waste', 'private'],
    attributes: [
      { code: 'note', variable: false, datatype: 'text', required: false, description: '拍照时请注意安全' },
      {
        code: 'what',
        variable: true,
        datatype: 'multivaluelist',
        required: true,
        values: [
          { key: 'soil', name: '渣土' },
          { key: 'sofa', name: '大件' },
        ],
      },
      {
        code: 'size',
        variable: true,
        datatype: 'singlevaluelist',
        required: false,
        values: [{ key: 's', name: '小' }],
      },
      { code: 'tons', variable: true, datatype: 'number', required: false },
      { code: 'seen', variable: true, datatype: 'datetime', required: false, automated: 'hidden_field' },
    ],
  },
]);

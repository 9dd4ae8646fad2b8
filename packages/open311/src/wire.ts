import { sayMoment } from './moment.ts';
import type {
  Discovery,
  Endpoint,
  RequestExtension,
  RequestUpdate,
  Service,
  ServiceAttribute,
  ServiceRequest,
  Submitted,
} from './port.ts';

/**
 * A value as it crosses the wire, in the order in which it is written: JSON is made of it as it stands, XML by the table of
 * singular names. What is absent is left out in both, never `null` or an empty element: clients that read XML into hashes take an
 * empty element for something.
 */
export type Wire =
  | string
  | number
  | boolean
  | readonly Wire[]
  | { readonly [name: string]: Wire | undefined };

const GEOREPORT_V2 = 'http://wiki.open311.org/GeoReport_v2';
const FORMATS = ['text/xml', 'application/json'] as const;

export function wireDiscovery(discovery: Discovery): Wire {
  return {
    changeset: sayMoment(discovery.changeset),
    contact: discovery.contact,
    key_service: discovery.keyService,
    endpoints: discovery.endpoints.map(wireEndpoint),
  };
}

function wireEndpoint(endpoint: Endpoint): Wire {
  return {
    specification: endpoint.specification ?? GEOREPORT_V2,
    url: endpoint.url,
    changeset: sayMoment(endpoint.changeset),
    type: endpoint.type,
    formats: endpoint.formats ?? FORMATS,
  };
}

export function wireService(service: Service): Wire {
  const groups = service.groups ?? [];
  return {
    service_code: service.code,
    service_name: service.name,
    description: service.description,
    metadata: service.attributes.length > 0,
    type: service.type,
    keywords: service.keywords?.join(','),
    group: groups[0],
    groups: groups.length > 1 ? groups : undefined,
  };
}

export function wireDefinition(service: Service): Wire {
  return { service_code: service.code, attributes: service.attributes.map(wireAttribute) };
}

function wireAttribute(attribute: ServiceAttribute, index: number): Wire {
  return {
    variable: attribute.variable,
    code: attribute.code,
    datatype: attribute.datatype,
    required: attribute.required,
    datatype_description: attribute.datatypeDescription,
    order: attribute.order ?? index + 1,
    description: attribute.description,
    automated: attribute.automated,
    values: attribute.values?.map(({ key, name }) => ({ key, name })),
  };
}

export function wireSubmitted(submitted: Submitted): Wire {
  return {
    ...('token' in submitted
      ? { token: submitted.token }
      : { service_request_id: submitted.serviceRequestId }),
    service_notice: submitted.serviceNotice,
    account_id: submitted.accountId,
  };
}

/** @param extended whether the caller asked for `extensions=true` */
export function wireRequest(request: ServiceRequest, extended: boolean): Wire {
  return {
    service_request_id: request.id,
    status: request.status,
    status_notes: request.statusNotes,
    service_name: request.serviceName,
    service_code: request.serviceCode,
    description: request.description,
    agency_responsible: request.agencyResponsible,
    service_notice: request.serviceNotice,
    requested_datetime: sayMoment(request.requestedAt),
    updated_datetime: wireMoment(request.updatedAt),
    expected_datetime: wireMoment(request.expectedAt),
    address: request.address,
    address_id: request.addressId,
    zipcode: request.zipcode,
    lat: request.point?.lat,
    long: request.point?.long,
    media_url: request.mediaUrl,
    ...(extended && request.extended ? wireExtension(request.extended) : {}),
  };
}

function wireExtension(extension: RequestExtension): { readonly [name: string]: Wire | undefined } {
  return {
    title: extension.title,
    extended_status: extension.status,
    attributes: extension.attributes?.map(({ code, name, values }) => ({ code, name, values })),
    notes: extension.notes?.map(({ at, description, type }) => ({
      datetime: sayMoment(at),
      description,
      type,
    })),
    extended_attributes: { channel: extension.channel, photos: extension.photos },
  };
}

export function wireUpdate(update: RequestUpdate): Wire {
  const media = update.mediaUrls ?? [];
  return {
    update_id: update.updateId,
    service_request_id: update.serviceRequestId,
    status: update.status,
    updated_datetime: sayMoment(update.updatedAt),
    description: update.description,
    media_url: media.length > 1 ? media : media[0],
    external_status_code: update.externalStatusCode,
    customer_reference: update.customerReference,
    extras: update.extras,
  };
}

function wireMoment(at: number | undefined): string | undefined {
  return at === undefined ? undefined : sayMoment(at);
}

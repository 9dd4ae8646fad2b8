/** The names that the items of a list bear in XML: GeoReport v2's, then those of the extensions. JSON has no such names. */
export const SINGULAR: Readonly<Record<string, string | undefined>> = {
  attributes: 'attribute',
  endpoints: 'endpoint',
  errors: 'error',
  formats: 'format',
  groups: 'group',
  notes: 'note',
  photos: 'photo',
  service_request_updates: 'request_update',
  service_requests: 'request',
  services: 'service',
  values: 'value',
};

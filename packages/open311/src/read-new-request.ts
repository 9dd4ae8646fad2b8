import { type Arguments, bad, one, readNumber } from './arguments.ts';
import type { NewRequest, Service, UploadedFile } from './port.ts';
import { type Failure, fail, type Problem } from './problem.ts';
import { checkAttributes, readAttributes } from './read-attributes.ts';
import { readFiles, readMediaUrls } from './read-media.ts';

/**
 * Reads the arguments of POST requests against the services of the jurisdiction. Every failed rule is told, not only the first;
 * a `service_code` that no service has is told alone, as 404.
 */
export function readNewRequest(
  args: Arguments,
  files: readonly UploadedFile[],
  services: readonly Service[],
): NewRequest | Failure {
  const problems: Problem[] = [];
  const serviceCode = one(args, 'service_code', problems);
  const service = services.find(({ code }) => code === serviceCode);
  if (serviceCode === undefined) bad(problems, 'service_code is required.');
  else if (!service) return fail(404, 'service_code was not found.');
  const input: NewRequest = {
    serviceCode: serviceCode ?? '',
    ...readPlace(args, problems),
    ...readWords(args, problems),
    mediaUrls: readMediaUrls(args, problems),
    files: readFiles(files, problems),
    attributes: readAnswers(args, service, problems),
  };
  return problems.length > 0 ? { problems } : input;
}

function readPlace(
  args: Arguments,
  problems: Problem[],
): Pick<NewRequest, 'point' | 'addressString' | 'addressId'> {
  const place = {
    point: readPoint(args, problems),
    addressString: one(args, 'address_string', problems),
    addressId: one(args, 'address_id', problems, NAME_CHARS_MAX),
  };
  const said = ['lat', 'long', 'address_string', 'address_id'].some((name) => args.all(name).length > 0);
  if (!said) bad(problems, 'A place is required: lat and long, or address_string, or address_id.');
  return place;
}

function readPoint(args: Arguments, problems: Problem[]): NewRequest['point'] {
  const lat = one(args, 'lat', problems);
  const long = one(args, 'long', problems);
  if (lat === undefined && long === undefined) return undefined;
  if (lat === undefined || long === undefined) {
    bad(problems, 'lat and long are only taken together.');
    return undefined;
  }
  const point = {
    lat: readNumber(lat, 'lat', [-90, 90], problems),
    long: readNumber(long, 'long', [-180, 180], problems),
  };
  return point.lat === undefined || point.long === undefined
    ? undefined
    : { lat: point.lat, long: point.long };
}

const NAME_CHARS_MAX = 254;

function readWords(args: Arguments, problems: Problem[]): Partial<NewRequest> {
  const name = (argument: string): string | undefined => one(args, argument, problems, NAME_CHARS_MAX);
  return {
    title: name('title'),
    description: one(args, 'description', problems),
    email: name('email'),
    phone: name('phone'),
    firstName: name('first_name'),
    lastName: name('last_name'),
    deviceId: name('device_id'),
    accountId: name('account_id'),
  };
}

function readAnswers(
  args: Arguments,
  service: Service | undefined,
  problems: Problem[],
): NewRequest['attributes'] {
  const given = readAttributes(args, problems);
  return service ? checkAttributes(given, service.attributes, problems) : given;
}

import { type Arguments, bad, flag, need, one, short } from './arguments.ts';
import { readMoment } from './moment.ts';
import type { NewUpdate, UploadedFile } from './port.ts';
import type { Failure, Problem } from './problem.ts';
import { badMoment, readAttributes } from './read-attributes.ts';
import { readFiles, readMediaUrls } from './read-media.ts';
import { EXTENDED_STATUSES, parseExtendedStatus } from './status.ts';

/** Reads the arguments of mySociety's POST servicerequestupdates; every failed rule is told. */
export function readNewUpdate(args: Arguments, files: readonly UploadedFile[]): NewUpdate | Failure {
  const problems: Problem[] = [];
  const update: NewUpdate = {
    updateId: need(args, 'update_id', problems),
    serviceRequestId: need(args, 'service_request_id', problems),
    status: readStatus(args, problems),
    updatedAt: readUpdatedAt(args, problems),
    description: need(args, 'description', problems),
    ...readWriter(args, problems),
    mediaUrls: readMediaUrls(args, problems),
    files: readFiles(files, problems),
    attributes: readAttributes(args, problems),
  };
  return problems.length > 0 ? { problems } : update;
}

function readStatus(args: Arguments, problems: Problem[]): NewUpdate['status'] {
  const text = need(args, 'status', problems);
  const status = parseExtendedStatus(text);
  if (status === undefined && text !== '') {
    const known = EXTENDED_STATUSES.map((each) => each.toUpperCase()).join(', ');
    bad(problems, `status must be one of ${known}, not "${short(text)}".`);
  }
  return status ?? 'unchanged';
}

function readUpdatedAt(args: Arguments, problems: Problem[]): NewUpdate['updatedAt'] {
  const text = need(args, 'updated_datetime', problems);
  const at = readMoment(text);
  if (at === undefined && text !== '') badMoment(problems, 'updated_datetime', text);
  return at ?? 0;
}

function readWriter(args: Arguments, problems: Problem[]): Partial<NewUpdate> {
  return {
    serviceRequestIdExt: one(args, 'service_request_id_ext', problems),
    title: one(args, 'title', problems),
    email: one(args, 'email', problems),
    phone: one(args, 'phone', problems),
    firstName: one(args, 'first_name', problems),
    lastName: one(args, 'last_name', problems),
    accountId: one(args, 'account_id', problems),
    serviceCode: one(args, 'service_code', problems),
    anonymous: flag(args, 'public_anonymity_required', problems),
    wantsEmailAlerts: flag(args, 'email_alerts_requested', problems),
  };
}

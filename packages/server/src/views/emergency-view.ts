import { type Instant, isoInstant } from '@gezhi/basis';
import type { EmergencyRow } from '@gezhi/storage';
import { emergencyName, isInForce, type Town } from '@gezhi/town';

/** An emergency as everybody may read it: posts and units, no persons. */
export function emergencyView(town: Town, e: EmergencyRow, now: Instant) {
  const by = (post: string) => {
    const unit = town.posts.get(post)?.unit ?? '';
    return { post, name: town.posts.get(post)?.name ?? post, unit: town.units.get(unit)?.name ?? unit };
  };
  const area = town.places.places.find((p) => p.layer === e.layer && p.code === e.area);
  const ended = endOf(e, now);
  return {
    emergency: emergencyName(e.number),
    level: e.level,
    area: { code: e.area, name: area?.name ?? e.area },
    basis: e.basis,
    reason: e.reason,
    declared: { at: isoInstant(e.declaredAt), by: by(e.declaredPost) },
    startsAt: isoInstant(e.startsAt),
    endsAt: isoInstant(e.endsAt),
    inForce: isInForce(e, now),
    ...(e.renews === null ? {} : { renews: emergencyName(e.renews) }),
    ...(ended === undefined
      ? {}
      : {
          ended: {
            at: isoInstant(ended),
            ...(e.endedPost === null ? {} : { by: by(e.endedPost), reason: e.endedReason ?? '' }),
          },
        }),
    purge: {
      at: isoInstant(e.purgeAt),
      requests: e.purged,
      ...(e.purgedAt === null ? {} : { doneAt: isoInstant(e.purgedAt) }),
    },
    ...(e.reviewAt === null || e.reviewPost === null
      ? {}
      : { review: { at: isoInstant(e.reviewAt), by: by(e.reviewPost), words: e.review ?? '' } }),
  };
}

/** When it was over: noted, or by its own end that nobody noted yet. */
export function endOf({ endedAt, endsAt }: EmergencyRow, now: Instant): Instant | undefined {
  return endedAt ?? (endsAt <= now ? endsAt : undefined);
}

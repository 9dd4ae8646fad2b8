-- Who wants to be told by message of what is public at a place, or of one case (docs/portal.md).

-- How they are reached lies in the vault, under a person of its own (`<id>/subscriber`); here is what it is found by again, which says nothing
-- by itself. Gone when they unsubscribe, when they are erased, and when its time is over.
create table subscription (
  district text not null,
  id uuid not null,
  -- The code of a place with all in it, or the id of a case.
  of text not null,
  is_case boolean not null,
  -- Their own request, where the case is not public.
  number text,
  language text not null,
  -- The vault's keyed hashes of the address.
  contact bytea not null,
  made_at timestamptz not null,
  ends_at timestamptz not null,
  -- What happened up to then was told.
  told_at timestamptz not null,
  -- Not told again before.
  next_at timestamptz not null,
  -- The last fact that there is to tell of, and its case; none: nothing.
  position bigint,
  case_id uuid,
  primary key (district, id)
);
create unique index subscription_once on subscription (district, of, contact);
create index subscription_contact on subscription (district, contact);
create index subscription_due on subscription (district, next_at) where position is not null;
create index subscription_end on subscription (district, ends_at);

grant select, insert, update, delete on subscription to gezhi_service;

-- An emergency that a district government declared (《突发事件应对法》): where, how grave, by which law, why, until when; how it ended, what was purged
-- afterwards, and what was learnt. It cannot be written without an end within thirty days; a longer one is declared anew.
create table emergency (
  district text not null,
  number integer not null,
  -- by which its sender knows it: the same sent again is the same
  id text not null,
  -- of the response: 1 is the gravest
  level smallint not null check (level between 1 and 4),
  layer text not null,
  area text not null,
  basis text not null,
  reason text not null,
  declared_at timestamptz not null,
  declared_post text not null,
  declared_staff text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- the one that it follows on without a gap
  renews integer,
  -- when it was over: by an act with post, staff and reason, or by itself without them
  ended_at timestamptz,
  ended_post text,
  ended_staff text,
  ended_reason text,
  -- when what was looked at for it is erased, and when and of how many requests that was done
  purge_at timestamptz not null,
  purged_at timestamptz,
  purged integer not null default 0,
  review_at timestamptz,
  review_post text,
  review_staff text,
  review text,
  primary key (district, number),
  unique (district, id),
  constraint emergency_ends check (starts_at < ends_at and ends_at <= starts_at + interval '720 hours' and ended_at <= ends_at),
  constraint emergency_purge check (purge_at <= ends_at + interval '720 hours')
);
grant select, insert on emergency to gezhi_service;
grant update (ended_at, ended_post, ended_staff, ended_reason, purge_at, purged_at, purged, review_at, review_post, review_staff, review)
  on emergency to gezhi_service;

-- The requests whose contacts were looked at for an emergency: what its purge has to find. A row goes with what it points at.
create table emergency_look (
  district text not null,
  emergency integer not null,
  number text not null,
  primary key (district, emergency, number)
);
grant select, insert, delete on emergency_look to gezhi_service;

-- Who was told what, when, by which way; and which tasks ring until somebody signs.

-- The delivery ledger: one row a notice. It holds whom it is for, never how they are reached nor what was said: the address is read from
-- `contact` when it is sent, the words are made then. `id` is made of the fact, the rule and the target, so that nothing is told twice.
create table notice (
  district text not null,
  id text not null,
  -- the fact that it tells of
  position bigint not null,
  case_id uuid not null,
  rule text not null,
  -- of a ring, which step of the ladder; else 0
  step smallint not null,
  -- requester, with the number of the request; or unit, or post, with its code
  target text not null,
  target_code text not null,
  -- what goes to one lane goes in order
  lane text not null,
  ways text[] not null,
  -- which of the ways is tried, from 0
  way smallint not null default 0,
  urgent boolean not null,
  -- waiting, sent, refused, failed, noWay, lapsed, outbox
  state text not null,
  reason text,
  made_at timestamptz not null,
  -- tried again, or not left in peace any more, from then on
  next_at timestamptz not null,
  attempts integer not null default 0,
  -- what the gateway answered last
  http_status smallint,
  sent_at timestamptz,
  -- the post that was on duty and got it
  sent_post text,
  -- keyed hash of what was sent
  sent_hash bytea,
  primary key (district, id)
);
create index notice_due on notice (district, next_at) where state = 'waiting';
create index notice_lane on notice (district, lane, position, id) where state = 'waiting';
create index notice_unsettled on notice (district, state) where state in ('waiting', 'refused', 'failed', 'noWay');
create index notice_case on notice (district, case_id);
create index notice_made on notice (district, made_at, id);

-- A ladder that is being climbed: gone when the task is signed, or nobody is left to ring.
create table ring (
  district text not null,
  position bigint not null,
  rule text not null,
  case_id uuid not null,
  -- the unit that has not signed
  unit text not null,
  -- of a co-unit's task
  task text,
  started_at timestamptz not null,
  -- which step of the ladder comes next, and when
  step smallint not null,
  next_at timestamptz not null,
  primary key (district, position, rule)
);
create index ring_due on ring (district, next_at);
create index ring_case on ring (district, case_id);

grant select, insert, update, delete on notice, ring to gezhi_service;

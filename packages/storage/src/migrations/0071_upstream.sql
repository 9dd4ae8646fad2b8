-- Work orders of a system above us, what we answer to it, and links for one task to units outside.

-- 1. Orders ----------------------------------------------------------------------------------------------------------

-- What the other system calls an order, and the case it is here. No words: a keyed hash tells whether they changed.
create table upstream_order (
  district text not null,
  system text not null,
  number text not null,
  case_id uuid not null,
  -- the number that the requester was given here
  request text not null,
  words_hash bytea,
  -- until when the other system wants an answer
  term timestamptz,
  -- as it was stated last
  status text,
  urged integer not null default 0,
  withdrawn boolean not null default false,
  received_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (district, system, number)
);
create index upstream_order_case on upstream_order (district, case_id);

-- Everything that came, in order: received, words, term, urged, withdrawn, refused. Append-only.
create table upstream_news (
  district text not null,
  system text not null,
  number text not null,
  seq integer not null,
  at timestamptz not null,
  what text not null,
  reason text,
  primary key (district, system, number, seq)
);

-- 2. Replies ---------------------------------------------------------------------------------------------------------

-- The delivery ledger: one row for each fact that is answered upward. The words are read when it is sent or written to a file.
create table upstream_reply (
  district text not null,
  id text not null,
  -- the fact that it tells of
  position bigint not null,
  case_id uuid not null,
  system text not null,
  number text not null,
  -- done, checked or callback
  what text not null,
  -- waiting, sent, refused, failed or outbox (no address is set: it waits to be exported)
  state text not null,
  reason text,
  made_at timestamptz not null,
  next_at timestamptz not null,
  attempts integer not null default 0,
  http_status smallint,
  sent_at timestamptz,
  -- keyed hash of what was sent
  sent_hash bytea,
  primary key (district, id)
);
create index upstream_reply_due on upstream_reply (district, next_at) where state = 'waiting';
create index upstream_reply_lane on upstream_reply (district, system, number, position) where state = 'waiting';
create index upstream_reply_made on upstream_reply (district, position, id);

-- 3. Links for one task ----------------------------------------------------------------------------------------------

create table task_link (
  district text not null,
  id text not null,
  case_id uuid not null,
  task text not null,
  unit text not null,
  made_at timestamptz not null,
  made_by text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text,
  primary key (district, id)
);
create index task_link_case on task_link (district, case_id);

grant select, insert, update on upstream_order, upstream_reply, task_link to gezhi_service;
grant select, insert on upstream_news to gezhi_service;
revoke update, delete, truncate on upstream_news from gezhi_service;

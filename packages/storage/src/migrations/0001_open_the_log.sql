-- The log of facts, what lies beside it, and what is computed from it.
--
-- Every table that grows begins its key with `district`, so that one county's embedded server and a province's Citus cluster
-- run the same SQL. `gezhi_owner` owns everything; `gezhi_service` may only INSERT and SELECT facts.

-- 1. Districts -------------------------------------------------------------------------------------------------------

create table district (
  district text primary key,
  town json not null
);

-- The last position of each district's log. Its row lock, held until commit, is what makes positions gapless and in the
-- order of commits.
create table log_head (
  district text primary key references district,
  position bigint not null default 0
);

-- Numbers are reserved in blocks ahead of need, so that they exist while the database is away.
create table number_block (
  district text not null references district,
  desk integer not null,
  next_serial integer not null default 0,
  primary key (district, desk)
);

-- Places, units, posts, staff, duties, assets, kinds: each record as it was known from a moment on; a correction is a new
-- row, never a change. `record` null means: known to be gone.
create table registry (
  district text not null references district,
  sort text not null,
  code text not null,
  known_from timestamptz not null,
  record json,
  primary key (district, sort, code, known_from)
);

create table secret (
  name text primary key,
  value bytea not null
);

-- 2. The log ---------------------------------------------------------------------------------------------------------

create table fact (
  district text not null,
  case_id uuid not null,
  seq integer not null,
  position bigint not null,
  type text not null,
  v smallint not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  post text not null,
  person text,
  cause text not null,
  data json not null,
  primary key (district, case_id, seq)
) partition by range (case_id);

create index fact_position on fact (district, position);

-- Makes the partition of the month in which a case was opened (UTC). A case id is a UUIDv7: its first 48 bits are the
-- opening time, so a month is a range of ids and a case's whole history lies in one partition.
create function open_fact_month(opened_at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  month timestamptz := date_trunc('month', opened_at at time zone 'UTC') at time zone 'UTC';
  next_month timestamptz := (date_trunc('month', opened_at at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  name text := 'fact_' || to_char(opened_at at time zone 'UTC', 'YYYY_MM');
begin
  if opened_at < timestamptz '1990-01-01Z' or opened_at > now() + interval '1 day' then
    raise exception 'opening time % is outside 1990 … tomorrow', opened_at using errcode = 'check_violation';
  end if;
  perform pg_advisory_xact_lock(hashtext('gezhi.fact_month'));
  if to_regclass('public.' || name) is null then
    execute format('create table %I partition of fact for values from (%L) to (%L)',
      name, first_case_id(month), first_case_id(next_month));
    execute format('grant select, insert on %I to gezhi_service', name);
  end if;
  return name;
end $$;

create function first_case_id(at timestamptz) returns uuid language sql immutable as $$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-0000-0000-000000000000')::uuid
  from (select lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as h) as hex
$$;

-- 3. What may be erased: words, contacts, photos ------------------------------------------------------------------------

create table words (
  district text not null,
  id uuid not null,
  case_id uuid not null,
  number text,
  salt bytea not null,
  said text not null,
  -- where it is, in their own words: a landmark, an address
  place_said text,
  -- keyed hash of kind, place and plain wording, by which the same matter said again is recognised; goes with the words
  same bytea,
  primary key (district, case_id, id)
);
create index words_same on words (district, same) where same is not null;
create index words_number on words (district, number) where number is not null;

create table contact (
  district text not null,
  number text not null,
  role text not null,
  person json not null,
  primary key (district, number, role)
);

create table media (
  district text not null,
  id uuid not null,
  case_id uuid not null,
  number text,
  salt bytea not null,
  type text not null,
  content bytea not null,
  primary key (district, id)
);
create table media_content (
  district text not null,
  hash bytea not null,
  bytes bytea not null,
  primary key (district, hash)
);

-- 4. What arrived ----------------------------------------------------------------------------------------------------

create table signal (
  district text not null,
  source text not null,
  id text not null,
  type text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  case_id uuid not null,
  number text,
  attributes json,
  primary key (district, source, id)
);

create table command (
  district text not null,
  command_id text not null,
  at timestamptz not null,
  answer json not null,
  primary key (district, command_id)
);

-- A second number that was told for a request: it was sent again while the database was away, so that the journal could not know the
-- first one. Both open it.
create table told_number (
  district text not null,
  number text not null,
  first text not null,
  primary key (district, number)
);

-- Wrong codes for a number: five lock it for an hour.
create table wrong_code (
  district text not null,
  number text not null,
  wrong integer not null,
  locked_until timestamptz,
  primary key (district, number)
);

-- 5. Projections: computed from the facts, and computable again (`gezhi rebuild`) ---------------------------------------

create table request (
  district text not null,
  number text not null,
  case_id uuid not null,
  primary key (district, number)
);
create index request_case on request (district, case_id);

create table case_now (
  district text not null,
  case_id uuid not null,
  seq integer not null,
  kind text not null,
  state text not null,
  phase text not null,
  flags text[] not null,
  place text not null,
  unit text,
  post text,
  helpers text[] not null,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  requests integer not null,
  public boolean not null,
  lon double precision,
  lat double precision,
  next_due timestamptz,
  next_clock text,
  is_open boolean not null,
  primary key (district, case_id)
);
-- Queues are read in the order of these keys: late ones, then by what is due next, those without a term last.
create index case_open_phase on case_now
  (district, phase, ('late' <> all (flags)), coalesce(next_due, 'infinity'), case_id) where is_open;
create index case_open_unit on case_now
  (district, unit, ('late' <> all (flags)), coalesce(next_due, 'infinity'), case_id) where is_open;
create index case_open_helpers on case_now using gin (helpers) where is_open;
create index case_due on case_now (district, next_due) where next_due is not null;

-- `counts` follows the order of COUNTERS in the measures room; a zero is NULL, which takes one bit.
create table rollup (
  district text not null,
  basis text not null,
  hour integer not null,
  place text not null,
  kind text not null,
  unit text not null,
  counts bigint[] not null,
  primary key (district, basis, hour, place, kind, unit)
);

create table search (
  district text not null,
  case_id uuid not null,
  terms tsvector not null,
  primary key (district, case_id)
);
create index search_terms on search using gin (terms);

-- How far each follower of the log (roll-up, search) has come, and by which terms and calendar it reckoned: what was added by one
-- yardstick cannot be taken back by another, so where the yardstick changes the projection is rebuilt.
create table follower (
  district text not null,
  name text not null,
  position bigint not null,
  yardstick text not null default '',
  primary key (district, name)
);

-- After many new rows at once (an import, a projection that caught up) the planner's statistics are wrong until somebody looks again.
create function look_again() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze case_now; analyze request; analyze words; analyze signal; analyze fact; analyze search; analyze rollup;
end $$;

-- 6. Who may do what -------------------------------------------------------------------------------------------------

grant usage on schema public to gezhi_service;
grant select, insert, update, delete on all tables in schema public to gezhi_service;
revoke update, delete, truncate on fact from gezhi_service;
revoke execute on function open_fact_month(timestamptz), first_case_id(timestamptz), look_again() from public;
grant execute on function open_fact_month(timestamptz) to gezhi_service;
grant execute on function look_again() to gezhi_service;

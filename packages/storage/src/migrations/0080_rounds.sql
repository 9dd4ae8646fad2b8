-- Rounds (巡): a plan × places and assets × a checklist. A round goes to places and things, never to persons: no column holds one.

create table round (
  district text not null,
  id text not null,
  -- patrol, screening or campaign
  sort text not null,
  title_zh text not null,
  title_en text not null,
  -- the kind that a finding is taken in as, where the round is over one
  kind text,
  lead_unit text not null,
  from_day date not null,
  to_day date not null,
  basis text not null,
  -- what is looked at: [{id, zh, en, kind?}]
  items json not null,
  planned_at timestamptz not null,
  post text not null,
  primary key (district, id)
);

-- Where it goes: a place of a layer, or an asset; with the unit that goes there.
create table round_stop (
  district text not null,
  round_id text not null,
  stop text not null,
  -- place or asset
  target text not null,
  layer text,
  unit text not null,
  primary key (district, round_id, stop)
);

-- What was found there: nothing, or cases. Append-only; the unit's, by post.
create table round_visit (
  district text not null,
  round_id text not null,
  stop text not null,
  seq integer not null,
  at timestamptz not null,
  unit text not null,
  post text not null,
  -- items in which something was found, with the case that it opened: [{item, case}]
  findings json not null,
  command_id text not null,
  primary key (district, round_id, stop, seq)
);
create unique index round_visit_command on round_visit (district, command_id);

-- Mutual ratings after whistles are few among the facts.
create index fact_rated on fact (district, recorded_at) where type = 'rated';

grant select, insert on round, round_stop, round_visit to gezhi_service;
revoke update, delete, truncate on round, round_stop, round_visit from gezhi_service;

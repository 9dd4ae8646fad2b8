-- What a town's people decided about cases that may be the same matter, from which the chances that are told are calibrated.

-- One row a pair that was proposed to a person or merged by one: what was alike in them, as numbers. No words, no requester; whether both are of
-- one caller is left out, so that no row links the matters of a person.
create table same_pair (
  district text not null,
  -- the case asked about, and the one that it may be
  case_id uuid not null,
  other_id uuid not null,
  words real not null,
  within real not null,
  kind real not null,
  near real not null,
  place real not null,
  fresh real not null,
  shown_at timestamptz not null,
  -- merged and not undone; not the same (undone, or passed over); NULL: nobody has decided yet
  same boolean,
  primary key (district, case_id, other_id)
);

-- One row a calibration, adopted or not. `policy` and `report` are SamePolicy and SameTraining of the text room: figures.
create table same_policy (
  district text not null,
  made_at timestamptz not null,
  -- adopted, kept (the one before stays) or replaced
  state text not null,
  policy jsonb not null,
  report jsonb not null,
  primary key (district, made_at)
);
create unique index same_policy_adopted on same_policy (district) where state = 'adopted';

grant select, insert, update, delete on same_pair to gezhi_service;
grant select, insert, update on same_policy to gezhi_service;

-- What was changed in the registry by hand: who, when, why, and the records before and after, so that it can be taken back.
-- The registry itself keeps every version; this says which belonged together.

create table registry_edit (
  district text not null,
  id text not null,
  at timestamptz not null,
  post text not null,
  person text,
  reason text not null,
  -- [{sort, code, before, after}]; null where there was or is none
  changes jsonb not null,
  -- of an edit that takes another one back
  undoes text,
  primary key (district, id)
);

grant select, insert on registry_edit to gezhi_service;

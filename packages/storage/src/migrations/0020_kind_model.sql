-- Models that a town trained from its own confirmed cases to propose kinds, each with its page in the register of algorithms.

-- One row a training. At most one of a district is adopted; the ones before it are replaced and keep their file, so that what proposed a kind can
-- be looked at later. A kept one lost against the model of its day and has no file.
create table kind_model (
  district text not null,
  hash text not null,
  trained_at timestamptz not null,
  -- adopted, kept or replaced
  state text not null,
  adopted_at timestamptz,
  replaced_at timestamptz,
  -- the last fact that was looked at for it
  position bigint not null,
  bytes integer not null,
  -- ModelCard and Comparison of the text room: codes and figures, no words
  card jsonb not null,
  report jsonb not null,
  file bytea,
  primary key (district, hash, trained_at)
);
create unique index kind_model_adopted on kind_model (district) where state = 'adopted';

-- Names of places that confirmed cases taught: how often a mention meant a place. Counts only: no case, no person, no sentence.
create table learned_name (
  district text not null,
  name text not null,
  -- layer and code, as the gazetteer writes it
  place text not null,
  count integer not null,
  primary key (district, name, place)
);

grant select, insert, update on kind_model to gezhi_service;
grant select, insert, update, delete on learned_name to gezhi_service;

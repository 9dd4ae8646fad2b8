-- Public cases: what neighbours may see of a matter in public space (docs/portal.md).

-- Masked words and photos that a person released, or that the case is taken off the public pages (`shown` false). Erased with the case's words.
create table public_release (
  district text not null,
  case_id uuid not null,
  shown boolean not null,
  said text,
  photos uuid[] not null default '{}',
  post text not null,
  person text,
  released_at timestamptz not null,
  primary key (district, case_id)
);
grant select, insert, update, delete on public_release to gezhi_service;

-- “What is public near here?” reads a box of these and nothing else.
create index case_public_near on case_now (district, lat, lon) where public;
create index case_public_place on case_now (district, place) where public;

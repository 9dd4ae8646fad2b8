-- Rulings on objections: precedents that routing applies until the catalogue of duties says the same.

-- One row for each objection that was upheld with another unit named. Made from the log by position; `state` and `applied` move on.
create table ruling (
  district text not null,
  number integer not null,
  -- the fact by which the matter went to its new unit
  position bigint not null,
  case_id uuid not null,
  -- objection-1, objection-2
  application text not null,
  kind text not null,
  -- the street or township that the matter lies in, in its layer
  layer text not null,
  place text not null,
  from_unit text,
  to_unit text not null,
  to_post text,
  basis text not null,
  at timestamptz not null,
  -- the post that ruled
  by_post text not null,
  final boolean not null,
  -- proposed, adopted or withdrawn
  state text not null,
  applied integer not null default 0,
  primary key (district, number)
);
create unique index ruling_position on ruling (district, position);
create index ruling_line on ruling (district, kind, layer, place);

-- What the owner of the catalogue said of it. Append-only.
create table ruling_act (
  district text not null,
  number integer not null,
  seq integer not null,
  at timestamptz not null,
  post text not null,
  person text,
  -- adopted or withdrawn
  act text not null,
  -- the catalogue's line or the law that it rests on
  basis text not null,
  primary key (district, number, seq)
);

grant select, insert, update on ruling to gezhi_service;
grant select, insert on ruling_act to gezhi_service;
revoke update, delete, truncate on ruling_act from gezhi_service;

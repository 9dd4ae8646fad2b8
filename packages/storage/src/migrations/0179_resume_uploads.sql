-- Photos and sounds that come in pieces, so that a cut in the middle takes nothing away (docs/field.md). Swept a day after the last piece.
create table upload_part (
  district text not null,
  -- Chosen by whoever sends, and as hard to guess as a UUID: who knows it goes on with it.
  upload text not null,
  start integer not null,
  size integer not null,
  bytes bytea not null,
  sealed boolean not null,
  made_at timestamptz not null,
  primary key (district, upload, start)
);
create index upload_part_made on upload_part (district, made_at);

grant select, insert, delete on upload_part to gezhi_service;

-- How often an item of knowledge answered. Counted from the log: an answer given from an item names it in its cause. Counts items, nobody else.

create table knowledge_use (
  district text not null,
  id text not null,
  answered integer not null,
  last_at timestamptz not null,
  primary key (district, id)
);

grant select, insert, update, delete on knowledge_use to gezhi_service;

-- The knowledge base: questions with their answers, each with an owner, a basis and an end. Nothing is overwritten: every version stays.

create table knowledge_version (
  district text not null,
  id text not null,
  version integer not null,
  at timestamptz not null,
  -- who wrote this version
  post text not null,
  person text,
  -- proposed, live or withdrawn; due is what is live and past its review
  status text not null,
  data jsonb not null,
  primary key (district, id, version)
);

-- The newest version of each item, and the terms by which it is found: those of the question weigh more.
create table knowledge_now (
  district text not null,
  id text not null,
  version integer not null,
  status text not null,
  language text not null,
  owner text not null,
  kinds text[] not null,
  valid_until timestamptz not null,
  source_case uuid,
  data jsonb not null,
  terms tsvector not null,
  primary key (district, id)
);
create index knowledge_found on knowledge_now using gin (terms) where status = 'live';
create index knowledge_due on knowledge_now (district, valid_until) where status = 'live';
create unique index knowledge_source on knowledge_now (district, source_case) where source_case is not null;

grant select, insert on knowledge_version to gezhi_service;
grant select, insert, update on knowledge_now to gezhi_service;
revoke update, delete, truncate on knowledge_version from gezhi_service;

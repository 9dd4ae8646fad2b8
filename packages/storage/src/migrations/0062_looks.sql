-- Who looked at what identifies a resident, and why (docs/privacy.md). Contacts themselves lie in the vault: `contact` of the first
-- migration is emptied into it when an installation opens, and nothing is written there any more.

-- One look. The person whom it is about reads it; unit and staff number are of the one who looked. Append-only, and older than no other
-- record of it: `event` is its number in the ledger. Put off only by a legal basis, and until a day.
create table contact_look (
  district text not null,
  number text not null,
  event bigint not null,
  at timestamptz not null,
  role text not null,
  post text not null,
  unit text,
  staff text,
  purpose text not null,
  fields text[] not null,
  reason text,
  put_off_until timestamptz,
  put_off_basis text,
  primary key (district, number, event)
);
create index contact_look_put_off on contact_look (district, put_off_until) where put_off_until is not null;

-- A look that no power allows: asked for with a reason, allowed by a second person, for some hours, told afterwards.
create table break_glass (
  district text not null,
  id uuid not null,
  number text not null,
  asked_at timestamptz not null,
  asked_post text not null,
  asked_staff text not null,
  reason text not null,
  allowed_at timestamptz,
  allowed_post text,
  allowed_staff text,
  until timestamptz,
  primary key (district, id)
);
create index break_glass_number on break_glass (district, number);

grant select, insert on contact_look to gezhi_service;
grant select, insert, update on break_glass to gezhi_service;

-- The callback desk: who is calling whom right now, and which cases owe nothing at the moment.

-- A request that a seat was given to call, until when. A seat has one at a time; it cannot choose which.
create table callback_claim (
  district text not null,
  number text not null,
  case_id uuid not null,
  -- a keyed hash of the post and whoever sits on it: tells seats apart and nobody who
  seat text not null,
  until timestamptz not null,
  primary key (district, number)
);
create unique index callback_claim_seat on callback_claim (district, seat);

-- A case that was looked at and has nobody to call: until it moves on past `seq`, or until the moment.
create table callback_rest (
  district text not null,
  case_id uuid not null,
  seq integer not null,
  until timestamptz,
  primary key (district, case_id)
);

-- Answers to “did anybody ask you for a good answer?” are few among the facts.
create index fact_coached on fact (district, recorded_at)
  where type = 'calledBack' and (data -> 'answer' ->> 'coached') is not null;

grant select, insert, update, delete on callback_claim, callback_rest to gezhi_service;

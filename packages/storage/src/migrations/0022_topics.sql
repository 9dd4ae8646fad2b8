-- What many write about. Only the newest run of each window is kept: its lines are cut from words, and go when the words go.

create table topic_run (
  district text not null,
  -- staff or public
  scope text not null,
  days integer not null,
  made_at timestamptz not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  -- the first moment that was read: later than from_at where there was too much
  covered_from timestamptz not null,
  policy text not null,
  messages integer not null,
  topics jsonb not null,
  primary key (district, scope, days)
);

-- How each topic went from day to day: numbers alone, no words and no members.
create table topic_day (
  district text not null,
  day date not null,
  id text not null,
  voices integer not null,
  people integer not null,
  heat real not null,
  primary key (district, day, id)
);

grant select, insert, update, delete on topic_run, topic_day to gezhi_service;

-- An attempt at who complained by a unit that the matter is about, or by one below it (《北京市接诉即办工作条例》第8条). It was refused; the person and
-- the audit administrators see that it was made. Append-only; `event` is its number in the ledger.
create table look_alarm (
  district text not null,
  event bigint not null,
  number text not null,
  at timestamptz not null,
  post text not null,
  unit text,
  staff text,
  purpose text not null,
  primary key (district, event)
);
create index look_alarm_number on look_alarm (district, number);
grant select, insert on look_alarm to gezhi_service;

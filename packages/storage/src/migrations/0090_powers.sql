-- What power lists ask of a case, beside what `case_now` holds already, so that a list is filtered where its rows lie
-- (docs/powers.md). NULL in `scene`: written before this migration; nobody's list shows such a row until `gezhi rebuild` has run. NULL in
-- the others: none.
alter table case_now add column scene text, add column parties text[], add column against text[],
  add column finder text;
comment on column case_now.parties is 'every unit that helps or was ever given a task';
comment on column case_now.against is 'the units that the matter is about';
comment on column case_now.finder is 'the post whose holder found it and brought it in';

-- What people write and photograph lies sealed (docs/vault.md): each text and each picture with its key beside it, which the master key of
-- the vault wraps.

-- `sealed` holds what was said and the place said in words; `said` is then null. Rows from before are sealed by the service, a batch at a
-- time; the index holds those that are left, and nothing afterwards.
alter table words alter column said drop not null;
alter table words add column sealed bytea;
create index words_clear on words (district) where sealed is null and said <> '';

alter table media_content add column sealed boolean not null default false;
create index media_clear on media_content (district) where not sealed;

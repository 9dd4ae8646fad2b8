-- What a person released to the public of a case's words lies sealed as the words do (docs/vault.md): `said` is then null. Rows from before
-- are sealed by the service; the index holds those that are left.
alter table public_release add column sealed bytea;
create index release_clear on public_release (district) where said is not null;

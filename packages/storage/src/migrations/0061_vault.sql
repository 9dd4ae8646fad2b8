-- What identifies a resident, apart from the cases and sealed (docs/vault.md).

-- The key of each person, sealed by the master key that is named. Without it nothing of the person opens, in no copy of this database:
-- destroying it is the erasure. The row stays, as the record that there was one. `person` is opaque and links nobody across matters.
create table vault_person (
  district text not null,
  person text not null,
  master text,
  sealed_key bytea,
  -- Kept for the law alone until then, and why (PIPL Art. 47).
  stored_until timestamptz,
  reason text,
  erased_at timestamptz,
  primary key (district, person)
);
create index vault_person_master on vault_person (district, master) where master is not null;

-- One field, sealed under its person's key and bound to district, person and field. `lookup` is the keyed hash of a telephone number.
create table vault_field (
  district text not null,
  person text not null,
  field text not null,
  sealed bytea not null,
  lookup bytea,
  primary key (district, person, field)
);
create index vault_field_lookup on vault_field (district, lookup) where lookup is not null;

grant select, insert, update on vault_person to gezhi_service;
grant select, insert, update, delete on vault_field to gezhi_service;

-- What stands behind the leaves of the ledger. The ledger itself is files (docs/ledger.md).

-- What is no fact of a case and still must not vanish: a look at personal data, an export, a change of policy, an erasure, a restored
-- backup. Append-only by privilege, without gaps in each district.
create table ledger_event (
  district text not null,
  event bigint not null,
  kind text not null,
  at timestamptz not null,
  body json not null,
  primary key (district, event)
);

-- Which fact or event each leaf is about, and the random bytes under which its body was hashed; they are erased with the data. A leaf that
-- is about neither was in the ledger when an older backup of this database was restored.
create table ledger_leaf (
  district text not null,
  leaf bigint not null,
  fact bigint,
  event bigint,
  salt bytea,
  primary key (district, leaf)
);
create index ledger_leaf_fact on ledger_leaf (district, fact) where fact is not null;
create index ledger_leaf_event on ledger_leaf (district, event) where event is not null;

grant select, insert on ledger_event to gezhi_service;
grant select, insert on ledger_leaf to gezhi_service;
grant update (salt) on ledger_leaf to gezhi_service;

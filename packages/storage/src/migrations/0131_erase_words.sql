-- Words and photos are erased by number or by case (docs/privacy.md). `vault_person` keeps, as "<number>/said", that it was done or until when
-- they are kept for the law alone; of a case without a number, as "<case>/said".

-- Kept for the law alone until then: not shown and not searched (PIPL Art. 47).
alter table words add column stored_until timestamptz;
alter table media add column stored_until timestamptz;
create index media_number on media (district, number) where number is not null;
create index media_case on media (district, case_id);

-- What power lists ask of a case, beside what `case_now` holds already, so that a list is filtered where its rows lie
-- (docs/powers.md). Filled for the cases that are there already from their facts. NULL in the others than `scene`: none.
alter table case_now add column scene text, add column parties text[], add column against text[],
  add column finder text;
comment on column case_now.parties is 'every unit that helps or was ever given a task';
comment on column case_now.against is 'the units that the matter is about';
comment on column case_now.finder is 'the post whose holder found it and brought it in';

update case_now as c set scene = f.data ->> 'scene', finder = case when f.person is not null then f.post end
  from fact as f where f.district = c.district and f.case_id = c.case_id and f.seq = 1;

update case_now as c set parties = n.units
  from (
    select district, case_id, array_agg(distinct unit order by unit) as units
      from (
        select district, case_id, data ->> 'unit' as unit from fact where type = 'tasked'
        union all
        select f.district, f.case_id, u.unit
          from fact as f cross join json_array_elements_text(f.data -> 'coUnits') as u(unit)
          where f.type = 'dispatched'
      ) as given
      group by district, case_id
  ) as n
  where n.district = c.district and n.case_id = c.case_id;

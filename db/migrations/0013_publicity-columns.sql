-- Columns of double publicity: permits, penalties and the other administrative acts of organisations, the newest
-- decision first. Worked out by upkeep from what is shown; whoever shows a line asks records first whether it still is.
-- A line stands once under kind '*' and once under each of its kinds, so that every filter is a walk along an index.
create table portal.column_entry (
  list text not null check (list in ('permit', 'penalty', 'act')),
  kind text not null,
  decided_on date not null,
  record_id uuid not null,
  subject_id uuid not null,
  region text not null,
  city text not null generated always as (left(region, 4)) stored,
  section text not null,
  authority text not null,
  primary key (list, kind, decided_on, record_id)
);
comment on table portal.column_entry is 'Candidates for the columns of double publicity, without anything of their content; ? stands for not known.';
create index column_entry_region on portal.column_entry (list, region, decided_on, record_id) where kind = '*';
create index column_entry_city on portal.column_entry (list, city, decided_on, record_id) where kind = '*';
create index column_entry_section on portal.column_entry (list, section, decided_on, record_id) where kind = '*';
create index column_entry_authority on portal.column_entry (list, authority, decided_on, record_id) where kind = '*';

create table portal.column_choice (
  list text not null,
  filter text not null check (filter in ('region', 'section', 'authority', 'kind')),
  value text not null,
  place smallint not null,
  primary key (list, filter, place)
);
comment on table portal.column_choice is 'What may be chosen in the filters of a column, the most frequent first.';

-- Name search anew: one entry per name, which holds its initials too, and common grams taken from a sample
-- instead of counted with every name. Derived from subjects.subject: what was there is entered again by the program.
drop table subjects.search_entry;
drop table subjects.gram;

create table subjects.search_entry (
  subject_id uuid not null,
  name_no smallint not null,
  kind text not null check (kind in ('present', 'former', 'other')),
  name text not null,
  initials text not null,
  grams int4[] not null,
  size smallint not null,
  primary key (subject_id, name_no)
);
comment on table subjects.search_entry is 'Names findable by part, short form and pinyin. Individual businesses are never in it (design.md §9).';
comment on column subjects.search_entry.grams is 'Sorted: grams of the name and, in a key space of their own, of its initials.';
comment on column subjects.search_entry.size is 'How many of the grams are of the name.';
create index search_entry_grams on subjects.search_entry using gin (grams gin__int_ops);

create table subjects.gram (
  gram int4 primary key,
  entries int not null
);
comment on table subjects.gram is 'How many entries hold each common gram, by a sample after every import; what is not here is rare.';

create table subjects.search_refill (
  after_subject uuid not null primary key
);
comment on table subjects.search_refill is 'How far search has been entered anew after its tables changed; no row: all of it.';
insert into subjects.search_refill
select '00000000-0000-0000-0000-000000000000' where exists (select from subjects.subject);

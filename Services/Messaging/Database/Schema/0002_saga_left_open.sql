-- A saga's outcomes are carried in memory up to its pivot. Whoever takes one over from a replica that died does not know how far it came:
-- then every step up to the pivot may have been attempted. Said once, it stays so.
alter table messaging.saga add column left_open boolean not null default false;

-- Parked events that an operator wants handled again: a worker takes them key by key.

alter table messaging.dead_letter
    add column if not exists replay_requested_at timestamptz,
    add column if not exists replay_requested_by text;

create index if not exists dead_letter_replay_requested on messaging.dead_letter (position) where status = 'parked' and replay_requested_at is not null;

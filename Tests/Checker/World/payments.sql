create table intents (order_id uuid primary key, status text, charge_id text, release_requested_at timestamptz, refunded bigint not null default 0, member_id uuid default '11111111-1111-7111-8111-111111111111');
create table transfers (id uuid primary key default uuidv7(), order_id uuid, kind text);
create table postings (transfer_id uuid, account text, amount bigint, currency text);

insert into intents values
    ('a0000000-0000-7000-8000-000000000001', 'captured', 'ch_1', null),
    ('a0000000-0000-7000-8000-000000000002', 'voided', 'ch_2', now()),
    ('a0000000-0000-7000-8000-000000000003', 'declined', 'ch_3', null),
    ('a0000000-0000-7000-8000-000000000005', 'refunded', 'ch_5', now());
update intents set refunded = 2000 where status = 'refunded';

with moves (n, kind, giver, taker) as (values
    (1, 'authorise', 'members', 'held'), (1, 'capture', 'held', 'taken'), (2, 'authorise', 'members', 'held'), (2, 'void', 'held', 'members'),
    (5, 'authorise', 'members', 'held'), (5, 'capture', 'held', 'taken'), (5, 'refund', 'taken', 'members')),
transfer as (insert into transfers (order_id, kind) select ('a0000000-0000-7000-8000-00000000000' || n)::uuid, kind from moves returning *)
insert into postings
select t.id, side.account, side.amount, 'KRW'
from transfer t
join moves m on t.order_id = ('a0000000-0000-7000-8000-00000000000' || m.n)::uuid and t.kind = m.kind
cross join lateral (values (m.giver, -2000), (m.taker, 2000)) side (account, amount);

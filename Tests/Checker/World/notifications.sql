-- One notification of each event of members and orders.
create table notifications (member_id uuid, kind text, subject_id uuid);
create table waiting_notifications (member_id uuid, kind text, subject_id uuid);

insert into notifications
select m, 'welcome', m from (values ('11111111-1111-7111-8111-111111111111'::uuid), ('22222222-2222-7222-8222-222222222222'::uuid)) members (m);
insert into notifications
select '11111111-1111-7111-8111-111111111111', kind, ('a0000000-0000-7000-8000-00000000000' || n)::uuid
from (values (1, 'order_confirmed'), (2, 'order_rejected'), (3, 'order_rejected'), (5, 'order_confirmed'), (5, 'order_cancelled')) e (n, kind);

insert into messaging.inbox select event(5, n), 'WelcomeMember' from generate_series(1, 2) n;
insert into messaging.inbox select event(1, n), 'NotifyOfOrder' from unnest(array[12, 22, 32, 52, 53]) n;

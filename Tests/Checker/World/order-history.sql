-- What the events of the others have said.
create table orders (id uuid primary key, member_id uuid, status text, reason text, currency text, total bigint, discount bigint default 0, version int default 2, lines jsonb,
    payment_status text, payment_refunded bigint default 0, shipment_status text);

insert into orders (id, member_id, status, reason, currency, total, payment_status, payment_refunded, shipment_status, lines)
select ('a0000000-0000-7000-8000-00000000000' || n)::uuid, '11111111-1111-7111-8111-111111111111', status, reason, 'KRW', 2000, payment, refunded, shipment,
       '[{"productId": "b0000000-0000-7000-8000-000000000001", "quantity": 2}]'
from (values (1, 'confirmed', null, 'captured', 0, 'created'), (2, 'rejected', 'timed_out', 'voided', 0, null), (3, 'rejected', 'payment_declined', 'declined', 0, null),
    (5, 'cancelled', 'cancelled_by_member', 'refunded', 2000, 'called_off')) o (n, status, reason, payment, refunded, shipment);
update orders set discount = 200 where status = 'confirmed' or id::text like '%2';

insert into messaging.inbox
select event(1, n), 'ProjectOrder' from unnest(array[11, 12, 21, 22, 31, 32, 51, 52, 53]) n
union all select event(4, 1), 'ProjectOrder';

-- a1 was confirmed, a2 rejected after its payment was held, a3 rejected because the card was declined, a5 confirmed and then cancelled by its member.
create table orders (id uuid primary key, member_id uuid, status text, currency text, total bigint, placed_at timestamptz default now(), lines jsonb, coupon_id uuid, discount bigint default 0, reason text);
create table answered_requests (member_id uuid, key text, order_id uuid, placed_at timestamptz default now(), call text default 'PlaceOrder');

insert into orders (id, member_id, status, reason, currency, total, lines)
select ('a0000000-0000-7000-8000-00000000000' || n)::uuid, '11111111-1111-7111-8111-111111111111', status, reason, 'KRW', 2000,
       '[{"ProductId": "b0000000-0000-7000-8000-000000000001", "Quantity": 2}]'
from (values (1, 'confirmed', null), (2, 'rejected', 'timed_out'), (3, 'rejected', 'payment_declined'), (5, 'cancelled', 'cancelled_by_member')) o (n, status, reason);

-- The confirmed one used its member's welcome coupon, the voided one gave it back before.
update orders set coupon_id = 'c0000000-0000-7000-8000-000000000001', discount = 200, lines = jsonb_set(lines, '{0,Discount}', '200') where status = 'confirmed' or id::text like '%2';

insert into answered_requests select member_id, 'key-' || right(id::text, 1), id from orders;
insert into answered_requests select member_id, 'cancel-5', id, now(), 'CancelOrder' from orders where status = 'cancelled';

insert into sagas.saga (subject, status) select id, case status when 'rejected' then 'compensated' else 'completed' end from orders;
insert into sagas.saga (type, subject, status) select 'RefundSaga', id, 'completed' from orders where status = 'cancelled';

insert into messaging.outbox
select event(1, n * 10 + place), n * 10 + place, 'shop.orders.v1', 'a0000000-0000-7000-8000-00000000000' || n, 'shop.ordering.v1.' || type
from (values (1, 1, 'OrderPlaced'), (1, 2, 'OrderConfirmed'), (2, 1, 'OrderPlaced'), (2, 2, 'OrderRejected'), (3, 1, 'OrderPlaced'), (3, 2, 'OrderRejected'),
    (5, 1, 'OrderPlaced'), (5, 2, 'OrderConfirmed'), (5, 3, 'OrderCancelled')) e (n, place, type);

-- Initially 10 on hand, 2 sold.
create table stock (product_id uuid primary key, on_hand bigint, reserved bigint, version bigint);
create table reservations (order_id uuid primary key, status text, product_ids uuid[], quantities int[]);

insert into stock values ('b0000000-0000-7000-8000-000000000001', 8, 0, 5);

insert into reservations
select ('a0000000-0000-7000-8000-00000000000' || n)::uuid, status, array['b0000000-0000-7000-8000-000000000001'::uuid], array[2]
from (values (1, 'confirmed'), (2, 'released'), (3, 'released'), (5, 'restocked')) r (n, status);

insert into messaging.outbox
select event(2, n), n, 'shop.stock.v1', 'b0000000-0000-7000-8000-000000000001', 'shop.inventory.v1.StockChanged' from generate_series(1, 5) n;

insert into messaging.inbox values (event(3, 1), 'OpenStock');

create table products (id uuid primary key);
create table stock (product_id uuid primary key, available bigint, version bigint);

insert into products values ('b0000000-0000-7000-8000-000000000001');
insert into stock values ('b0000000-0000-7000-8000-000000000001', 8, 5);

create table ratings (product_id uuid primary key, stars bigint, count integer, version bigint);
insert into ratings values ('b0000000-0000-7000-8000-000000000001', 9, 2, 2);

insert into messaging.outbox values (event(3, 1), 1, 'shop.products.v1', 'b0000000-0000-7000-8000-000000000001', 'shop.catalog.v1.ProductAdded');

insert into messaging.inbox select event(2, n), 'FollowStock' from generate_series(1, 5) n;
insert into messaging.inbox select event(6, n), 'FollowRatings' from generate_series(1, 2) n;

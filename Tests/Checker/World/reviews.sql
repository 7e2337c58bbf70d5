-- Two members have reviewed the product.
create table reviews (id uuid primary key default uuidv7(), product_id uuid, member_id uuid, stars integer);
create table ratings (product_id uuid primary key, stars bigint, count integer, version bigint);

insert into reviews (product_id, member_id, stars) values
    ('b0000000-0000-7000-8000-000000000001', '11111111-1111-7111-8111-111111111111', 5),
    ('b0000000-0000-7000-8000-000000000001', '22222222-2222-7222-8222-222222222222', 4);
insert into ratings values ('b0000000-0000-7000-8000-000000000001', 9, 2, 2);

insert into messaging.outbox select event(6, n), n, 'shop.ratings.v1', 'b0000000-0000-7000-8000-000000000001', 'shop.reviews.v1.RatingChanged' from generate_series(1, 2) n;

insert into messaging.inbox select event(5, n), 'FollowMembers' from generate_series(1, 2) n;

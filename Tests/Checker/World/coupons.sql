-- Two members with a welcome coupon each. The first one's was used by a1, after a2 had given it back; a4 gave up before its Reserve came.
create table coupons (id uuid primary key, member_id uuid, campaign text, status text, order_id uuid);
create table redemptions (order_id uuid primary key, coupon_id uuid, status text, discount bigint);

insert into coupons values
    ('c0000000-0000-7000-8000-000000000001', '11111111-1111-7111-8111-111111111111', 'welcome', 'redeemed', 'a0000000-0000-7000-8000-000000000001'),
    ('c0000000-0000-7000-8000-000000000002', '22222222-2222-7222-8222-222222222222', 'welcome', 'usable', null);

insert into redemptions values
    ('a0000000-0000-7000-8000-000000000001', 'c0000000-0000-7000-8000-000000000001', 'redeemed', 200),
    ('a0000000-0000-7000-8000-000000000002', 'c0000000-0000-7000-8000-000000000001', 'restored', 200),
    ('a0000000-0000-7000-8000-000000000004', null, 'restored', 0);

insert into messaging.inbox select event(5, n), 'IssueWelcomeCoupon' from generate_series(1, 2) n;

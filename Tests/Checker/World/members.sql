insert into messaging.outbox values
    (event(5, 1), 1, 'shop.members.v1', '11111111-1111-7111-8111-111111111111', 'shop.members.v1.MemberRegistered'),
    (event(5, 2), 2, 'shop.members.v1', '22222222-2222-7222-8222-222222222222', 'shop.members.v1.MemberRegistered');

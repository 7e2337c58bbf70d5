-- a1 has a shipment, that of a5 was called off; a3 was called off before there was one.
create table shipments (id uuid primary key default uuidv7(), order_id uuid, member_id uuid, status text);

insert into shipments (order_id, member_id, status) values
    ('a0000000-0000-7000-8000-000000000001', '11111111-1111-7111-8111-111111111111', 'created'),
    ('a0000000-0000-7000-8000-000000000005', '11111111-1111-7111-8111-111111111111', 'called_off'),
    ('a0000000-0000-7000-8000-000000000003', null, 'called_off');

insert into messaging.outbox values (event(4, 1), 1, 'shop.shipments.v1', 'a0000000-0000-7000-8000-000000000001', 'shop.shipping.v1.ShipmentCreated');

insert into messaging.inbox values (event(1, 12), 'CreateShipment'), (event(1, 52), 'CreateShipment');

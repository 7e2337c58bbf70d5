-- Both confirmed orders were looked at; neither was of a basket.
insert into messaging.inbox values (event(1, 12), 'RemoveBought'), (event(1, 52), 'RemoveBought');

-- A replica that has announced itself holds an advisory lock in the session with which it listens, for as long as its process lives:
-- when it dies its session ends, and nobody needs to wait until its leases do.
alter table messaging.replica add column announced boolean not null default false;

-- Shared, for two replicas may have the same key: then the one's death is not seen while the other lives, and its leases end by themselves.
create function messaging.be_present(me uuid) returns void language sql as $$
    select pg_advisory_lock_shared(x'73686f70'::integer, hashtext(me::text))   -- "shop"
$$;

-- Nobody holds the replica's lock. Whoever asks holds it himself until his transaction ends: the replica cannot come back meanwhile.
create function messaging.is_silent(replica uuid) returns boolean language sql as $$
    select pg_try_advisory_xact_lock(x'73686f70'::integer, hashtext(replica::text))
$$;

create function messaging.silent_replicas(me uuid) returns uuid[] language sql as $$
    select array(select id from messaging.replica where case when announced and id <> me then messaging.is_silent(id) end)
$$;

-- What the dead ones among them held is anybody's at once. Sagas keep their owner: they were left in the middle.
create function messaging.bury(replicas uuid[]) returns uuid[] language sql as $$
    with dead as (
        delete from messaging.replica where case when announced and id = any(replicas) then messaging.is_silent(id) end returning id
    ), shards as (
        update messaging.outbox_shard set owner = null, lease_until = now() where owner in (select id from dead)
    ), sagas as (
        update messaging.saga set lease_until = now() where ended_at is null and lease_until > now() and lease_owner in (select id from dead)
    )
    select array(select id from dead)
$$;

using Microsoft.EntityFrameworkCore;

namespace Shop.Messaging.Tests.Support;

/// <summary>Records in the database how the relays advance their cursors: a test sees each update, not only the final value.</summary>
internal static class CursorMoves
{
    public static Task RecordAsync(Replica replica) => replica.DoAsync(db => db.Database.ExecuteSqlRawAsync("""
        create table cursor_move (id bigint generated always as identity primary key, application text not null, shard smallint, unpublished bigint);

        create function note_cursor_move() returns trigger language plpgsql as $$
        begin
            -- Every attempt of a relay, whether it moves a cursor or not; renewals of leases are none.
            if tg_level = 'STATEMENT' then
                if current_query() like '%from_event%' then
                    insert into cursor_move (application) values (current_setting('application_name'));
                end if;
                return null;
            end if;
            -- A cursor goes back if events that lay behind it lie ahead of it again.
            insert into cursor_move (application, shard, unpublished) select current_setting('application_name'), new.shard, count(*) from messaging.outbox o
            where o.shard = new.shard
              and (pg_visible_in_snapshot(o.xact, old.read_to) or (pg_visible_in_snapshot(o.xact, old.window_to) and o.position <= old.position))
              and (pg_visible_in_snapshot(o.xact, new.read_to) or (pg_visible_in_snapshot(o.xact, new.window_to) and o.position <= new.position)) is not true;
            return null;
        end $$;

        create trigger each_move after update on messaging.outbox_shard for each row
            when ((old.read_to::text, old.window_to::text, old.position) is distinct from (new.read_to::text, new.window_to::text, new.position)) execute function note_cursor_move();
        create trigger each_attempt after update on messaging.outbox_shard for each statement execute function note_cursor_move();
        """));

    /// <summary>How often the relay of that application has tried to advance its cursors.</summary>
    public static async Task<long> AttemptsAsync(Replica replica, string application) =>
        (await replica.QueryAsync<long>($"select count(*) as \"Value\" from cursor_move where shard is null and application = '{application}'"))[0];

    /// <summary>Updates that set a cursor back, as "application shard", in order.</summary>
    public static Task<List<string>> BackAsync(Replica replica) =>
        replica.QueryAsync<string>("select application || ' ' || shard || ': ' || unpublished || ' events' as \"Value\" from cursor_move where unpublished > 0 order by id");
}

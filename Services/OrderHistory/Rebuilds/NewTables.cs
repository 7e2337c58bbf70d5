using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.OrderHistory.Figures;
using Shop.OrderHistory.Orders;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>The tables of a rebuild, in a schema of their own until they are swapped in. One connection, so the last steps are one transaction.</summary>
internal sealed class NewTables : IAsyncDisposable
{
    /// <summary>It exists while a rebuild is under way, and until what it has left is dropped.</summary>
    public const string Schema = "rebuild";

    private const int CommandTimeout = 600;   // seconds

    private readonly NpgsqlConnection _session;
    private readonly OrderHistoryDb _db;

    private NewTables(NpgsqlConnection session)
    {
        _session = session;
        _db = new(new DbContextOptionsBuilder<OrderHistoryDb>()
            .UseNpgsql(session, npgsql => npgsql.CommandTimeout(CommandTimeout)).UseSnakeCaseNamingConvention().Options);
    }

    /// <summary>Without indexes but the key: those come when the tables are full.</summary>
    public static async Task<NewTables> CreateAsync(NpgsqlConnection session, CancellationToken cancel)
    {
        var tables = new NewTables(session);
        // The swap waits for the transactions of live handlers, which last 30 s at most, and then reads as long as it takes.
        await tables.ExecuteAsync("""
            set transaction_timeout = 0;
            set lock_timeout = '60s';
            drop schema if exists rebuild cascade;
            create schema rebuild;
            """, cancel);
        await tables.ExecuteAsync("""
            do $$
            declare name text; definition record;
            begin
                foreach name in array array['orders', 'minute_figures', 'day_figures'] loop
                    execute format('create table rebuild.%1$I (like public.%1$I including defaults including constraints)', name);
                    for definition in select conname, pg_get_constraintdef(oid) as text from pg_constraint where conrelid = format('public.%I', name)::regclass and contype = 'p' loop
                        execute format('alter table rebuild.%I add constraint %I %s', name, definition.conname, definition.text);
                    end loop;
                end loop;
            end $$
            """, cancel);
        return tables;
    }

    /// <summary>What a rebuild leaves that was not swapped in.</summary>
    /// <param name="session">It holds the lock of rebuilds, so no other replica is at work on these tables.</param>
    public static async Task DropAsync(NpgsqlConnection session, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("drop schema if exists rebuild cascade", session) { CommandTimeout = CommandTimeout };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The indexes of the serving tables, with the same names.</summary>
    public Task AddIndexesAsync(CancellationToken cancel) => ExecuteAsync("""
        do $$
        declare definition text;
        begin
            for definition in
                select replace(pg_get_indexdef(i.indexrelid), ' ON public.', ' ON rebuild.')
                from pg_index i join pg_class c on c.oid = i.indrelid
                where c.relnamespace = 'public'::regnamespace and c.relname in ('orders', 'minute_figures', 'day_figures') and not i.indisprimary
            loop
                execute definition;
            end loop;
        end $$;
        analyze rebuild.orders;
        """, cancel);

    public async Task<IReadOnlyList<OrderRecord>> LoadAsync(Guid[] ids, CancellationToken cancel) =>
        ids.Length == 0 ? [] : await _db.Orders.FromSql($"select * from rebuild.orders where id = any({ids})").AsNoTracking().ToListAsync(cancel);

    public async Task<IReadOnlyList<OrderRecord>> LoadOldAsync(Guid[] ids, CancellationToken cancel) =>
        await _db.Orders.FromSql($"select * from public.orders where id = any({ids})").AsNoTracking().ToListAsync(cancel);

    public async Task DeleteAsync(Guid[] ids, CancellationToken cancel)
    {
        if (ids.Length > 0)
            await _db.Database.ExecuteSqlAsync($"delete from rebuild.orders where id = any({ids})", cancel);
    }

    public Task CopyAsync(IEnumerable<OrderRecord> orders, CancellationToken cancel) => OrderCopy.WriteAsync(_session, orders, cancel);

    /// <summary>What all rows add to the figures: the same as <see cref="OrderFigures"/> of each.</summary>
    public async Task FillFiguresAsync(FigureOptions kept, CancellationToken cancel)
    {
        await ExecuteAsync("""
        create temporary table added on commit drop as
        select f.at, f.name, f.value from rebuild.orders o
        cross join lateral (values
            (o.placed_at, 'placed', 1::bigint),
            (o.confirmed_at, 'confirmed', 1), (o.confirmed_at, 'revenue', o.total), (o.confirmed_at, 'placed_to_confirmed:' || o.confirmed_after, 1),
            (o.rejected_at, 'rejected', 1), (o.rejected_at, 'rejected_by:' || coalesce(o.reason, 'unknown'), 1),
            (o.cancelled_at, 'cancelled', 1)) f (at, name, value)
        where o.total is not null and o.version > 0 and o.placed_at is not null and f.at is not null
        """, cancel);
        await _db.Database.ExecuteSqlAsync($"""
            insert into rebuild.minute_figures (minute, name, shard, value)
            select date_trunc('minute', at), name, 0, sum(value)::bigint from added where at >= now() - {kept.MinutesRetention} group by 1, 2;
            insert into rebuild.day_figures (day, name, shard, value)
            select (at at time zone 'UTC')::date, name, 0, sum(value)::bigint from added where at >= now() - {kept.DaysRetention} group by 1, 2
            """, cancel);
    }

    public async Task<long> CountAsync(string table, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select count(*) from {table}", _session) { CommandTimeout = CommandTimeout };
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The rows of the serving table and of the new one, and how many orders of the first are not in the second.</summary>
    public Task<OrderCounts> CountOrdersAsync(CancellationToken cancel) => _db.Database.SqlQuery<OrderCounts>($"""
        select count(o.id) as before, count(n.id) as after, count(*) filter (where n.id is null) as missing from public.orders o full join rebuild.orders n on n.id = o.id
        """).SingleAsync(cancel);

    /// <returns>False: the rebuild is not this attempt's any more, and nothing may be committed.</returns>
    /// <exception cref="PostgresException">The serving tables have other columns by now; they stay.</exception>
    public async Task<bool> SwapAsync(RebuildAttempt attempt, OrderCounts orders, long read, long total, CancellationToken cancel)
    {
        await ExecuteAsync("""
            do $$
            declare changed text;
            begin
                select string_agg(distinct c.table_name || '.' || c.column_name, ', ') into changed from (
                    select table_name, column_name, udt_name, is_nullable from information_schema.columns
                    where table_schema in ('public', 'rebuild') and table_name in ('orders', 'minute_figures', 'day_figures')
                    group by table_name, column_name, udt_name, is_nullable having count(*) <> 2) c;
                if changed is not null then
                    raise exception 'A migration has changed the serving tables since the rebuild began: %', changed;
                end if;
            end $$;
            drop table public.orders, public.minute_figures, public.day_figures;
            alter table rebuild.orders set schema public;
            alter table rebuild.minute_figures set schema public;
            alter table rebuild.day_figures set schema public;
            drop schema rebuild;
            """, cancel);
        // From here to the commit an operator who cancels waits, and comes too late.
        return await _db.Database.ExecuteSqlAsync($"""
            update rebuilds set state = {RebuildState.Swapped}, swapped_at = clock_timestamp(), events_read = {read}, events_total = {total},
                orders_before = {orders.Before}, orders_after = {orders.After}
            where id = {attempt.Id} and attempts = {attempt.Number} and state = {RebuildState.Running}
            """, cancel) == 1;
    }

    public async Task<long> ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, _session) { CommandTimeout = CommandTimeout };
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<IReadOnlyList<Guid>> QueryAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, _session) { CommandTimeout = CommandTimeout };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancel))
            ids.Add(reader.GetGuid(0));
        return ids;
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();
}

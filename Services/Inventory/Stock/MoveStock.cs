using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Shop.Inventory.V1;
using Shop.Messaging;

namespace Shop.Inventory.Stock;

/// <summary>
/// The one way in which orders change stock: a conditional update per product, so that nothing is oversold however many try at once, and always in the
/// order of the product ids, so that two orders with the same products wait for each other and never for ever. With the events, in the caller's transaction.
/// </summary>
public sealed class MoveStock(InventoryDb db)
{
    private const string Sql = """
        update stock set on_hand = on_hand + $2, reserved = reserved + $3, version = version + 1, changed_at = clock_timestamp()
        where product_id = $1 and on_hand + $2 >= 0 and reserved + $3 between 0 and on_hand + $2
        returning on_hand, reserved, version, changed_at
        """;

    /// <summary>False if one of the moves is not possible: then the transaction has to be given up.</summary>
    internal async Task<bool> TryAsync(IEnumerable<Move> moves, CancellationToken cancel)
    {
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction() as NpgsqlTransaction
            ?? throw new InvalidOperationException("Stock is moved in a transaction.");
        var ordered = moves.OrderBy(move => move.ProductId).ToList();

        // One round trip; the server runs them one after the other.
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var move in ordered)
        {
            batch.BatchCommands.Add(new(Sql)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = move.ProductId },
                    new NpgsqlParameter<long> { TypedValue = move.OnHand },
                    new NpgsqlParameter<long> { TypedValue = move.Reserved },
                },
            });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var move in ordered)
        {
            if (!await reader.ReadAsync(cancel))
                return false;

            Publish(move, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3));
            await reader.NextResultAsync(cancel);
        }

        return true;
    }

    /// <summary>For moves that the caller has a right to: what is reserved can be released or sold. Anything else is a broken invariant.</summary>
    internal async Task MustAsync(IEnumerable<Move> moves, CancellationToken cancel)
    {
        if (!await TryAsync(moves, cancel))
            throw new InvalidOperationException("The stock does not hold what a reservation says that it holds.");
    }

    private void Publish(Move move, long onHand, long reserved, long version, DateTimeOffset at)
    {
        var (id, available, time) = (move.ProductId.ToString(), onHand - reserved, at.ToTimestamp());
        var before = available - (move.OnHand - move.Reserved);
        db.Publish(new StockChanged { ProductId = id, OnHand = onHand, Reserved = reserved, Available = available, Version = version, ChangedAt = time });
        Tell(db, id, before, available, time);
    }

    /// <summary>The two changes that shoppers care about.</summary>
    internal static void Tell(InventoryDb db, string productId, long before, long available, Timestamp at)
    {
        if (before > 0 && available == 0)
            db.Publish(new SoldOut { ProductId = productId, SoldOutAt = at });
        else if (before == 0 && available > 0)
            db.Publish(new BackInStock { ProductId = productId, Available = available, BackAt = at });
    }
}

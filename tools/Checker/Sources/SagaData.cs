namespace Shop.Checker.Sources;

/// <summary>The sagas of every service that has the tables.</summary>
public static class SagaData
{
    public static async Task<IReadOnlyList<Saga>> ReadAsync(ShopDocument shop, CancellationToken cancel)
    {
        var sagas = new List<Saga>();
        foreach (var (service, database) in shop.Databases)
        {
            if (!await SagaTables.ExistAsync(database, cancel))
                continue;

            sagas.AddRange(await Rows.ReadAsync(database, """
                select id, type, subject, status, step, ended_at is not null, now() - (started_at + within) from sagas.saga
                """,
                row => new Saga(service, row.GetGuid(0), row.GetString(1), row.Text(2), row.GetString(3), row.Text(4), row.GetBoolean(5), row.GetFieldValue<TimeSpan>(6)), cancel));
        }
        return sagas;
    }
}

/// <param name="Subject">The order's id.</param>
/// <param name="Late">Time since its deadline; negative before it.</param>
public sealed record Saga(string Service, Guid Id, string Type, string? Subject, string Status, string? Step, bool HasEnded, TimeSpan Late)
{
    public Guid? OrderId => Guid.TryParse(Subject, out var id) ? id : null;
}

internal static class SagaTables
{
    /// <summary>Most services run no sagas.</summary>
    public static async Task<bool> ExistAsync(string database, CancellationToken cancel) =>
        (await Rows.ReadAsync(database, "select to_regclass('sagas.saga') is not null", row => row.GetBoolean(0), cancel))[0];
}

internal static class MessagingTables
{
    /// <summary>The payment provider has none.</summary>
    public static async Task<bool> ExistAsync(string database, CancellationToken cancel) =>
        (await Rows.ReadAsync(database, "select to_regclass('messaging.outbox') is not null", row => row.GetBoolean(0), cancel))[0];
}

namespace Shop.Checker.Sources;

/// <summary>Notifications' database.</summary>
/// <param name="Waiting">Those whose member's registration has not arrived.</param>
public sealed record NotificationData(IReadOnlyList<Notification> Made, IReadOnlyList<Notification> Waiting)
{
    public static async Task<NotificationData> ReadAsync(string database, CancellationToken cancel) => new(
        await ReadAsync(database, "notifications", cancel),
        await ReadAsync(database, "waiting_notifications", cancel));

    private static Task<List<Notification>> ReadAsync(string database, string table, CancellationToken cancel) => Rows.ReadAsync(
        database, $"select member_id, kind, subject_id from {table}", row => new Notification(row.GetGuid(0), row.GetString(1), row.GetGuid(2)), cancel);
}

/// <param name="SubjectId">The member, coupon or order that it is about.</param>
public sealed record Notification(Guid MemberId, string Kind, Guid SubjectId);

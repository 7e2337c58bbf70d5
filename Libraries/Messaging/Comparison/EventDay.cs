using System.Globalization;
using Npgsql;
using Shop.Messaging.Events;
using Shop.ServiceDefaults.Validation;

namespace Shop.Messaging.Comparison;

/// <summary>A day (UTC) of events: by the time in their ids, as the day partitions of outbox and inbox.</summary>
internal readonly record struct EventDay(DateOnly Date)
{
    private const string Format = "yyyy-MM-dd";

    public static EventDay Read(Check check, string value)
    {
        check.That(DateOnly.TryParseExact(value, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and < 9999, "day", "must be a date like 2026-11-28");
        return new(date);
    }

    /// <summary>For a condition <c>event_id &gt;= $1 and event_id &lt; $2</c>.</summary>
    public NpgsqlParameter[] Bounds() => [First(Date), First(Date.AddDays(1))];

    public override string ToString() => Date.ToString(Format, CultureInfo.InvariantCulture);

    private static NpgsqlParameter<Guid> First(DateOnly date) => new() { TypedValue = EventIds.FirstOf(new(date, TimeOnly.MinValue, TimeSpan.Zero)) };
}

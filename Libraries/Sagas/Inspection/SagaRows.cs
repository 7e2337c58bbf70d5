using Npgsql;
using Shop.Sagas.Store;

namespace Shop.Sagas.Inspection;

internal static class SagaRows
{
    public static SagaSummary Summary(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), Text(row, 2), SagaStatusNames.Read(row.GetString(3)), Text(row, 4), row.GetInt32(5), Text(row, 6),
        row.GetFieldValue<DateTimeOffset>(7), row.GetFieldValue<DateTimeOffset>(8), Time(row, 9), Time(row, 10), row.GetBoolean(11));

    public static SagaLogEntry LogEntry(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetInt32(3), row.GetString(4), Text(row, 5),
        row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<TimeSpan>(7), Text(row, 8));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}

using Npgsql;
using NpgsqlTypes;
using Shop.OrderHistory.Orders;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>Writes rows by COPY.</summary>
internal static class OrderCopy
{
    private const string Columns = """
        id, member_id, version, status, reason, cancel_note, currency, subtotal, discount, total, lines, timeline, placed_at, confirmed_at, confirmed_after, rejected_at, cancelled_at,
        payment_version, payment_status, payment_amount, payment_refunded, payment_attempts,
        shipment_id, shipment_status, shipment_reason, tracking_number, shipment_created_at, shipment_dispatched_at, shipment_ended_at
        """;

    public static async Task WriteAsync(NpgsqlConnection connection, IEnumerable<OrderRecord> orders, CancellationToken cancel)
    {
        await using var writer = await connection.BeginBinaryImportAsync($"copy rebuild.orders ({Columns}) from stdin (format binary)", cancel);
        foreach (var order in orders)
        {
            await writer.StartRowAsync(cancel);
            await WriteOrderAsync(writer, order, cancel);
            await WritePaymentAsync(writer, order, cancel);
            await WriteShipmentAsync(writer, order, cancel);
        }

        await writer.CompleteAsync(cancel);
    }

    private static async Task WriteOrderAsync(NpgsqlBinaryImporter writer, OrderRecord order, CancellationToken cancel)
    {
        await writer.WriteAsync(order.Id, NpgsqlDbType.Uuid, cancel);
        await writer.WriteAsync(order.MemberId, NpgsqlDbType.Uuid, cancel);
        await writer.WriteAsync(order.Version, NpgsqlDbType.Integer, cancel);
        await writer.WriteAsync(order.Status, NpgsqlDbType.Text, cancel);
        await writer.WriteAsync(order.Reason, NpgsqlDbType.Text, cancel);
        await writer.WriteAsync(order.CancelNote, NpgsqlDbType.Text, cancel);
        await writer.WriteAsync(order.Currency, NpgsqlDbType.Varchar, cancel);
        await writer.WriteAsync(order.Subtotal, NpgsqlDbType.Bigint, cancel);
        await writer.WriteAsync(order.Discount, NpgsqlDbType.Bigint, cancel);
        await writer.WriteAsync(order.Total, NpgsqlDbType.Bigint, cancel);
        await writer.WriteAsync(OrderRecordTable.ToJson(order.Lines), NpgsqlDbType.Jsonb, cancel);
        await writer.WriteAsync(OrderRecordTable.ToJson(order.Timeline), NpgsqlDbType.Jsonb, cancel);
        await writer.WriteAsync(order.PlacedAt, NpgsqlDbType.TimestampTz, cancel);
        await writer.WriteAsync(order.ConfirmedAt, NpgsqlDbType.TimestampTz, cancel);
        await writer.WriteAsync(order.ConfirmedAfter, NpgsqlDbType.Integer, cancel);
        await writer.WriteAsync(order.RejectedAt, NpgsqlDbType.TimestampTz, cancel);
        await writer.WriteAsync(order.CancelledAt, NpgsqlDbType.TimestampTz, cancel);
    }

    private static async Task WritePaymentAsync(NpgsqlBinaryImporter writer, OrderRecord order, CancellationToken cancel)
    {
        await writer.WriteAsync(order.PaymentVersion, NpgsqlDbType.Integer, cancel);
        await writer.WriteAsync(order.PaymentStatus, NpgsqlDbType.Text, cancel);
        await writer.WriteAsync(order.PaymentAmount, NpgsqlDbType.Bigint, cancel);
        await writer.WriteAsync(order.PaymentRefunded, NpgsqlDbType.Bigint, cancel);
        await writer.WriteAsync(order.PaymentAttempts, NpgsqlDbType.Integer, cancel);
    }

    private static async Task WriteShipmentAsync(NpgsqlBinaryImporter writer, OrderRecord order, CancellationToken cancel)
    {
        await writer.WriteAsync(order.ShipmentId, NpgsqlDbType.Uuid, cancel);
        await writer.WriteAsync(order.ShipmentStatus, NpgsqlDbType.Text, cancel);
        await writer.WriteAsync(order.ShipmentReason, NpgsqlDbType.Text, cancel);
        await writer.WriteAsync(order.TrackingNumber, NpgsqlDbType.Text, cancel);
        await writer.WriteAsync(order.ShipmentCreatedAt, NpgsqlDbType.TimestampTz, cancel);
        await writer.WriteAsync(order.ShipmentDispatchedAt, NpgsqlDbType.TimestampTz, cancel);
        await writer.WriteAsync(order.ShipmentEndedAt, NpgsqlDbType.TimestampTz, cancel);
    }
}

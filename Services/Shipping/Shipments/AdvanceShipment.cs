using Microsoft.EntityFrameworkCore;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;
using Shop.Shipping.V1;

namespace Shop.Shipping.Shipments;

/// <summary>
/// An operator does what the courier does. Operators, the courier and a call-off race for the same shipment: it is decided by whose conditional update comes first,
/// and the others find it decided.
/// </summary>
internal sealed class AdvanceShipment(ShippingDb db)
{
    private const int MaxReason = 200;

    public async Task<DispatchResponse> HandleAsync(DispatchRequest request, CancellationToken cancel)
    {
        await AdvanceAsync(Id(request.ShipmentId), ShipmentStatus.Dispatched, id => db.Shipments.FromSql($"""
            update shipments set status = 'dispatched', dispatched_at = now() where id = {id} and status = 'created' returning *
            """), cancel);
        return new();
    }

    public async Task<DeliverResponse> HandleAsync(DeliverRequest request, CancellationToken cancel)
    {
        await AdvanceAsync(Id(request.ShipmentId), ShipmentStatus.Delivered, id => db.Shipments.FromSql($"""
            update shipments set status = 'delivered', ended_at = now() where id = {id} and status = 'dispatched' returning *
            """), cancel);
        return new();
    }

    public async Task<FailResponse> HandleAsync(FailRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var reason = check.Line("reason", request.Reason, 1, MaxReason);
        check.ThrowIfAny();
        await AdvanceAsync(Id(request.ShipmentId), ShipmentStatus.Failed, id => db.Shipments.FromSql($"""
            update shipments set status = 'failed', reason = {reason}, ended_at = now() where id = {id} and status = 'dispatched' returning *
            """), cancel);
        return new();
    }

    private Task AdvanceAsync(Guid id, string to, Func<Guid, IQueryable<Shipment>> update, CancellationToken cancel) => db.InTransactionAsync(async token =>
    {
        var changed = await update(id).AsNoTracking().ToListAsync(token);
        db.PublishEach(changed);
        if (changed.Count > 0)
            return;

        var known = await db.Shipments.AsNoTracking().SingleOrDefaultAsync(shipment => shipment.Id == id && shipment.MemberId != null, token) ?? throw Unknown();
        if (known.Status != to)
            throw new ConflictException("shipment_in_other_state", $"The shipment is {known.Status}: it cannot become {to}.");
    }, cancel);

    private static Guid Id(string text) => Check.Uuid(text) ?? throw Unknown();

    private static NotFoundException Unknown() => new("No such shipment.");
}

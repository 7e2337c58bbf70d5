using Microsoft.EntityFrameworkCore;
using Shop.Messaging.DeadLetters;
using Shop.Messaging.Outbox;

namespace Shop.Messaging;

public static class ModelExtensions
{
    /// <summary>
    /// Maps what a service's transactions append: events and dead letters. The tables are Messaging's own (schema <c>messaging</c>) and no part of the service's migrations.
    /// </summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        // Not into the snapshots of the service's migrations either: a change in here would change them all.
        if (EF.IsDesignTime)
            return model;

        OutboxRow.Map(model);
        DeadLetterRow.Map(model);
        return model;
    }
}

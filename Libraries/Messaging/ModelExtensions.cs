using Microsoft.EntityFrameworkCore;
using Shop.Messaging.DeadLetters;
using Shop.Messaging.Outbox;

namespace Shop.Messaging;

/// <summary>Mapping of Messaging's tables.</summary>
public static class ModelExtensions
{
    /// <summary>
    /// Maps the tables that a service's transactions append to: outbox and dead letters. Messaging creates them (schema <c>messaging</c>); they are not part of the service's migrations.
    /// </summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        // Kept out of the services' migration snapshots: a change here would change them all.
        if (EF.IsDesignTime)
            return model;

        OutboxRow.Map(model);
        DeadLetterRow.Map(model);
        return model;
    }
}

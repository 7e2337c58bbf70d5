using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Shop.Sagas.Engine;

namespace Shop.Sagas;

/// <summary>Starting of sagas.</summary>
public static class Starting
{
    /// <summary>
    /// Starts the saga of this state type by a row of the next SaveChanges: it runs if and only if that is committed. This replica runs it at once after the commit; if it
    /// dies, another continues. Not thread-safe, like the context.
    /// </summary>
    /// <param name="subject">By which operators find it, such as the order's id.</param>
    /// <returns>The saga's id (UUIDv7).</returns>
    /// <exception cref="InvalidOperationException">No registered saga has this state type.</exception>
    public static Guid Start<TState>(this DbContext db, TState state, string? subject = null) where TState : class
    {
        var row = db.GetService<SagaStarter>().Row(state, subject, Activity.Current);
        db.Add(row);
        return row.Id;
    }
}

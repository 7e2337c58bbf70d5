using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Shop.Sagas.Engine;

namespace Shop.Sagas;

public static class Starting
{
    /// <summary>
    /// Starts the saga that has this state: a row in the next SaveChanges, so it runs if and only if the change that calls for it is committed. This replica then runs it
    /// at once; should it die, another goes on.
    /// </summary>
    /// <param name="subject">What operators look it up by: the order's id, for instance.</param>
    /// <returns>The saga's id.</returns>
    public static Guid Start<TState>(this DbContext db, TState state, string? subject = null) where TState : class
    {
        var row = db.GetService<SagaStarter>().Row(state, subject, Activity.Current);
        db.Add(row);
        return row.Id;
    }
}

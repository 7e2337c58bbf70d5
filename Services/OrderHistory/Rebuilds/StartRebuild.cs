using Microsoft.EntityFrameworkCore;
using Shop.OrderHistory.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>An operator asks for a rebuild: a row that some replica's worker finds.</summary>
internal sealed class StartRebuild(OrderHistoryDb db, TimeProvider clock)
{
    public async Task<StartRebuildResponse> HandleAsync(CancellationToken cancel)
    {
        var rebuild = new Rebuild { Id = Guid.CreateVersion7(), StartedAt = clock.GetUtcNow() };
        db.Rebuilds.Add(rebuild);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation())
        {
            throw new ConflictException("rebuild_running", "A rebuild is running.");
        }

        return new() { RebuildId = rebuild.Id.ToString() };
    }
}

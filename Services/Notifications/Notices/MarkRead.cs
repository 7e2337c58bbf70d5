using Microsoft.EntityFrameworkCore;
using Shop.Notifications.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Notifications.Notices;

/// <summary>Marks one notification of the caller, or all, as read. What was read before keeps its time.</summary>
internal sealed class MarkRead(NotificationsDb db)
{
    public async Task<MarkReadResponse> OneAsync(MarkReadRequest request, Caller caller, CancellationToken cancel)
    {
        var id = Check.Uuid(request.NotificationId) ?? throw new NotFoundException();
        var member = caller.Member;
        var found = await db.Database.ExecuteSqlAsync(
            $"update notifications set read_at = coalesce(read_at, now()) where id = {id} and member_id = {member}", cancel);
        return found == 1 ? new() : throw new NotFoundException();
    }

    public async Task<MarkAllReadResponse> AllAsync(Caller caller, CancellationToken cancel)
    {
        var member = caller.Member;
        await db.Database.ExecuteSqlAsync($"update notifications set read_at = now() where member_id = {member} and read_at is null", cancel);
        return new();
    }
}

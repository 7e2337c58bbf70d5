using Microsoft.EntityFrameworkCore;
using Shop.Members.V1;
using Shop.Messaging;

namespace Shop.Reviews.Authors;

/// <summary>Projects the names that reviews show. An event that comes after the member's reviews is not too late: names are joined when reviews are read.</summary>
internal sealed class FollowMembers(ReviewsDb db) : IHandle<MemberRegistered>
{
    public Task HandleAsync(MemberRegistered @event, EventContext context, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        insert into authors (member_id, name) values ({Guid.Parse(@event.MemberId)}, {MaskedName.Of(@event.Name)})
        on conflict (member_id) do nothing
        """, cancel);
}

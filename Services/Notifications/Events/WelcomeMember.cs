using Shop.Members.V1;
using Shop.Messaging;
using Shop.Notifications.Members;
using Shop.Notifications.Notices;

namespace Shop.Notifications.Events;

/// <summary>Keeps whom to notify, and in which language; welcomes the member. Members who registered before this service existed are kept and welcomed when it starts for the first time.</summary>
internal sealed class WelcomeMember(Notify notify) : IHandle<MemberRegistered>
{
    public Task HandleAsync(MemberRegistered @event, EventContext context, CancellationToken cancel) => notify.RegisteredAsync(new()
    {
        Id = Guid.Parse(@event.MemberId),
        Email = @event.Email.Length > 0 ? @event.Email : null,
        Language = @event.Language == "en" ? "en" : "ko",
    }, cancel);
}

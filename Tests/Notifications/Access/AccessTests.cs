using Grpc.Core;
using Shop.Notifications.Tests.Running;

namespace Shop.Notifications.Tests.Access;

public sealed class AccessTests(RunningNotifications notifications) : IClassFixture<RunningNotifications>
{
    [Fact]
    public async Task Only_somebody_with_an_account_has_notifications()
    {
        Assert.Empty((await notifications.Client(notifications.Tokens.Operator()).ListNotificationsAsync(new())).Notifications);
        foreach (var (token, status) in new[] { (null, StatusCode.Unauthenticated), (notifications.Tokens.Service("gateway", "notifications"), StatusCode.PermissionDenied) })
        {
            var client = notifications.Client(token);
            await Answers.FailsAsync(status, async () => await client.ListNotificationsAsync(new()));
            await Answers.FailsAsync(status, async () => await client.MarkReadAsync(new()));
            await Answers.FailsAsync(status, async () => await client.MarkAllReadAsync(new()));
        }
    }
}

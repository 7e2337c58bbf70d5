using Microsoft.Extensions.Options;
using Shop.Messaging.Comparison;
using Shop.Persistence.Workers;

namespace Shop.Gateway.MissedMessages;

/// <summary>
/// Has what the services publish compared with what the others apply. It is done here because the gateway has a client of every service, and no service calls the gateway:
/// services that handle each other's events would have to call each other.
/// </summary>
internal sealed class CompareMessages(MessageComparison comparison, IOptions<MessageComparisonOptions> options, TimeProvider clock) : Worker
{
    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(options.Value.Interval, clock, stopping);
            await comparison.RunAsync(stopping);
        }
    }
}

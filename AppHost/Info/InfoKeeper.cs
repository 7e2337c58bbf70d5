using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.AppHost.Info;

/// <summary>Writes the document of <c>./shop info</c> while all resources are healthy, and prints a summary to the terminal the first time.</summary>
internal sealed partial class InfoKeeper(
    ShopMap map, InfoFile file, ResourceNotificationService notifications, IHostApplicationLifetime lifetime, ILogger<InfoKeeper> logger, TimeProvider clock)
    : BackgroundService
{
    // A start or a crash causes many changes at once: they are collected.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(150);

    private readonly Lock _lock = new();
    private readonly Snapshots _snapshots = new();
    private bool _announced;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        try
        {
            await Task.WhenAll(WatchAsync(changed.Writer, end.Token), KeepAsync(changed.Reader, end.Token));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the end
        }
        finally
        {
            file.End();
        }
    }

    private async Task WatchAsync(ChannelWriter<bool> changed, CancellationToken cancel)
    {
        await foreach (var change in notifications.WatchAsync(cancel))
        {
            bool isChanged;
            lock (_lock)
                isChanged = _snapshots.Take(change);
            if (isChanged)
                changed.TryWrite(true);
        }
    }

    private async Task KeepAsync(ChannelReader<bool> changed, CancellationToken cancel)
    {
        await foreach (var _ in changed.ReadAllAsync(cancel))
        {
            await Task.Delay(Settle, clock, cancel);
            try
            {
                await KeepAsync(cancel);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                LogNotKept(failure);
            }
        }
    }

    private async Task KeepAsync(CancellationToken cancel)
    {
        bool healthy;
        lock (_lock)
            healthy = map.MustBeHealthy.All(_snapshots.IsHealthy);
        if (!healthy)
        {
            file.Withdraw();
            return;
        }

        var document = await map.DescribeAsync(_snapshots, _lock, cancel);
        file.Write(document.ToJson());
        if (_announced)
            return;

        _announced = true;
        Console.WriteLine(
            $"""

            The shop is ready.
              storefront {document.Storefront}
              console    {document.Console}
              gateway    {document.Gateway}
              dashboard  {document.Dashboard ?? "(off)"}
              operator   {document.Operator.Email}  {document.Operator.Password}

            """);
    }

    [LoggerMessage(LogLevel.Warning, "The document of ./shop info cannot be written")]
    private partial void LogNotKept(Exception failure);
}

using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Protocol;
using Grpc.Core;
using ResourceCommandService = Aspire.Hosting.ApplicationModel.ResourceCommandService;

namespace Aspire.Hosting.Dashboard;

internal sealed class ResourceService(
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    ResourceCommandService commands,
    DashboardOptions options,
    Stopping stopping) : DashboardService.DashboardServiceBase
{
    /// <summary>The dashboard takes messages of up to 4 MB; a batch of lines stays far below.</summary>
    private const int MaxBatch = 1_000_000;

    public override Task<ApplicationInformationResponse> GetApplicationInformation(ApplicationInformationRequest request, ServerCallContext context) =>
        Task.FromResult(new ApplicationInformationResponse { ApplicationName = TrimmedName });

    public override async Task WatchResources(WatchResourcesRequest request, IServerStreamWriter<WatchResourcesUpdate> responseStream, ServerCallContext context)
    {
        using var end = Until(context);
        await EndQuietlyAsync(async () =>
        {
            await responseStream.WriteAsync(new WatchResourcesUpdate { InitialData = new InitialResourceData() }, end.Token).ConfigureAwait(false);
            await foreach (var change in notifications.WatchAsync(end.Token).ConfigureAwait(false))
            {
                var update = new WatchResourcesUpdate { Changes = new WatchResourcesChanges() };
                update.Changes.Value.Add(new WatchResourcesChange { Upsert = ResourceMapping.ToMessage(change) });
                await responseStream.WriteAsync(update, end.Token).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    public override async Task WatchResourceConsoleLogs(
        WatchResourceConsoleLogsRequest request, IServerStreamWriter<WatchResourceConsoleLogsUpdate> responseStream, ServerCallContext context)
    {
        using var end = Until(context);
        await EndQuietlyAsync(async () =>
        {
            var batches = request.SuppressFollow ? logs.GetAllAsync(request.ResourceName) : logs.WatchAsync(request.ResourceName, end.Token);
            await foreach (var batch in batches.WithCancellation(end.Token).ConfigureAwait(false))
                await WriteAsync(batch, responseStream, end.Token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    public override async Task<ResourceCommandResponse> ExecuteResourceCommand(ResourceCommandRequest request, ServerCallContext context)
    {
        var result = await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, context.CancellationToken).ConfigureAwait(false);
        var response = new ResourceCommandResponse
        {
            Kind = result switch
            {
                { Success: true } => ResourceCommandResponseKind.Succeeded,
                { Canceled: true } => ResourceCommandResponseKind.Cancelled,
                _ => ResourceCommandResponseKind.Failed,
            },
        };
        if (result.Message is not null)
            response.Message = result.Message;
        return response;
    }

    /// <summary>
    /// No questions are ever asked, but the stream must be there and stay open: the dashboard takes a call that fails early for the
    /// loss of the AppHost.
    /// </summary>
    public override async Task WatchInteractions(
        IAsyncStreamReader<WatchInteractionsRequestUpdate> requestStream,
        IServerStreamWriter<WatchInteractionsResponseUpdate> responseStream,
        ServerCallContext context)
    {
        using var end = Until(context);
        await context.WriteResponseHeadersAsync([]).ConfigureAwait(false);
        await EndQuietlyAsync(() => Task.Delay(Timeout.Infinite, end.Token)).ConfigureAwait(false);
    }

    private string TrimmedName => options.ApplicationName.EndsWith(".AppHost", StringComparison.OrdinalIgnoreCase)
        ? options.ApplicationName[..^".AppHost".Length]
        : options.ApplicationName;

    private static async Task WriteAsync(
        IReadOnlyList<LogLine> batch, IServerStreamWriter<WatchResourceConsoleLogsUpdate> stream, CancellationToken cancel)
    {
        var update = new WatchResourceConsoleLogsUpdate();
        var size = 0;
        foreach (var line in batch)
        {
            update.LogLines.Add(new ConsoleLogLine { LineNumber = line.LineNumber, Text = line.Content, IsStdErr = line.IsErrorMessage });
            size += line.Content.Length;
            if (size < MaxBatch)
                continue;
            await stream.WriteAsync(update, cancel).ConfigureAwait(false);
            (update, size) = (new WatchResourceConsoleLogsUpdate(), 0);
        }

        if (update.LogLines.Count > 0)
            await stream.WriteAsync(update, cancel).ConfigureAwait(false);
    }

    private CancellationTokenSource Until(ServerCallContext context) =>
        CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping.Token);

    /// <summary>A page that was closed and an AppHost that stops are the ordinary ends of a stream.</summary>
    private static async Task EndQuietlyAsync(Func<Task> stream)
    {
        try
        {
            await stream().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
        }
    }
}

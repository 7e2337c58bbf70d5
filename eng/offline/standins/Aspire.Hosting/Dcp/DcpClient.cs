using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>The orchestrator over its HTTP API. Started with the first call.</summary>
internal sealed partial class DcpClient(DcpProcess process, DcpOptions options, ILogger<DcpClient> logger) : IDcp, IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");

    private readonly SemaphoreSlim _starting = new(1, 1);
    private HttpClient? _client;
    private bool _down;

    public async Task<DcpService> CreateServiceAsync(DcpService service, CancellationToken cancel)
    {
        await SendAsync(HttpMethod.Post, Url("services"), Body(service), cancel).ConfigureAwait(false);
        return await UntilAsync(
            $"The orchestrator gave the service {service.Metadata.Name} no port",
            () => GetAsync<DcpService>(Url("services", service.Metadata.Name), cancel),
            found => found?.Status?.EffectivePort is > 0,
            CallTimeout,
            cancel).ConfigureAwait(false) ?? throw new InvalidOperationException();
    }

    public async Task<DcpExecutable> CreateExecutableAsync(DcpExecutable executable, CancellationToken cancel) =>
        Parse<DcpExecutable>(await SendAsync(HttpMethod.Post, Url("executables"), Body(executable), cancel).ConfigureAwait(false));

    public Task<DcpExecutable?> FindExecutableAsync(string name, CancellationToken cancel) => GetAsync<DcpExecutable>(Url("executables", name), cancel);

    public Task StopExecutableAsync(string name, CancellationToken cancel) =>
        SendAsync(HttpMethod.Patch, Url("executables", name), new StringContent("""{"spec":{"stop":true}}""", MergePatch), cancel);

    public async Task DeleteExecutableAsync(string name, CancellationToken cancel)
    {
        if (await FindExecutableAsync(name, cancel).ConfigureAwait(false) is null)
            return;
        await SendAsync(HttpMethod.Delete, Url("executables", name), content: null, cancel, orNotFound: true).ConfigureAwait(false);
        await UntilAsync(
            $"The orchestrator did not let go of {name}",
            () => FindExecutableAsync(name, cancel),
            found => found is null,
            TimeSpan.FromSeconds(30),
            cancel).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<DcpChange> WatchExecutablesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var line in LinesAsync($"{Url("executables")}?watch=true", cancel).ConfigureAwait(false))
            yield return Parse<DcpChange>(line);
    }

    public IAsyncEnumerable<string> ReadLogAsync(string name, string source, bool follow, int? tail, CancellationToken cancel)
    {
        var query = $"source={source}&follow={(follow ? "true" : "false")}&timestamps=true";
        return LinesAsync($"{Url("executables", name)}/log?{(tail is null ? query : $"{query}&tail={tail}")}", cancel);
    }

    public async Task ShutDownAsync(CancellationToken cancel)
    {
        if (_client is null)
            return;

        // In two steps, because only the first one says when it is done.
        await SendAsync(HttpMethod.Patch, "/admin/execution", Execution("CleaningResources"), cancel).ConfigureAwait(false);
        await UntilAsync(
            "The orchestrator did not finish cleaning up",
            async () => JsonDocument.Parse(await SendAsync(HttpMethod.Get, "/admin/execution", null, cancel).ConfigureAwait(false)),
            found => found?.RootElement.GetProperty("status").GetString() == "CleanupComplete",
            TimeSpan.FromSeconds(20),
            cancel).ConfigureAwait(false);
        await SendAsync(HttpMethod.Patch, "/admin/execution", Execution("Stopping"), cancel).ConfigureAwait(false);
        _down = true;
        if (options.WaitForResourceCleanup)
            await UntilGoneAsync(cancel).ConfigureAwait(false);

        static StringContent Execution(string status) => new($$"""{"status":"{{status}}","shutdownResourceCleanup":"Full"}""", MergePatch);
    }

    public async ValueTask DisposeAsync()
    {
        // An AppHost that failed to start comes here without having been stopped.
        try
        {
            if (_client is not null && !_down)
                await SendAsync(HttpMethod.Patch, "/admin/execution", new StringContent("""{"status":"Stopping","shutdownResourceCleanup":"Full"}""", MergePatch), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or DistributedApplicationException)
        {
            LogGone(logger, e.Message);
        }

        _client?.Dispose();
        _client = null;
        _starting.Dispose();
    }

    private static string Url(string kind, string? name = null) => $"/apis/{DcpApi.Version}/{kind}{(name is null ? "" : $"/{name}")}";

    private static StringContent Body<T>(T value) => new(JsonSerializer.Serialize(value, DcpApi.Json), Encoding.UTF8, "application/json");

    private static T Parse<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, DcpApi.Json) ?? throw new DistributedApplicationException($"The orchestrator answered nothing where a {typeof(T).Name} was expected.");

    private async Task UntilGoneAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await SendAsync(HttpMethod.Get, "/admin/execution", null, cancel).ConfigureAwait(false);
                await Task.Delay(Poll, cancel).ConfigureAwait(false);
            }
        }
        catch (HttpRequestException e)
        {
            LogGone(logger, e.Message);
        }
    }

    private async Task<T?> GetAsync<T>(string url, CancellationToken cancel) where T : class
    {
        var json = await SendAsync(HttpMethod.Get, url, content: null, cancel, orNotFound: true).ConfigureAwait(false);
        return json.Length == 0 ? null : Parse<T>(json);
    }

    private static async Task<T> UntilAsync<T>(string otherwise, Func<Task<T>> read, Func<T, bool> wanted, TimeSpan patience, CancellationToken cancel)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var found = await read().ConfigureAwait(false);
            if (wanted(found))
                return found;
            if (TimeProvider.System.GetElapsedTime(begin) > patience)
                throw new DistributedApplicationException($"{otherwise} within {patience.TotalSeconds:0} s.");
            await Task.Delay(Poll, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>The body of the answer; empty if that is allowed to be missing and is.</summary>
    private async Task<string> SendAsync(HttpMethod method, string url, HttpContent? content, CancellationToken cancel, bool orNotFound = false)
    {
        var client = await ConnectAsync(cancel).ConfigureAwait(false);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(CallTimeout);
        using var request = new HttpRequestMessage(method, url) { Content = content };
        using var response = await client.SendAsync(request, deadline.Token).ConfigureAwait(false);
        if (orNotFound && response.StatusCode == HttpStatusCode.NotFound)
            return "";
        var body = await response.Content.ReadAsStringAsync(deadline.Token).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? body
            : throw new DistributedApplicationException($"The orchestrator refused {method} {url} with {(int)response.StatusCode}: {body}");
    }

    private async IAsyncEnumerable<string> LinesAsync(string url, [EnumeratorCancellation] CancellationToken cancel)
    {
        var client = await ConnectAsync(cancel).ConfigureAwait(false);
        using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
            yield break;
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false));
        while (await reader.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0)
                yield return line;
        }
    }

    private async Task<HttpClient> ConnectAsync(CancellationToken cancel)
    {
        if (_client is { } connected)
            return connected;
        await _starting.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return _client ??= (await process.StartAsync(cancel).ConfigureAwait(false)).CreateClient();
        }
        finally
        {
            _starting.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The orchestrator is gone: {Reason}")]
    private static partial void LogGone(ILogger logger, string reason);
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Shop.AppHost.Operations;

/// <summary>Sends a file to the gateway's import as the operator. The report, JSON lines, is written to the gateway's log.</summary>
internal static partial class ImportProducts
{
    public static async Task<ExecuteCommandResult> ExecuteAsync(EndpointReference gateway, TokenAuthority tokens, string file, ExecuteCommandContext command)
    {
        if (!File.Exists(file))
            return CommandResults.Failure($"The file {file} does not exist.");

        var cancel = command.CancellationToken;
        using var client = new HttpClient { BaseAddress = new(gateway.Url), Timeout = Timeout.InfiniteTimeSpan };
        using var signIn = await client.PostAsJsonAsync("/api/v1/sessions", new
        {
            email = await tokens.OperatorEmail.Resource.GetValueAsync(cancel),
            password = await tokens.OperatorPassword.Resource.GetValueAsync(cancel),
        }, cancel);
        if (!signIn.IsSuccessStatusCode)
            return CommandResults.Failure($"The operator's sign-in failed: {await signIn.Content.ReadAsStringAsync(cancel)}");
        var session = await signIn.Content.ReadFromJsonAsync<JsonElement>(cancel);

        await using var content = File.OpenRead(file);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ops/products/import")
        {
            Content = new StreamContent(content) { Headers = { ContentType = new("text/csv") } },
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString()) },
        };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        using var report = new StreamReader(await response.Content.ReadAsStreamAsync(cancel));
        var last = "";
        while (await report.ReadLineAsync(cancel) is { } line)
            LogReport(command.Logger, last = line);

        return response.IsSuccessStatusCode && last.Contains("\"event\":\"done\"", StringComparison.Ordinal)
            ? CommandResults.Success(Summary(last))
            : CommandResults.Failure($"The import failed: {last}");
    }

    private static string Summary(string done)
    {
        var figures = JsonSerializer.Deserialize<JsonElement>(done);
        string Of(string name) => $"{figures.GetProperty(name)} {name}";
        return $"{Of("lines")}, {Of("added")}, {Of("changed")}, {Of("unchanged")}, {Of("bad")}.";
    }

    [LoggerMessage(LogLevel.Information, "Import: {Report}")]
    private static partial void LogReport(ILogger logger, string report);
}

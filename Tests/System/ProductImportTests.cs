using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;
using Shop.Testing;

namespace Shop.SystemTests;

public sealed class ProductImportTests(RunningShop shop)
{
    private const int Lines = 1_500;

    [Fact]
    public async Task An_import_survives_a_kill_of_Catalog_and_a_repeated_one_changes_nothing()
    {
        var file = string.Join('\n', ProductFile.Lines(Lines, seed: 11).Prepend(ProductFile.Header));

        // Other tests import products, too.
        const string Products = "select count(*) from products where sku is not null";
        const string Events = "select count(*) from messaging.outbox where key in (select id::text from products where sku is not null)";
        var (products, events) = (await CountAsync(Products), await CountAsync(Events));
        var killed = false;
        var first = await ImportAsync(file, async progress =>
        {
            if (killed || progress.GetProperty("added").GetInt32() is 0 or Lines)
                return;
            await shop.Info.KillAsync("catalog");
            killed = true;
        });
        var second = await ImportAsync(file, _ => Task.CompletedTask);

        Assert.True(killed, "The import was over before Catalog could be killed.");
        // The batch in flight at the kill may have been committed without an answer.
        Assert.Equal(Lines, first.GetProperty("added").GetInt32() + first.GetProperty("unchanged").GetInt32());
        Assert.Equal(Lines, second.GetProperty("unchanged").GetInt32());
        Assert.Equal(Lines, await CountAsync(Products) - products);
        Assert.Equal(Lines, await CountAsync(Events) - events);
    }

    /// <returns>The last line of the report.</returns>
    private async Task<JsonElement> ImportAsync(string file, Func<JsonElement, Task> onProgress)
    {
        var @operator = await shop.OperatorAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ops/products/import")
        {
            Content = new StringContent(file, Encoding.UTF8, "text/csv"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", @operator.AccessToken) },
        };
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var answer = await shop.Gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        answer.EnsureSuccessStatusCode();

        using var report = new StreamReader(await answer.Content.ReadAsStreamAsync(timeout.Token));
        JsonElement last = default;
        while (await report.ReadLineAsync(timeout.Token) is { } line)
        {
            last = JsonDocument.Parse(line).RootElement;
            if (last.GetProperty("event").GetString() == "progress")
                await onProgress(last);
        }

        Assert.True(last.GetProperty("event").GetString() == "done", $"{last}");
        return last;
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(shop.Info.DatabaseOf("catalog"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

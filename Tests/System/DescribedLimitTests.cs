using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Shop.SystemTests;

/// <summary>The limits of bodies in the API's description are the ones of the services, which check them.</summary>
public sealed class DescribedLimitTests(RunningShop shop)
{
    [Fact]
    public async Task A_value_beyond_a_described_limit_is_refused_with_that_limit()
    {
        var document = (await shop.Gateway.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!;
        var product = await shop.ProductWithStockAsync(1);
        var (member, @operator) = (await shop.SignUpAsync(), await shop.OperatorAsync());
        List<string> checkedLimits = [], differences = [];

        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                if (operation!["requestBody"]?["content"]?["application/json"] is not { } body)
                    continue;
                var caller = path.Contains("/ops/", StringComparison.Ordinal) ? @operator : member;
                // Reviews are about a product that exists; other subjects are looked up after the body was judged.
                var address = Regex.Replace(path, @"\{[^}]*\}", path.Contains("roduct", StringComparison.Ordinal) ? product.Id : $"{Guid.CreateVersion7()}");
                foreach (var limit in BodyLimits.Of(document, body["schema"]!))
                {
                    checkedLimits.Add($"{method} {path} {limit}");
                    using var answer = await caller.SendAsync(new(method.ToUpperInvariant()), address, limit.Exceed(body["example"]!), ("Idempotency-Key", $"{Guid.CreateVersion7()}"));
                    var text = await answer.Content.ReadAsStringAsync();
                    if (answer.StatusCode != HttpStatusCode.BadRequest || JsonNode.Parse(text)!["errors"]?[limit.Field] is not JsonArray errors || !errors.Any(error => limit.IsNamedBy(error!.GetValue<string>())))
                        differences.Add($"{method} {path} {limit}: {(int)answer.StatusCode} {text}");
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
        Assert.True(checkedLimits.Count > 40, string.Join("\n", checkedLimits));
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed partial class DuplicateFieldTests
{
    private readonly RunningGateway _gateway;

    public DuplicateFieldTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    public static TheoryData<string> WithJson => [.. SampleCalls.WithJson.Select(call => call.Route)];

    /// <summary>Every object of every body, at any depth, with its first field once more: the same, and written in another way.</summary>
    [Theory, MemberData(nameof(WithJson))]
    public async Task A_field_that_is_given_twice_is_refused_wherever_it_stands(string route)
    {
        var call = SampleCalls.Of(route);
        foreach (Match field in FirstField().Matches(call.Body!))
        {
            var name = field.Groups["name"].Value;
            foreach (var again in new[] { name, $"\\u{(int)name[0]:x4}{name[1..]}" })
            {
                var body = call.Body!.Insert(field.Groups["name"].Index - 1, $"\"{again}\": null, ");

                var answer = await _gateway.CallAsync(call, new StringContent(body, Encoding.UTF8, "application/json"), _gateway.TokenFor(call.Who));

                answer.IsProblem(400);
                Assert.Equal("The body gives a field twice.", answer.Json["detail"]!.GetValue<string>());
            }
        }
    }

    [Fact]
    public async Task Even_one_that_nobody_reads()
    {
        (await _gateway.PostAsync("/api/v1/sessions/refresh", """{ "refreshToken": "a", "x": { "y": [ { "z": 1, "z": 2 } ] } }""")).IsProblem(400);
        (await _gateway.PostAsync("/api/v1/sessions/refresh", """{ "refreshToken": "a", "\ud800": 1, "\ud800": 2 }""")).IsProblem(400);
    }

    [GeneratedRegex("""\{\s*"(?<name>[^"]+)"\s*:""")]
    private static partial Regex FirstField();
}

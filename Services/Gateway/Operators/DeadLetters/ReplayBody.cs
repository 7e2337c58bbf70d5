using Shop.Gateway.Input;
using Shop.Messaging.V1;

namespace Shop.Gateway.Operators.DeadLetters;

/// <param name="Service">Whose parked events: "catalog".</param>
/// <param name="Consumer">Of one handler only.</param>
/// <param name="Key">Of one key only.</param>
internal sealed record ReplayBody(string Service, string? Consumer, string? Key)
{
    public const string Example = """{ "service": "catalog", "consumer": "follow-stock" }""";

    public static (string Service, ReplayDeadLettersRequest Request) Read(Fields body, IReadOnlyList<string> services)
    {
        var service = body.Text("service");
        if (service.Length > 0 && !services.Contains(service))
            body.Fail("service", $"must be one of {string.Join(", ", services)}");
        var request = new ReplayDeadLettersRequest { Consumer = body.OptionalText("consumer"), Key = body.OptionalText("key") };
        body.Check.ThrowIfAny();
        return (service, request);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Shop.Gateway.Tests.Running;
using Shop.Members.V1;

namespace Shop.Gateway.Tests;

/// <summary>Texts go to the services as they were given; what nobody could see, and in which form a text is stored, they decide.</summary>
public sealed class InvisibleTextTests
{
    private readonly RunningGateway _gateway;

    public InvisibleTextTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    [Fact]
    public async Task A_name_of_many_scripts_and_pictures_is_a_name()
    {
        const string name = "  👩‍👩‍👧 שלום مرحبا \u202e김하나 Ǆ ﬀ é ";

        var answer = await _gateway.PostAsync("/api/v1/members", Body(("email", "a@b.kr"), ("password", "0123456789"), ("name", name), ("language", "ko")));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(name, _gateway.Services.Members.Calls.Last<SignUpRequest>().Name);
    }

    private static string Body(params (string Name, string Value)[] fields) =>
        new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)JsonValue.Create(field.Value)))).ToJsonString();
}

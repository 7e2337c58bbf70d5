using Microsoft.Extensions.Logging.Abstractions;
using Shop.GrpcClients.Tokens;
using Shop.Members.V1;

namespace Shop.GrpcClients.Tests.Tokens;

public sealed class ServiceTokenHandlerTests
{
    [Fact]
    public async Task A_request_over_http_has_this_services_token_for_the_upstream_and_no_other()
    {
        var issued = new List<string>();
        var tokens = new ServiceTokens((audience, _) =>
        {
            issued.Add(audience);
            return Task.FromResult(new IssueServiceTokenResponse { AccessToken = $"token for {audience}", ExpiresIn = 900 });
        }, TimeProvider.System, NullLogger<ServiceTokens>.Instance);
        var seen = new List<string?>();
        using var client = new HttpMessageInvoker(new ServiceTokenHandler(tokens, "gateway") { InnerHandler = new Recording(seen) });

        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://gateway/") { Headers = { Authorization = new("Bearer", "a member's") } };
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["Bearer token for gateway", "Bearer token for gateway"], seen);
        Assert.Equal(["gateway"], issued);
    }

    private sealed class Recording(List<string?> seen) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add(request.Headers.Authorization?.ToString());
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;
using Shop.Design.Gateway;

namespace Shop.Storefront.Tests.Pages;

public sealed class CallLimitTests
{
    /// <summary>As of a gateway that freezes after the headers.</summary>
    [Fact]
    public async Task An_answer_whose_body_does_not_come_is_unavailable_after_the_clients_timeout()
    {
        using var endless = new Endless();
        using var client = new HttpClient(endless) { BaseAddress = new("http://gateway.test"), Timeout = TimeSpan.FromMilliseconds(200) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/products");

        var failure = await Assert.ThrowsAsync<ApiException>(() =>
            new GatewayHttp(new OneClient(client), new HttpContextAccessor()).AskAsync<object>(request, null, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10)));

        Assert.True(failure.IsUnavailable);
    }

    private sealed class OneClient(HttpClient client) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => client;
    }

    private sealed class Endless : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new EndlessContent() });
    }

    private sealed class EndlessContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => Unanswered.UntilAsync(cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

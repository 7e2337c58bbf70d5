using System.Collections.Concurrent;
using System.Net;

namespace Shop.Kit.Tests;

/// <summary>The innermost handler: notes the addresses that requests are really sent to, and answers.</summary>
internal sealed class Recorder(Func<int, CancellationToken, Task<HttpResponseMessage>>? answer = null) : HttpMessageHandler
{
    public ConcurrentQueue<Uri> Addresses { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Addresses.Enqueue(request.RequestUri!);
        var response = answer is null
            ? new HttpResponseMessage(HttpStatusCode.OK)
            : await answer(Addresses.Count, cancellationToken);
        response.RequestMessage = request;
        return response;
    }
}

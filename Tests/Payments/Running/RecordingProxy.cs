using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Shop.Payments.Tests.Running;

/// <summary>A proxy between Payments and the provider that records every call, and can drop answers: the effect is there, the answer is lost.</summary>
public sealed class RecordingProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _provider;

    public RecordingProxy(ProviderProcess provider)
    {
        _provider = new HttpClient { BaseAddress = new Uri(provider.Address) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(ForwardAsync);
    }

    /// <summary>For <c>NewReplicaAsync</c> and the like.</summary>
    public (string, string) Setting => ("services__payment-provider__http__0", _app.Urls.First());

    /// <summary><c>POST charges</c>, <c>GET charges</c>, <c>POST capture</c>…, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>True: the answer to this call is dropped.</summary>
    public Func<string, bool> DropsAnswer { get; set; } = _ => false;

    /// <summary>What becomes of the answer to this call: (call, body) → body.</summary>
    public Func<string, string, string> Answer { get; set; } = (_, body) => body;

    public Task StartAsync() => _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _provider.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var call = $"{context.Request.Method} {context.Request.Path.Value!.Split('/')[^1]}";
        Calls.Enqueue(call);

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.GetEncodedPathAndQuery());
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        if (context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key)
            request.Headers.Add("Idempotency-Key", key);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        }

        try
        {
            using var answer = await _provider.SendAsync(request, context.RequestAborted);
            if (DropsAnswer(call))
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await context.Response.WriteAsync(Answer(call, await answer.Content.ReadAsStringAsync(context.RequestAborted)), context.RequestAborted);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            context.Abort();
        }
    }
}

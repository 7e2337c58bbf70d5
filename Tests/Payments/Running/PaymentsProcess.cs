using Grpc.Core;
using Grpc.Net.Client;
using Shop.Payments.V1;
using Shop.Testing;

namespace Shop.Payments.Tests.Running;

/// <summary>A replica of Payments as a process, and the calls of those who may call it.</summary>
public sealed class PaymentsProcess : IAsyncDisposable
{
    private readonly int _http = Ports.Free();
    private readonly int _grpc = Ports.Free();
    private readonly Dictionary<string, string> _environment;
    private readonly StubServices _stubs;
    private readonly GrpcChannel _channel;
    private ServerProcess? _process;

    public PaymentsProcess(string database, string kafka, string provider, StubServices stubs, params (string Key, string Value)[] settings)
    {
        _stubs = stubs;
        _environment = new()
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_http};http://127.0.0.1:{_grpc}",
            ["GRPC_PORT"] = $"{_grpc}",
            ["ConnectionStrings__payments"] = database,
            ["ConnectionStrings__kafka"] = kafka,
            ["Tokens__Issuer"] = StubServices.Issuer,
            ["Tokens__ClientId"] = "payments",
            ["Tokens__JwksAddress"] = stubs.JwksAddress,
            ["Provider__ApiKey"] = Secrets.ApiKey,
            ["Provider__WebhookSecret"] = Secrets.Webhook,
            ["services__payment-provider__http__0"] = provider,
            // Short intervals, for tests.
            ["Reconciliation__Interval"] = "00:00:00.200",
            ["Reconcile__First"] = "00:00:00.500",
            ["Reconcile__LongestPause"] = "00:00:01",
            ["Reconcile__LateChargeDelay"] = "00:00:00.500",
            // Only tests of the comparison run it again: others count the calls of the provider.
            ["Reconciliation__LedgerInterval"] = "1.00:00:00",
        };
        foreach (var (key, value) in settings)
            _environment[key] = value;
        Database = new(database);
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{_grpc}");
        Client = new V1.PaymentsService.PaymentsServiceClient(_channel);
    }

    /// <summary>Without a token: add one with <see cref="As"/>.</summary>
    public V1.PaymentsService.PaymentsServiceClient Client { get; }

    public PaymentsDatabase Database { get; }

    public string Output => _process?.Output ?? "";

    public async Task StartAsync() => _process = await ServiceProcess.StartAsync("Shop.Payments", _http, _environment);

    public Task KillAsync() => _process!.KillAsync();

    public CallOptions As(string service, TimeSpan? timeout = null) => Options(_stubs.ServiceToken(service), timeout);

    public CallOptions AsMember(Guid memberId) => Options(_stubs.MemberToken(memberId), null);

    public CallOptions AsOperator() => Options(_stubs.OperatorToken(), null);

    public async Task AuthoriseAsync(TestOrder order, TimeSpan? timeout = null) => await Client.AuthoriseAsync(order.Authorise(), As("ordering", timeout));

    /// <summary>Repeats the command, as a saga does whose earlier attempt is in doubt.</summary>
    public async Task AuthoriseAgainAsync(TestOrder order)
    {
        var request = order.Authorise();
        request.AskedBefore = true;
        await Client.AuthoriseAsync(request, As("ordering"));
    }

    public async Task CaptureAgainAsync(TestOrder order) =>
        await Client.CaptureAsync(new() { OrderId = order.Id.ToString(), AskedBefore = true }, As("ordering"));

    public async Task CaptureAsync(TestOrder order) => await Client.CaptureAsync(new() { OrderId = order.Id.ToString() }, As("ordering"));

    public async Task VoidAsync(TestOrder order) => await Client.VoidAsync(new() { OrderId = order.Id.ToString() }, As("ordering"));

    public async Task RefundAsync(TestOrder order) => await Client.RefundAsync(new() { OrderId = order.Id.ToString() }, As("ordering"));

    public async Task<Payment> GetAsync(TestOrder order) => (await Client.GetPaymentAsync(new() { OrderId = order.Id.ToString() }, AsOperator())).Payment;

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
    }

    private static CallOptions Options(string token, TimeSpan? timeout) => new(
        new Metadata { { "authorization", $"Bearer {token}" } }, TimeProvider.System.GetUtcNow().UtcDateTime + (timeout ?? TimeSpan.FromSeconds(15)));
}

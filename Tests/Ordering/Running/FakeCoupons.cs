using Grpc.Core;
using Shop.Coupons.V1;
using static Shop.Coupons.V1.CouponsService;

namespace Shop.Ordering.Tests.Running;

/// <summary>Gives every coupon's discount, until a test says otherwise.</summary>
public sealed class FakeCoupons(FakeUpstreams upstreams) : CouponsServiceClient(upstreams)
{
    public long Discount { get; set; } = 10_000;

    /// <summary>What Quote fails with.</summary>
    public RpcException? Failure { get; set; }

    public QuoteRequest? LastQuote { get; private set; }

    public override AsyncUnaryCall<QuoteResponse> QuoteAsync(
        QuoteRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
    {
        LastQuote = request;
        var answer = new QuoteResponse { Subtotal = request.Subtotal, Discount = new() { Amount = Discount, Currency = "KRW" } };
        return new(Failure is null ? Task.FromResult(answer) : Task.FromException<QuoteResponse>(Failure),
            Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }
}

using Grpc.Core;
using Shop.Coupons.Issued;
using Shop.Coupons.Redemptions;
using Shop.Coupons.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Coupons;

/// <summary>The gRPC face: one line per call, each to its feature, each saying who may call it.</summary>
internal sealed class CouponsService(ListCoupons listCoupons, Quote quote, Reserve reserve, Redeem redeem, Restore restore) : V1.CouponsService.CouponsServiceBase
{
    [AllowMembers]
    public override Task<ListCouponsResponse> ListCoupons(ListCouponsRequest request, ServerCallContext context) =>
        listCoupons.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<QuoteResponse> Quote(QuoteRequest request, ServerCallContext context) =>
        quote.HandleAsync(request, context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<ReserveResponse> Reserve(ReserveRequest request, ServerCallContext context) =>
        reserve.HandleAsync(request, context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<RedeemResponse> Redeem(RedeemRequest request, ServerCallContext context) =>
        redeem.HandleAsync(request, context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<RestoreResponse> Restore(RestoreRequest request, ServerCallContext context) =>
        restore.HandleAsync(request, context.CancellationToken);
}

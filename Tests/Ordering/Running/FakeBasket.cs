using Grpc.Core;
using Shop.Basket.V1;
using static Shop.Basket.V1.BasketService;

namespace Shop.Ordering.Tests.Running;

/// <summary>Has in every member's basket what a test puts there.</summary>
public sealed class FakeBasket : BasketServiceClient
{
    public Basket.V1.Basket Content { get; set; } = new();

    /// <summary>Before it answers.</summary>
    public Func<Task> IsRead { get; set; } = () => Task.CompletedTask;

    public override AsyncUnaryCall<GetBasketForOrderResponse> GetBasketForOrderAsync(
        GetBasketForOrderRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
    {
        return new(AnswerAsync(), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        async Task<GetBasketForOrderResponse> AnswerAsync()
        {
            await IsRead();
            return new() { Basket = Content };
        }
    }
}

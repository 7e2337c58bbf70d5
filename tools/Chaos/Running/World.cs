using System.Collections.Concurrent;
using Shop.Chaos.Actors;
using Shop.Chaos.Plans;
using Shop.Checker;
using Shop.Load;
using Shop.Load.Running;

namespace Shop.Chaos.Running;

/// <summary>The actors, and the record of what they did and were told.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>So many orders are being placed and followed at once; the next step waits.</summary>
    private const int MostOrders = 64;
    private const int MostOthers = 32;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly HttpClient _gateway;
    private readonly Provider _provider;
    private readonly Members _members;
    private readonly Products _products;
    private readonly Operator _operator;
    private readonly Ordering _ordering;
    private readonly ConcurrentBag<RequestedOrder> _orders = [];
    private readonly ConcurrentBag<Guid> _compensated = [];
    private readonly SemaphoreSlim _orderSlots = new(MostOrders);
    private readonly SemaphoreSlim _otherSlots = new(MostOthers);
    private readonly List<Task> _running = [];
    private int _placed;

    private World(HttpClient gateway, Provider provider, ShopCalls calls, Session @operator, Products products, RunSettings settings)
    {
        (_gateway, _provider, _products, Log) = (gateway, provider, products, calls.Log);
        _members = new(calls, mostKept: SoakPlan.ActiveMembers * 2);
        _operator = new(@operator, products);
        _ordering = new(products, new(_operator, settings.MostWait));
    }

    public RequestLog Log { get; }

    /// <summary>Orders that were begun.</summary>
    public int Placed => Volatile.Read(ref _placed);

    /// <summary>Orders whose requests have ended.</summary>
    public int Done => _orders.Count;

    public IReadOnlyDictionary<string, int> Faults => _provider.Counts;

    public ClientRecord Record => new()
    {
        Stock = _products.InitialStock,
        StockChanges = _products.Changes,
        Members = _members.Ids,
        CompensatedSagas = [.. _compensated],
        Orders = [.. _orders],
    };

    public static async Task<World> CreateAsync(ShopInfo shop, RunSettings settings, CancellationToken cancel)
    {
        var products = await ProductSetup.CreateAsync(shop, settings.Orders, cancel);
        var gateway = new HttpClient { BaseAddress = new Uri(shop.Gateway), Timeout = Timeout };
        var calls = new ShopCalls(gateway, new());
        var world = new World(gateway, new(shop), calls, new(calls, shop.Operator.Email, shop.Operator.Password), products, settings);
        for (var member = 0; member < SoakPlan.FirstMembers; member++)
        {
            if (await world._members.SignUp(member, step: 0, cancel) is null)
                throw new MistakeException($"no member could sign up: {string.Join(" ", world.Log.Unexpected.Concat(world.Log.Unanswered))}");
        }
        return world;
    }

    /// <summary>Begins the step. It waits only while too much is under way.</summary>
    public async Task DoAsync(Step step, CancellationToken cancel)
    {
        var slots = step is PlaceOrder ? _orderSlots : _otherSlots;
        await slots.WaitAsync(cancel);
        if (step is PlaceOrder { Orders: var orders })
            Interlocked.Add(ref _placed, orders);
        Forget();
        // Members are numbered before their sign-up has ended: orders of theirs wait for it.
        var signedUp = step is SignUp signUp ? _members.SignUp(signUp.Member, step.Number, cancel) : Task.CompletedTask;
        _running.Add(Task.Run(async () =>
        {
            try
            {
                await signedUp;
                await ActAsync(step, cancel);
            }
            finally
            {
                slots.Release();
            }
        }, cancel));
    }

    /// <summary>All steps have ended, and the provider has no faults.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_running);
        _running.Clear();
        await _provider.ClearAsync(cancel);
    }

    private Task ActAsync(Step step, CancellationToken cancel) => step switch
    {
        PlaceOrder order => OrderAsync(order, cancel),
        Restock restock => _operator.RestockAsync(restock, cancel),
        ChangePrice price => _operator.ChangePriceAsync(price, cancel),
        TouchSaga touch => TouchAsync(touch, cancel),
        InjectFaults faults => _provider.InjectAsync(faults, cancel),
        _ => Task.CompletedTask,
    };

    private async Task OrderAsync(PlaceOrder step, CancellationToken cancel)
    {
        if (await _members.FindAsync(step.Member) is not { } member)
            return;    // the sign-up failed, which is logged
        foreach (var order in await _ordering.OrderAsync(step, member, cancel))
            _orders.Add(order);
    }

    private async Task TouchAsync(TouchSaga step, CancellationToken cancel)
    {
        if (await _operator.TouchAsync(step, cancel) is { } saga)
            _compensated.Add(saga);
    }

    /// <summary>What has ended; a failure stays, and ends the run at the next check.</summary>
    private void Forget()
    {
        if (_running.Count > 2 * (MostOrders + MostOthers))
            _running.RemoveAll(task => task.IsCompletedSuccessfully);
    }

    public ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        _provider.Dispose();
        return ValueTask.CompletedTask;
    }
}

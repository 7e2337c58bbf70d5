namespace Shop.Checker.Tests.World;

/// <summary>A consistent shop, until a test plants a violation.</summary>
public sealed class SoundShop : IAsyncDisposable
{
    public const string Product = "b0000000-0000-7000-8000-000000000001";
    public const string Confirmed = "a0000000-0000-7000-8000-000000000001";
    public const string Voided = "a0000000-0000-7000-8000-000000000002";
    public const string Declined = "a0000000-0000-7000-8000-000000000003";
    public const string Cancelled = "a0000000-0000-7000-8000-000000000005";
    public const string Coupon = "c0000000-0000-7000-8000-000000000001";
    public const string Unused = "c0000000-0000-7000-8000-000000000002";
    public static readonly Guid Member = Guid.Parse("11111111-1111-7111-8111-111111111111");

    private readonly SoundData _data;
    private readonly Dictionary<string, string> _databases;

    private SoundShop(SoundData data, StubbedProvider provider) => (_data, _databases, Provider) = (data, data.Databases.ToDictionary(), provider);

    public StubbedProvider Provider { get; }

    public ClientRecord Record { get; set; } = new()
    {
        Stock = new Dictionary<Guid, long> { [Guid.Parse(Product)] = 10 },
        Orders = [new(Member, "key-1", Guid.Parse(Confirmed)), new(Member, "key-2", Guid.Parse(Voided)), new(Member, "key-3", null), new(Member, "key-5", Guid.Parse(Cancelled))],
    };

    public static async Task<SoundShop> OpenAsync(SoundData data)
    {
        var shop = new SoundShop(data, await StubbedProvider.StartAsync());
        shop.Provider.Charge("ch_1", $"{Confirmed}/authorise", captured: 2000);
        shop.Provider.Charge("ch_2", $"{Voided}/authorise", voided: true);
        shop.Provider.Charge("ch_5", $"{Cancelled}/authorise", captured: 2000, refunded: 2000);
        return shop;
    }

    public async Task PlantAsync(string service, string sql)
    {
        _databases[service] = await _data.CopyAsync(service);
        await SoundData.ExecuteAsync(_databases[service], sql);
    }

    public Task<Report> CheckAsync() =>
        Check.NowAsync(new(Provider.Address, _data.KafkaBootstrap, _databases), Record, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Provider.DisposeAsync();
}

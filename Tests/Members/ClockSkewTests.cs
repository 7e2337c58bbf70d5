using Grpc.Core;
using Shop.Members.Tests.Running;
using Shop.Testing;

namespace Shop.Members.Tests;

/// <summary>Two replicas on one new database. The clock of the first is five minutes ahead, so its key becomes active in the future of the second.</summary>
public sealed class ClockSkewTests(Infrastructure infrastructure) : IAsyncLifetime
{
    private readonly LogRecorder _log = new();
    private Replica _ahead = null!;
    private Replica _behind = null!;

    public async ValueTask InitializeAsync()
    {
        var clock = new ShiftedClock();
        clock.Advance(TimeSpan.FromMinutes(5));
        var database = await infrastructure.Postgres.CreateDatabaseAsync("members");
        _ahead = await Replica.StartAsync(database, infrastructure.Kafka.BootstrapServers, clock, _log);
        _behind = await Replica.StartAsync(database, infrastructure.Kafka.BootstrapServers, new ShiftedClock(), _log);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ahead is not null)
            await _ahead.DisposeAsync();
        if (_behind is not null)
            await _behind.DisposeAsync();
    }

    [Fact]
    public async Task Both_sign_people_in_at_once_and_each_takes_the_tokens_of_the_other()
    {
        foreach (var (here, there) in new[] { (_ahead, _behind), (_behind, _ahead) })
        {
            var gateway = await here.AsServiceAsync("gateway");
            var email = $"{Guid.CreateVersion7():N}@shop.test";
            await gateway.SignUpAsync(new() { Email = email, Password = "a good password", Name = "김하나", Language = "ko", ClientAddress = "10.2.0.1" });
            var tokens = (await gateway.SignInAsync(new() { Email = email, Password = "a good password", ClientAddress = "10.2.0.1" })).Tokens;

            await there.CheckKeysAsync();
            Assert.Equal(StatusCode.OK, await there.Client(tokens.AccessToken).GetProfileAsync(new()).StatusAsync());
            var refreshed = (await (await there.AsServiceAsync("gateway")).RefreshAsync(new() { RefreshToken = tokens.RefreshToken })).Tokens;
            await here.CheckKeysAsync();
            Assert.Equal(StatusCode.OK, await here.Client(refreshed.AccessToken).GetProfileAsync(new()).StatusAsync());
            await (await here.AsServiceAsync("gateway")).RefreshAsync(new() { RefreshToken = refreshed.RefreshToken });
        }
    }
}

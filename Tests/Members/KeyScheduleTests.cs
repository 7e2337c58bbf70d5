using Shop.Members.Keys;

namespace Shop.Members.Tests;

public sealed class KeyScheduleTests
{
    private static readonly SigningKeyOptions Options = new();
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_key_signs_at_once() => Assert.Equal(Now, KeySchedule.Next([], Options, Now));

    /// <summary>The state after the row of a stolen key was deleted, on the day before the next one signs.</summary>
    [Fact]
    public void Where_no_key_signs_one_is_made_that_signs_at_once() =>
        Assert.Equal(Now, KeySchedule.Next([Key("b", Now.AddHours(20))], Options, Now));

    [Theory]
    [InlineData(0, null)]
    [InlineData(28.9, null)]
    [InlineData(29, 30.0)]
    [InlineData(29.5, 30.5)]
    [InlineData(400, 401.0)]
    public void The_next_is_made_a_day_before_it_signs(double ageInDays, double? signsAtDay)
    {
        var key = Key("a", Now);

        Assert.Equal(signsAtDay is { } day ? Now.AddDays(day) : null, KeySchedule.Next([key], Options, Now.AddDays(ageInDays)));
    }

    [Fact]
    public void One_that_is_made_already_is_not_made_again() =>
        Assert.Null(KeySchedule.Next([Key("a", Now), Key("b", Now.AddDays(30))], Options, Now.AddDays(29.5)));

    [Fact]
    public void The_newest_that_is_active_signs()
    {
        SigningKey[] keys = [Key("b", Now.AddDays(30)), Key("a", Now)];

        Assert.Equal("a", Signing(29.9));
        Assert.Equal("b", Signing(30));

        string? Signing(double day) => KeySchedule.Signing(keys, key => key.ActiveFrom, Now.AddDays(day))?.Id;
    }

    [Fact]
    public void A_key_goes_a_day_after_the_next_one_signs_and_the_last_one_never()
    {
        SigningKey[] keys = [Key("a", Now), Key("b", Now.AddDays(30))];

        Assert.Empty(KeySchedule.Outdated(keys, Options, Now.AddDays(30.9)));
        Assert.Equal(["a"], KeySchedule.Outdated(keys, Options, Now.AddDays(31)).Select(key => key.Id));
        Assert.Empty(KeySchedule.Outdated([keys[1]], Options, Now.AddDays(5000)));
    }

    private static SigningKey Key(string id, DateTimeOffset activeFrom) =>
        new() { Id = id, PublicKey = [], EncryptedPrivateKey = [], CreatedAt = activeFrom, ActiveFrom = activeFrom };
}

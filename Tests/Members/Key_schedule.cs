using Shop.Members.Keys;

namespace Shop.Members.Tests;

public sealed class Key_schedule
{
    private static readonly SigningKeyOptions s_options = new();
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_key_signs_at_once() => Assert.Equal(s_now, KeySchedule.Next([], s_options, s_now));

    /// <summary>The state after the row of a stolen key was deleted, on the day before the next one signs.</summary>
    [Fact]
    public void Where_no_key_signs_one_is_made_that_signs_at_once() =>
        Assert.Equal(s_now, KeySchedule.Next([Key("b", s_now.AddHours(20))], s_options, s_now));

    [Theory]
    [InlineData(0, null)]
    [InlineData(28.9, null)]
    [InlineData(29, 30.0)]
    [InlineData(29.5, 30.5)]
    [InlineData(400, 401.0)]
    public void The_next_is_made_a_day_before_it_signs(double ageInDays, double? signsAtDay)
    {
        var key = Key("a", s_now);

        Assert.Equal(signsAtDay is { } day ? s_now.AddDays(day) : null, KeySchedule.Next([key], s_options, s_now.AddDays(ageInDays)));
    }

    [Fact]
    public void One_that_is_made_already_is_not_made_again() =>
        Assert.Null(KeySchedule.Next([Key("a", s_now), Key("b", s_now.AddDays(30))], s_options, s_now.AddDays(29.5)));

    [Fact]
    public void The_newest_that_is_active_signs()
    {
        SigningKey[] keys = [Key("b", s_now.AddDays(30)), Key("a", s_now)];

        Assert.Equal("a", Signing(29.9));
        Assert.Equal("b", Signing(30));

        string? Signing(double day) => KeySchedule.Signing(keys, key => key.ActiveFrom, s_now.AddDays(day))?.Id;
    }

    [Fact]
    public void A_key_goes_a_day_after_the_next_one_signs_and_the_last_one_never()
    {
        SigningKey[] keys = [Key("a", s_now), Key("b", s_now.AddDays(30))];

        Assert.Empty(KeySchedule.Outdated(keys, s_options, s_now.AddDays(30.9)));
        Assert.Equal(["a"], KeySchedule.Outdated(keys, s_options, s_now.AddDays(31)).Select(key => key.Id));
        Assert.Empty(KeySchedule.Outdated([keys[1]], s_options, s_now.AddDays(5000)));
    }

    private static SigningKey Key(string id, DateTimeOffset activeFrom) =>
        new() { Id = id, PublicKey = [], EncryptedPrivateKey = [], CreatedAt = activeFrom, ActiveFrom = activeFrom };
}

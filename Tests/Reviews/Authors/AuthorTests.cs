using Shop.Reviews.Authors;
using Shop.Reviews.Tests.Running;
using Shop.Testing;

namespace Shop.Reviews.Tests.Authors;

public sealed class AuthorTests(RunningReviews reviews)
{
    [Theory]
    [InlineData("김하나", "김**")]
    [InlineData("Minji Kim", "M********")]
    [InlineData("이", "이")]
    [InlineData("👩‍👩‍👧x", "👩‍👩‍👧*")]
    [InlineData("A👩‍👩‍👧", "A*")]
    [InlineData("🇰🇷한", "🇰🇷*")]
    public void A_name_is_its_first_character_and_a_star_for_each_other(string name, string masked) => Assert.Equal(masked, MaskedName.Of(name));

    /// <summary>The two events are of different topics: either may come first.</summary>
    [Fact]
    public async Task A_name_that_becomes_known_after_the_review_shows_with_it()
    {
        var product = reviews.Catalog.Add();
        var member = await reviews.ReceiverAsync(product);
        await reviews.WriteAsync(member, product);
        Assert.Equal("*", (await reviews.ListAsync(product)).Reviews.Single().Author);

        await reviews.Events.RegisteredAsync(member, "김하나");

        await Eventually.TrueAsync(async () => (await reviews.ListAsync(product)).Reviews.Single().Author == "김**", "the name shows", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Only_the_masked_name_is_kept()
    {
        var member = Guid.CreateVersion7();
        await reviews.Events.RegisteredAsync(member, "비밀이름");
        await reviews.Events.RegisteredAsync(member, "비밀이름");

        await Eventually.TrueAsync(async () => (await reviews.QueryAsync<string>("select name from authors where member_id = @member", new { member })).SingleOrDefault() == "비***",
            "the name is kept", TimeSpan.FromSeconds(30));
    }
}

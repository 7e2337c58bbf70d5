using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.ServiceDefaults.Tests.Paging;

public sealed class PageTokensTests
{
    private const string Base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private readonly PageTokens _tokens = new(Options.Create(new PageTokenOptions { Key = NewKey() }));
    private readonly Position _position = new("price", "keyboards", 129_900, Guid.CreateVersion7());

    [Fact]
    public void A_position_comes_back_as_it_was_written() =>
        Assert.Equal(_position, _tokens.Read<Position>("products", _tokens.Write("products", _position)));

    [Fact]
    public void Any_changed_bit_is_noticed()
    {
        var token = _tokens.Write("products", _position);

        for (var i = 0; i < token.Length; i++)
        {
            // Including the bits of the last character that base64 leaves unused.
            foreach (var other in Base64Alphabet.Where(letter => i == token.Length - 1 || letter == (token[i] == 'k' ? '7' : 'k')).Where(letter => letter != token[i]))
                AssertRefused(token[..i] + other + token[(i + 1)..]);
        }
    }

    [Theory]
    [InlineData(" {0}")]
    [InlineData("{0}\n")]
    [InlineData("{0}=")]
    public void A_token_has_one_spelling(string other) =>
        AssertRefused(string.Format(System.Globalization.CultureInfo.InvariantCulture, other, _tokens.Write("products", _position)));

    [Theory]
    [InlineData("한")]
    [InlineData("😀")]
    [InlineData("\"")]
    public void The_longest_search_fits_into_a_token(string letter)
    {
        var position = _position with { Sort = string.Concat(Enumerable.Repeat(letter, 200)), Category = string.Concat(Enumerable.Repeat(letter, 200)) };

        Assert.Equal(position, _tokens.Read<Position>("products", _tokens.Write("products", position)));
    }

    [Fact]
    public void A_token_of_another_list_is_refused() => AssertRefused(_tokens.Write("orders", _position));

    [Fact]
    public void A_token_with_another_key_is_refused() =>
        AssertRefused(new PageTokens(Options.Create(new PageTokenOptions { Key = NewKey() })).Write("products", _position));

    [Theory]
    [InlineData("x")]
    [InlineData("not base64 !")]
    [InlineData("AAAA")]
    [InlineData("====")]
    public void What_is_no_token_is_refused(string token) => AssertRefused(token);

    [Fact]
    public void A_token_is_refused_together_with_other_fields()
    {
        var check = new Check();
        check.Fail("pageSize", "must be 1 to 100");

        Assert.Null(_tokens.ReadOrDefault<Position>(check, "products", "AAAA"));
        Assert.Equal(["pageSize", "pageToken"], Assert.Throws<InvalidException>(check.ThrowIfAny).Errors.Keys);
        Assert.Equal(_position, _tokens.ReadOrDefault<Position>(new Check(), "products", _tokens.Write("products", _position)));
        Assert.Null(_tokens.ReadOrDefault<Position>(new Check(), "products", ""));
    }

    [Fact]
    public void A_token_of_another_callers_list_is_refused()
    {
        var check = new Check();
        var token = _tokens.Write("products", _position);

        Assert.Equal(_position, _tokens.ReadOrDefault<Position>(check, "products", token, position => position.Id == _position.Id));
        Assert.False(check.HasErrors);
        Assert.Null(_tokens.ReadOrDefault<Position>(check, "products", token, position => position.Id == Guid.Empty));
        Assert.Equal("pageToken", Assert.Throws<InvalidException>(check.ThrowIfAny).Errors.Keys.Single());
    }

    [Fact]
    public void A_token_of_any_length_is_refused_without_work() => AssertRefused(new string('A', 1_000_000));

    [Fact]
    public void A_position_of_another_shape_is_refused()
    {
        var error = Assert.Throws<InvalidException>(() => _tokens.Read<Position>("products", _tokens.Write("products", 5)));
        Assert.Equal("pageToken", error.Errors.Keys.Single());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_token_a_list_begins(string? token) => Assert.Null(_tokens.ReadOrDefault<Position>(new Check(), "products", token));

    [Theory]
    [InlineData(0, 20)]
    [InlineData(1, 1)]
    [InlineData(100, 100)]
    public void A_page_has_20_unless_said_otherwise(int requested, int size) => Assert.Equal(size, Page.Size(new Check(), requested));

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public void A_page_has_1_to_100(int requested)
    {
        var check = new Check();
        Page.Size(check, requested);

        Assert.Equal("pageSize", Assert.Throws<InvalidException>(check.ThrowIfAny).Errors.Keys.Single());
    }

    private void AssertRefused(string token) =>
        Assert.Equal("pageToken", Assert.Throws<InvalidException>(() => _tokens.Read<Position>("products", token)).Errors.Keys.Single());

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private sealed record Position(string Sort, string Category, long Price, Guid Id);
}

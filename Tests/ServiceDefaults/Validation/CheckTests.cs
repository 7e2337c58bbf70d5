using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.ServiceDefaults.Tests.Validation;

public sealed class CheckTests
{
    [Fact]
    public void Everything_that_is_wrong_is_reported_at_once()
    {
        var check = new Check();
        check.Line("name", "", 1, 100);
        check.Uuid("productId", "17");
        check.Range("items[0].quantity", 100, 1, 99);
        check.Range("price.amount", 0L, 1, 1_000_000_000_000);
        check.That(false, "items[0].quantity", "must be the last one");

        var errors = Assert.Throws<InvalidException>(check.ThrowIfAny).Errors;

        Assert.Equal(["name", "productId", "items[0].quantity", "price.amount"], errors.Keys);
        Assert.Equal(["must be 1 to 99", "must be the last one"], errors["items[0].quantity"]);
    }

    [Fact]
    public void Errors_of_another_service_are_added_without_those_that_follow_from_others()
    {
        var check = new Check();
        check.Fail("items[2]", "must be an object");
        check.Fail("items[10].quantity", "is missing");
        check.Fail("name.en", "must be text");
        check.Fail("price", "must be an object");
        check.Fail("email", "must be text");

        check.Add(new(new Dictionary<string, string[]>
        {
            ["items[2].quantity"] = ["must be 1 to 99"], ["items[1].quantity"] = ["must be 1 to 99", "is odd"], ["items[10]"] = ["is in another line already"],
            ["name"] = ["is missing"], ["price.amount"] = ["must be 1"], ["priceList"] = ["is unknown"], ["email"] = ["is missing"],
        }));

        var errors = Assert.Throws<InvalidException>(check.ThrowIfAny).Errors;
        Assert.Equal(["email", "items[10]", "items[1].quantity", "items[2]", "name", "price", "priceList"], errors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["must be text"], errors["email"]);
        Assert.Equal(["must be 1 to 99", "is odd"], errors["items[1].quantity"]);
    }

    [Fact]
    public void What_is_right_passes_as_it_was_given()
    {
        var check = new Check();
        var id = Guid.CreateVersion7();

        Assert.Equal("  키보드 ", check.Line("name", "  키보드 ", 1, 100));
        Assert.Equal("a\r\n\tb", check.Text("text", "a\r\n\tb", 1, 100));
        Assert.Equal("", check.Line("line2", null, 0, 200));
        Assert.Equal(id, check.Uuid("productId", id.ToString()));
        Assert.Equal(99, check.Range("quantity", 99, 1, 99));
        check.ThrowIfAny();
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("", "is missing")]
    [InlineData(" \u3000", "must not be blank")]
    [InlineData("a\nb", "must not have control characters or line breaks")]
    [InlineData("a\u2028b", "must not have control characters or line breaks")]
    [InlineData("a\u0000", "must not have control characters or line breaks")]
    [InlineData("a\u0085", "must not have control characters or line breaks")]
    [InlineData("abcdef", "must have 1 to 5 characters")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "must have 1 to 5 characters")]
    public void A_line_that_is_wrong_is_refused_with_the_reason(string? line, string fault)
    {
        var check = new Check();
        check.Line("name", line, 1, 5);

        Assert.Equal([fault], Assert.Throws<InvalidException>(check.ThrowIfAny).Errors["name"]);
    }

    [Theory]
    [InlineData('\uD83D')]
    [InlineData('\uDE00')]
    public void Half_a_character_is_refused(char half)
    {
        var check = new Check();
        check.Text("text", $"a{half}", 1, 5);

        Assert.True(check.HasErrors);
    }

    [Fact]
    public void Nul_is_refused_in_a_text_as_well()
    {
        var check = new Check();
        check.Text("text", "a\0", 1, 5);

        Assert.True(check.HasErrors);
    }

    [Fact]
    public void A_character_outside_the_basic_plane_counts_once()
    {
        var check = new Check();

        Assert.Equal("😀😀😀😀😀", check.Line("name", "😀😀😀😀😀", 1, 5));
        Assert.False(check.HasErrors);
        check.Line("name", "😀😀😀😀😀😀", 1, 5);
        Assert.True(check.HasErrors);
    }

    [Theory]
    [InlineData("{0198c0de-0000-7000-8000-000000000001}")]
    [InlineData("0198c0de000070008000000000000001")]
    [InlineData(" 0198c0de-0000-7000-8000-000000000001")]
    public void An_id_has_one_form(string text)
    {
        var check = new Check();

        Assert.Equal(Guid.Empty, check.Uuid("id", text));
        Assert.True(check.HasErrors);
    }
}

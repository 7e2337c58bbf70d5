using Grpc.Core;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Shop.Members.Tests.Running;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Members.Tests;

public sealed class SignUpTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    [Fact]
    public async Task A_new_member_can_sign_in_and_see_the_profile()
    {
        var person = await members.SignUpAsync("Hana@Shop.Test");

        var tokens = await members.SignInAsync(person with { Email = "hANA@sHOP.tEST" });
        var profile = await members.First.Client(tokens.AccessToken).GetProfileAsync(new());

        Assert.Equal((person.Id, "Hana@Shop.Test", "김하나", "ko"), (profile.MemberId, profile.Email, profile.Name, profile.Language));
    }

    [Fact]
    public async Task The_event_is_in_the_outbox_with_the_account()
    {
        var person = await members.SignUpAsync();

        var payload = await members.QueryAsync<byte[]>(
            "select payload from messaging.outbox where topic = 'shop.members.v1' and key = @Id", new { person.Id });

        var registered = MemberRegistered.Parser.ParseFrom(Assert.Single(payload));
        Assert.Equal((person.Id, "김하나", "ko", person.Email), (registered.MemberId, registered.Name, registered.Language, registered.Email));
    }

    [Fact]
    public async Task An_address_that_differs_only_in_case_is_taken()
    {
        var person = await members.SignUpAsync();

        var refusal = await SignUpAsync(person.Email.ToUpperInvariant()).RefusedAsync(StatusCode.AlreadyExists);

        Assert.Equal("email_taken", refusal.Reason());
    }

    [Theory]
    [InlineData("e\u0301va", "éva")]
    [InlineData("é\u0301va", "E\u0301\u0301VA")]
    [InlineData("\u1112\u1161\u11ABna", "한NA")]
    public async Task A_decomposed_address_is_the_same_address(string inPieces, string asOne)
    {
        var domain = members.SomeEmail().Replace('@', '.');
        foreach (var (first, second) in new[] { (inPieces, asOne), (asOne, inPieces) })
        {
            var email = $"{first}@{domain}{(first == asOne ? "" : ".example")}";
            var person = await members.SignUpAsync(email);
            var other = email.Replace(first, second, StringComparison.Ordinal);

            Assert.Equal("email_taken", (await SignUpAsync(other).RefusedAsync(StatusCode.AlreadyExists)).Reason());
            await members.SignInAsync(person with { Email = other });
        }
    }

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u00AD")]
    [InlineData("\uFEFF")]
    [InlineData("\u202E")]
    [InlineData("\u2060")]
    [InlineData("\u3164")]
    [InlineData("\uFE0F")]
    public async Task An_address_has_nothing_that_nobody_can_see(string unseen)
    {
        var email = members.SomeEmail();
        foreach (var other in new[] { unseen + email, email.Insert(3, unseen), email.Insert(email.IndexOf('@') + 2, unseen), email + unseen })
            Assert.Equal(["email"], (await SignUpAsync(other).RefusedAsync(StatusCode.InvalidArgument)).Fields());
    }

    [Fact]
    public async Task Accounts_from_before_there_was_one_form_can_sign_in_and_of_two_with_one_address_the_older()
    {
        var (alone, older, younger) = (await members.SignUpAsync(), await members.SignUpAsync(), await members.SignUpAsync());
        await members.QueryAsync<int>("""
            update accounts set normalised_email = case id when @alone::uuid then normalize('한alone@shop.test', nfd) when @older::uuid then normalize('ḍ̇older@shop.test', nfd)
                else U&'\1E0B\0323older@shop.test' end
            where id in (@alone::uuid, @older::uuid, @younger::uuid) returning 1
            """, new { alone = alone.Id, older = older.Id, younger = younger.Id });

        await members.First.InScopeAsync<MembersDb>(async db =>
        {
            var migrator = db.GetService<IMigrator>();
            await migrator.MigrateAsync("20261121140608_Initial", TestContext.Current.CancellationToken);
            await migrator.MigrateAsync(cancellationToken: TestContext.Current.CancellationToken);
        });

        await members.SignInAsync(alone with { Email = "한alone@shop.test" });
        await members.SignInAsync(older with { Email = "ḍ̇older@shop.test" });
    }

    [Fact]
    public async Task Of_concurrent_sign_ups_with_one_address_one_succeeds()
    {
        var email = members.SomeEmail();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => SignUpAsync(i % 2 == 0 ? email : email.ToUpperInvariant()).StatusAsync()));

        Assert.Equal(1, answers.Count(answer => answer == StatusCode.OK));
        Assert.Equal(9, answers.Count(answer => answer == StatusCode.AlreadyExists));
        Assert.Equal([1], await members.QueryAsync<int>("select count(*)::int from accounts where normalised_email = @email", new { email }));
    }

    [Fact]
    public async Task A_password_is_stored_as_its_hash_only()
    {
        var person = await members.SignUpAsync();

        var hash = Assert.Single(await members.QueryAsync<string>("select password_hash from accounts where id = @Id::uuid", new { person.Id }));

        Assert.DoesNotContain(person.Password, hash, StringComparison.Ordinal);
        Assert.DoesNotContain(hash, (await members.QueryAsync<string>("select password_hash from accounts where id <> @Id::uuid", new { person.Id })));
    }

    [Theory]
    [InlineData("", "", "", "", "email language name password")]
    [InlineData("no address", "short", " ", "fr", "email language name password")]
    [InlineData("a@b@c", "0123456789", "a\nb", "KO", "email language name")]
    [InlineData("@b.kr", "0123456789", "n", "ko", "email")]
    [InlineData("a@", "0123456789", "n", "ko", "email")]
    [InlineData("a..b@c.kr", "0123456789", "\u200B", "ko", "email name")]
    [InlineData("a@c.kr.", "0123456789", "n", "ko", "email")]
    [InlineData("<a@c.kr>", "0123456789", "n", "ko", "email")]
    [InlineData("a @b.kr", "0123456789", "n", "ko", "email")]
    [InlineData("a\0@b.kr", "01234\056789", "n\0", "ko", "email name password")]
    public async Task All_bad_fields_are_named(string email, string password, string name, string language, string fields)
    {
        var refusal = await members.Gateway.SignUpAsync(new() { Email = email, Password = password, Name = name, Language = language, ClientAddress = members.SomeClient() })
            .RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(fields.Split(' '), refusal.Fields());
        Assert.All(refusal.FieldErrors().Values, messages => Assert.Single(messages));
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("")]
    [InlineData("   ")]
    public async Task What_is_no_text_is_no_credential_either(string text)
    {
        var client = members.SomeClient();

        var up = await members.Gateway.SignUpAsync(new() { Email = text, Password = text, Name = text, Language = text, ClientAddress = client }).RefusedAsync(StatusCode.InvalidArgument);
        var @in = await members.Gateway.SignInAsync(new() { Email = text, Password = text, ClientAddress = client }).RefusedAsync(StatusCode.InvalidArgument);
        var refresh = await members.Gateway.RefreshAsync(new() { RefreshToken = text }).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["email", "language", "name", "password"], up.Fields());
        Assert.Equal(["email", "password"], @in.Fields());
        Assert.Equal(["refreshToken"], refresh.Fields());
    }

    public static TheoryData<string> Unseen => ["\u200B", "\u3164\u3164", "\u2800", "\u202E\u202C", "\u115F", "\u00AD", "\uFEFF", "\u3000"];

    [Theory, MemberData(nameof(Unseen))]
    public async Task A_name_is_something_that_can_be_seen(string unseen) =>
        Assert.Equal(["name"], (await NamedAsync(unseen).RefusedAsync(StatusCode.InvalidArgument)).Fields());

    [Fact]
    public async Task Lengths_are_counted_in_characters_not_in_bytes()
    {
        Assert.Equal(StatusCode.OK, await NamedAsync(new string('김', 100)).StatusAsync());
        Assert.Equal(StatusCode.OK, await NamedAsync(string.Concat(Enumerable.Repeat("😀", 100))).StatusAsync());
        Assert.Equal(["name"], (await NamedAsync(new string('김', 101)).RefusedAsync(StatusCode.InvalidArgument)).Fields());
    }

    [Fact]
    public async Task What_is_typed_in_pieces_is_kept_in_one_form()
    {
        var email = members.SomeEmail();
        await members.Gateway.SignUpAsync(new() { Email = "e\u0301" + email, Password = "\u1112\u1161\u11AB345678901", Name = "\u1112\u1161\u11AB", Language = "ko", ClientAddress = members.SomeClient() });

        var tokens = await members.SignInAsync(new("é" + email, "한345678901"));
        var profile = await members.First.Client(tokens.AccessToken).GetProfileAsync(new());

        Assert.Equal(("é" + email, "한"), (profile.Email, profile.Name));
    }

    [Fact]
    public async Task A_request_that_is_only_validated_makes_no_account_and_is_no_guess()
    {
        var email = members.SomeEmail();
        var request = new SignUpRequest { Email = email, Password = "a good password", Name = "n", Language = "en", ClientAddress = members.SomeClient(), ValidateOnly = true };

        Assert.Equal(new SignUpResponse(), await members.Gateway.SignUpAsync(request));
        Assert.Equal([0], await members.QueryAsync<int>("select count(*)::int from accounts where email = @email", new { email }));

        // More guesses than are allowed.
        for (var i = 0; i < 10; i++)
            Assert.Equal(new SignInResponse(), await members.Gateway.SignInAsync(new() { Email = email, Password = "a guess", ClientAddress = members.SomeClient(), ValidateOnly = true }));
        Assert.Equal(["password"], (await members.Gateway.SignInAsync(new() { Email = email, ValidateOnly = true }).RefusedAsync(StatusCode.InvalidArgument)).Fields());
        request.ValidateOnly = false;
        await members.Gateway.SignUpAsync(request);
        await members.SignInAsync(new(email, "a good password"));
    }

    [Theory]
    [InlineData(254, StatusCode.OK)]
    [InlineData(255, StatusCode.InvalidArgument)]
    public async Task An_address_has_at_most_254_characters(int length, StatusCode expected)
    {
        var email = new string('a', length - 10) + "@shop.test";

        Assert.Equal(expected, await SignUpAsync(email).StatusAsync());
    }

    private AsyncUnaryCall<SignUpResponse> NamedAsync(string name) =>
        members.Gateway.SignUpAsync(new() { Email = "a@b.kr", Password = "0123456789", Name = name, Language = "ko", ClientAddress = members.SomeClient(), ValidateOnly = true });

    private AsyncUnaryCall<SignUpResponse> SignUpAsync(string email) =>
        members.Gateway.SignUpAsync(new() { Email = email, Password = "a good password", Name = "n", Language = "en", ClientAddress = members.SomeClient() });
}

using Grpc.Core;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Members.Accounts;
using Shop.Members.Limits;
using Shop.Members.Tests.Running;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Members.Tests;

public sealed class SignInTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    [Fact]
    public async Task A_token_says_who_in_which_role_and_nothing_else()
    {
        var person = await members.SignUpAsync();

        var tokens = await members.SignInAsync(person);

        var token = new JsonWebToken(tokens.AccessToken);
        Assert.Equal(["aud", "exp", "iat", "iss", "jti", "role", "sub"], token.Claims.Select(claim => claim.Type).Order(StringComparer.Ordinal));
        Assert.Equal((person.Id, "shop", Replica.Issuer, "ES256"), (token.Subject, Assert.Single(token.Audiences), token.Issuer, token.Alg));
        Assert.Equal("member", token.GetClaim("role").Value);
        Assert.NotEmpty(token.Kid);
        Assert.Equal(TimeSpan.FromMinutes(15), token.ValidTo - token.IssuedAt);
        Assert.Equal(900, tokens.ExpiresIn);
    }

    /// <summary>Keyboards of different systems send the same Korean letters composed or decomposed.</summary>
    [Fact]
    public async Task A_composed_and_a_decomposed_password_are_the_same()
    {
        const string whole = "비밀번호는 길다 é", inPieces = "\u1107\u1175\u1106\u1175\u11AF\u1107\u1165\u11AB\u1112\u1169\u1102\u1173\u11AB \u1100\u1175\u11AF\u1103\u1161 e\u0301";
        foreach (var (set, typed) in new[] { (whole, inPieces), (inPieces, whole) })
        {
            var email = members.SomeEmail();
            await members.Gateway.SignUpAsync(new() { Email = email, Password = set, Name = "n", Language = "ko", ClientAddress = members.SomeClient() });

            await members.SignInAsync(new(email, typed));
            await members.SignInAsync(new(email, set));
        }
    }

    [Fact]
    public async Task The_operator_is_there_from_the_start()
    {
        var tokens = await members.SignInAsync(new("operator@SHOP.local", Replica.OperatorPassword));

        Assert.Equal("operator", new JsonWebToken(tokens.AccessToken).GetClaim("role").Value);
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_are_answered_the_same()
    {
        var person = await members.SignUpAsync();

        var wrong = await SignInAsync(person.Email, "a wrong password").RefusedAsync(StatusCode.Unauthenticated);
        var unknown = await SignInAsync(members.SomeEmail(), "a wrong password").RefusedAsync(StatusCode.Unauthenticated);

        Assert.Equal(wrong.Status.Detail, unknown.Status.Detail);
        Assert.Equal(wrong.Reason(), unknown.Reason());
    }

    [Fact]
    public async Task An_unknown_address_costs_as_much_as_a_wrong_password()
    {
        var person = await members.SignUpAsync();

        var known = await WorkOfAsync(person.Email);
        var unknown = await WorkOfAsync(members.SomeEmail());

        Assert.Equal([1000], known);
        Assert.Equal(known, unknown);

        // The rounds of every hash that was computed for a sign-in.
        async Task<List<int>> WorkOfAsync(string email)
        {
            var before = members.First.Hasher.Verified.Count;
            await SignInAsync(email, "a wrong password").RefusedAsync(StatusCode.Unauthenticated);
            return [.. members.First.Hasher.Verified.Skip(before).Select(Rounds)];
        }
    }

    [Fact]
    public void Outside_tests_a_hash_takes_100_000_rounds() =>
        Assert.Equal(100_000, Rounds(new CountingHasher(Options.Create(new PasswordHasherOptions())).HashPassword(null!, "x")));

    [Fact]
    public async Task A_flood_is_refused_before_any_work_and_counts_as_no_guess()
    {
        var person = await members.SignUpAsync();
        var passwords = members.First.Services.GetRequiredService<Passwords>();
        var line = new List<IDisposable>();
        try
        {
            while (line.Count < 1000)
                line.Add(passwords.TakePermit());
        }
        catch (TooManyException)
        {
            // The maximum length.
        }

        for (var i = 0; i < 6; i++)
        {
            var refusal = await SignInAsync(person.Email, person.Password).RefusedAsync(StatusCode.ResourceExhausted);
            Assert.Equal(TimeSpan.FromSeconds(1), refusal.RetryAfter());
        }

        line.ForEach(place => place.Dispose());
        Assert.Equal(Math.Max(1, Environment.ProcessorCount / 2) + 128, line.Count);
        await members.SignInAsync(person);
    }

    [Fact]
    public async Task No_more_hashes_are_computed_at_once_than_allowed()
    {
        var hasher = new ConcurrencyCountingHasher();
        using var passwords = new Passwords(hasher, Options.Create(new LimitOptions { HashesAtOnce = 2 }));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => passwords.VerifyAsync("hash", "x", TestContext.Current.CancellationToken))));

        Assert.InRange(hasher.Most, 1, 2);
    }

    [Fact]
    public async Task The_password_of_an_unknown_account_is_never_right()
    {
        using var passwords = new Passwords(new AcceptingHasher(), Options.Create(new LimitOptions()));

        Assert.Equal(PasswordVerificationResult.Failed, await passwords.VerifyAsync(null, "x", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("", "", "email password")]
    [InlineData("a\0b", "\0", "email password")]
    public async Task Impossible_credentials_are_invalid_fields(string email, string password, string fields)
    {
        var refusal = await SignInAsync(email, password).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(fields.Split(' '), refusal.Fields());
    }

    [Fact]
    public async Task A_hash_that_is_weaker_than_hashes_are_now_is_renewed()
    {
        var person = await members.SignUpAsync();
        var weak = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 500 })).HashPassword(null!, person.Password);
        await members.QueryAsync<int>("update accounts set password_hash = @weak where id = @Id::uuid", new { weak, person.Id });

        await members.SignInAsync(person);

        var hash = Assert.Single(await members.QueryAsync<string>("select password_hash from accounts where id = @Id::uuid", new { person.Id }));
        Assert.Equal(1000, Rounds(hash));
        await members.SignInAsync(person);
    }

    private AsyncUnaryCall<V1.SignInResponse> SignInAsync(string email, string password) =>
        members.Gateway.SignInAsync(new() { Email = email, Password = password, ClientAddress = members.SomeClient() });

    // Version byte, PRF (4 bytes), rounds (4 bytes), …
    private static int Rounds(string hash) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));

    private sealed class ConcurrencyCountingHasher : IPasswordHasher<Account>
    {
        private int _now;

        public int Most { get; private set; }

        public string HashPassword(Account user, string password) => "hash";

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Most = Math.Max(Most, Interlocked.Increment(ref _now));
            Thread.SpinWait(20_000);
            Interlocked.Decrement(ref _now);
            return PasswordVerificationResult.Success;
        }
    }

    private sealed class AcceptingHasher : IPasswordHasher<Account>
    {
        public string HashPassword(Account user, string password) => "hash";

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) => PasswordVerificationResult.Success;
    }
}

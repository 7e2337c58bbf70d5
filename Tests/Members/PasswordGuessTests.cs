using Grpc.Core;
using Shop.Members.Tests.Running;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using static Shop.Members.V1.MembersService;

namespace Shop.Members.Tests;

public sealed class PasswordGuessTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    private const string Wrong = "a wrong password";

    [Fact]
    public async Task After_five_failures_an_account_waits_for_half_a_minute()
    {
        var person = await members.SignUpAsync();
        await FailAsync(person.Email, 5);

        var refusal = await GuessAsync(person.Email, Wrong).RefusedAsync(StatusCode.ResourceExhausted);

        Assert.InRange(refusal.RetryAfter()!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task During_a_wait_the_right_password_is_refused_too_and_the_wait_grows_no_longer()
    {
        var person = await members.SignUpAsync();
        await FailAsync(person.Email, 5);

        for (var i = 0; i < 6; i++)
            await GuessAsync(person.Email, i % 2 == 0 ? person.Password : Wrong).RefusedAsync(StatusCode.ResourceExhausted);
        members.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(StatusCode.OK, await GuessAsync(person.Email, person.Password).StatusAsync());
    }

    [Fact]
    public async Task Five_more_double_the_wait_up_to_a_quarter_of_an_hour()
    {
        var person = await members.SignUpAsync();

        foreach (var seconds in new[] { 30, 60, 120, 240, 480, 900, 900 })
        {
            await FailAsync(person.Email, 5);
            var wait = (await GuessAsync(person.Email, Wrong).RefusedAsync(StatusCode.ResourceExhausted)).RetryAfter()!.Value;
            Assert.InRange(wait, TimeSpan.FromSeconds(seconds - 10), TimeSpan.FromSeconds(seconds));
            members.Clock.Advance(wait + TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_success_ends_the_row()
    {
        var person = await members.SignUpAsync();
        await FailAsync(person.Email, 4);
        await members.SignInAsync(person);

        await FailAsync(person.Email, 5);

        await GuessAsync(person.Email, Wrong).RefusedAsync(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task An_address_without_an_account_waits_as_well_in_any_case()
    {
        var email = members.SomeEmail();
        await FailAsync(email, 3);
        await FailAsync(email.ToUpperInvariant(), 2);

        await GuessAsync(email, Wrong).RefusedAsync(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Guesses_at_once_and_over_all_replicas_are_five_in_all()
    {
        var person = await members.SignUpAsync();
        MembersServiceClient[] replicas = [members.Gateway, await members.Second.AsServiceAsync("gateway")];

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => GuessAsync(person.Email, Wrong, replicas[i % 2]).StatusAsync()));

        Assert.Equal(5, answers.Count(answer => answer == StatusCode.Unauthenticated));
        Assert.Equal(35, answers.Count(answer => answer == StatusCode.ResourceExhausted));
    }

    [Fact]
    public async Task The_right_password_signs_in_on_twenty_devices_at_once()
    {
        var person = await members.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GuessAsync(person.Email, person.Password).StatusAsync()));

        Assert.All(answers, answer => Assert.Equal(StatusCode.OK, answer));
    }

    [Fact]
    public async Task Of_an_address_that_failed_no_more_than_a_hash_is_kept()
    {
        var email = members.SomeEmail();
        await FailAsync(email, 1);

        var rows = await members.QueryAsync<string>("select encode(address_hash, 'escape') from guessed_accounts");

        Assert.NotEmpty(rows);
        Assert.DoesNotContain(rows, row => row.Contains("shop.test", StringComparison.Ordinal));
    }

    private async Task FailAsync(string email, int times)
    {
        for (var i = 0; i < times; i++)
            await GuessAsync(email, Wrong).RefusedAsync(StatusCode.Unauthenticated);
    }

    // From another client each time, since the limit is per account.
    private AsyncUnaryCall<SignInResponse> GuessAsync(string email, string password, MembersServiceClient? replica = null) =>
        (replica ?? members.Gateway).SignInAsync(new() { Email = email, Password = password, ClientAddress = members.SomeClient() });
}

using Grpc.Core;
using Shop.Members.Limits;
using Shop.Members.Tests.Running;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using static Shop.Members.V1.MembersService;

namespace Shop.Members.Tests;

public sealed class ClientAddressTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    [Fact]
    public async Task An_address_fails_100_times_a_minute()
    {
        var person = await members.SignUpAsync();
        var client = members.SomeClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 110).Select(_ => GuessAsync(members.SomeEmail(), client).StatusAsync()));

        Assert.Equal(100, answers.Count(answer => answer == StatusCode.Unauthenticated));
        Assert.Equal(10, answers.Count(answer => answer == StatusCode.ResourceExhausted));
        var refusal = await SignInAsync(person, client).RefusedAsync(StatusCode.ResourceExhausted);
        Assert.InRange(refusal.RetryAfter()!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

        members.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(StatusCode.OK, await SignInAsync(person, client).StatusAsync());
    }

    [Fact]
    public async Task Successes_and_guesses_that_an_account_refused_do_not_count()
    {
        var (person, waiting, client) = (await members.SignUpAsync(), members.SomeEmail(), members.SomeClient());
        for (var i = 0; i < 5; i++)
            await GuessAsync(waiting, members.SomeClient()).RefusedAsync(StatusCode.Unauthenticated);

        for (var i = 0; i < 60; i++)
        {
            await SignInAsync(person, client);
            await GuessAsync(waiting, client).RefusedAsync(StatusCode.ResourceExhausted);
        }

        Assert.Equal([0], await members.QueryAsync<int>("select used from address_uses where address = @client and kind = 'failed_sign_in'", new { client }));
    }

    [Fact]
    public async Task An_address_signs_up_120_times_a_minute()
    {
        var client = members.SomeClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 125).Select(_ => SignUpAsync(client).StatusAsync()));

        Assert.Equal(120, answers.Count(answer => answer == StatusCode.OK));
        Assert.Equal(5, answers.Count(answer => answer == StatusCode.ResourceExhausted));
        members.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(StatusCode.OK, await SignUpAsync(client).StatusAsync());
    }

    [Fact]
    public async Task Only_the_gateway_is_trusted_to_state_the_client_address()
    {
        var member = members.First.Client((await members.SignInAsync(await members.SignUpAsync())).AccessToken);
        MembersServiceClient[] liars = [members.First.Anonymous, member, await members.First.AsServiceAsync("ordering")];
        var clients = liars.Select(_ => members.SomeClient()).ToArray();

        foreach (var (liar, client) in liars.Zip(clients))
            await GuessAsync(members.SomeEmail(), client, liar).RefusedAsync(StatusCode.Unauthenticated);

        Assert.Empty(await members.QueryAsync<string>("select address from address_uses where address = any(@clients)", new { clients }));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("", "unknown")]
    [InlineData("no address", "unknown")]
    public void A_caller_is_an_address_or_the_network_that_one_customer_has(string address, string caller) =>
        Assert.Equal(caller, ClientAddress.Normalise(address));

    private AsyncUnaryCall<SignInResponse> GuessAsync(string email, string client, MembersServiceClient? caller = null) =>
        (caller ?? members.Gateway).SignInAsync(new() { Email = email, Password = "a wrong password", ClientAddress = client });

    private AsyncUnaryCall<SignInResponse> SignInAsync(Person person, string client) =>
        members.Gateway.SignInAsync(new() { Email = person.Email, Password = person.Password, ClientAddress = client });

    private AsyncUnaryCall<SignUpResponse> SignUpAsync(string client) =>
        members.Gateway.SignUpAsync(new() { Email = members.SomeEmail(), Password = "a good password", Name = "n", Language = "en", ClientAddress = client });
}

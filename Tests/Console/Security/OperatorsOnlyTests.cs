using System.Net;
using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Security;

public sealed class OperatorsOnlyTests(RunningConsole shop)
{
    [Fact]
    public async Task A_member_who_signs_in_is_refused_with_the_reason_and_has_no_session()
    {
        shop.Gateway.Reset();
        (shop.Gateway.IsOperator, shop.Gateway.Members.Name) = (false, $"{Guid.CreateVersion7()}");
        var browser = shop.Browser("en");
        var answer = await browser.PostAsync("/sign-in", ("email", StandInMembers.Email), ("password", StandInMembers.Password));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("This account is not an operator's", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-console", browser.Cookies.Keys);
        Assert.Empty(await shop.QueryAsync<int>("select 1 from sessions where name = @name", new { name = shop.Gateway.Members.Name }));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/")).Status);
    }

    [Fact]
    public async Task An_operator_gets_in_while_the_services_do_not_answer()
    {
        shop.Gateway.Reset();
        shop.Gateway.Ops("GET /api/v1/ops/order-history/rebuild", _ => Answer.Problem(503, "timed_out", "No answer."));
        Assert.Equal("/ko", (await shop.Browser().SignInAsync()).Location);
    }

    [Fact]
    public async Task Nobody_gets_in_while_the_gateway_itself_does_not_answer()
    {
        shop.Gateway.Reset();
        shop.Gateway.On("GET /api/v1/me", _ => Answer.None);
        var browser = shop.Browser();
        var answer = await browser.PostAsync("/sign-in", ("email", StandInMembers.Email), ("password", StandInMembers.Password));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.DoesNotContain("__Host-console", browser.Cookies.Keys);
    }

    [Fact]
    public async Task Without_a_session_every_page_leads_to_the_sign_in_and_every_form_does_nothing()
    {
        shop.Gateway.Reset();
        var pages = ConsolePaths.Pages(shop).Where(path => path != "/sign-in").ToList();
        Assert.InRange(pages.Count, 20, 100);
        foreach (var path in pages)
        {
            var answer = await shop.Browser().GetAsync(path);
            Assert.True(answer.Status == HttpStatusCode.SeeOther && answer.Location!.StartsWith("/ko/sign-in?return=", StringComparison.Ordinal), $"{path}: {answer.Status}");
        }

        foreach (var path in ConsolePaths.Forms(shop).Where(path => path != "/sign-in"))
            Assert.True((await shop.Browser().PostAsync(path, ("reason", "x"))).Status == HttpStatusCode.SeeOther, path);
        Assert.DoesNotContain(shop.Gateway.Calls, call => call.Path.StartsWith("/api/v1/ops", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_no_operator_any_more_sees_nothing()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        shop.Gateway.IsOperator = false;
        foreach (var path in new[] { "/", "/sagas", "/orders", "/dead-letters", $"/sagas/{StandInGateway.Saga}/compensate" })
            Assert.True((await browser.GetAsync(path)).Status == HttpStatusCode.Forbidden, path);
    }
}

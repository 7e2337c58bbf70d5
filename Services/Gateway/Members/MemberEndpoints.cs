using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using static Shop.Members.V1.MembersService;

namespace Shop.Gateway.Members;

internal static class MemberEndpoints
{
    private const string ClientAddressHeader = "Shop-Client-Address";

    public static void MapMembers(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("Members");

        api.MapPost("/members", SignUpAsync).AllowAnyone()
            .WithName("signUp").WithSummary("Signs up.").Takes<SignUpBody>(SignUpBody.Example).Answers(409);
        api.MapPost("/sessions", SignInAsync).AllowAnyone()
            .WithName("signIn").WithSummary("Signs in: tokens for a password.").Takes<SignInBody>(SignInBody.Example).Answers(401);
        api.MapPost("/sessions/refresh", RefreshAsync).AllowAnyone()
            .WithName("refreshSession").WithSummary("New tokens for a refresh token, which is used up by it.").Takes<RefreshBody>(RefreshBody.Example).Answers(401);
        api.MapGet("/me", MeAsync).AllowMembers()
            .WithName("getProfile").WithSummary("The member whose token the call carries.").Answers(401, 403);
    }

    private static async Task<Created<SignedUp>> SignUpAsync(HttpContext http, MembersServiceClient members, CancellationToken cancel)
    {
        var body = await JsonBody.ReadAsync(http.Request, cancel);
        var request = SignUpBody.Read(body);
        request.ClientAddress = http.ClientAddress();
        var answer = await body.Check.AnswerAsync(members.SignUpAsync(request, cancellationToken: cancel));
        return TypedResults.Created("/api/v1/me", new SignedUp(answer.MemberId));
    }

    private static async Task<Ok<SessionView>> SignInAsync(HttpContext http, MembersServiceClient members, CancellationToken cancel)
    {
        var body = await JsonBody.ReadAsync(http.Request, cancel);
        var request = SignInBody.Read(body);
        request.ClientAddress = http.ClientAddress();
        var answer = await body.Check.AnswerAsync(members.SignInAsync(request, cancellationToken: cancel));
        return TypedResults.Ok(SessionView.Of(answer.Tokens));
    }

    private static async Task<Ok<SessionView>> RefreshAsync(HttpContext http, MembersServiceClient members, CancellationToken cancel)
    {
        var request = RefreshBody.Read(await JsonBody.ReadAsync(http.Request, cancel));
        var answer = await members.RefreshAsync(request, cancellationToken: cancel);
        return TypedResults.Ok(SessionView.Of(answer.Tokens));
    }

    private static async Task<Ok<ProfileView>> MeAsync(MembersServiceClient members, CancellationToken cancel)
    {
        var me = await members.GetProfileAsync(new(), cancellationToken: cancel);
        return TypedResults.Ok(new ProfileView(me.MemberId, me.Email, me.Name, me.Language));
    }

    /// <summary>
    /// For the limits per address. Storefront and console call for their readers: with their own tokens they are believed whose address that is, and nobody else is, since a caller could
    /// state another address with every guess. Behind a proxy of one's own, ASPNETCORE_FORWARDEDHEADERS_ENABLED makes it the browser's again.
    /// </summary>
    private static string ClientAddress(this HttpContext http) =>
        http.Caller().ServiceName is "storefront" or "console" && http.Request.Headers[ClientAddressHeader].ToString() is { Length: > 0 } stated
            ? stated
            : http.Connection.RemoteIpAddress?.ToString() ?? "";
}

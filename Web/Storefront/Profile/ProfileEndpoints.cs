using Shop.Design.Pages;
using Shop.Design.Sessions;

namespace Shop.Storefront.Profile;

internal static class ProfileEndpoints
{
    public static void MapProfile(this IEndpointRouteBuilder app) => app.MapPage("/profile", async (GatewayClient gateway, CancellationToken cancel) =>
        View.Of<ProfilePage>(await gateway.GetMineAsync<MemberProfile>("/api/v1/me", cancel)));
}

using Shop.Members.Accounts;
using Shop.Members.Keys;
using Shop.Members.Sessions;
using Shop.Persistence;

namespace Shop.Members;

internal static class WarmUp
{
    public static void AddMembersWarmUp(this IHostApplicationBuilder builder) => builder.AddRehearsal<MembersDb>("a sign-up and a sign-in", async (services, cancel) =>
    {
        // An address of its own for each replica: they wait for each other's otherwise. Client addresses are nobody's, so nobody's limit counts this.
        var (email, client) = ($"{Guid.CreateVersion7():N}@warm-up.invalid", $"warm-up {Guid.CreateVersion7():N}");
        var password = Guid.CreateVersion7().ToString();
        await services.GetRequiredService<RotateKeys>().LoadedAsync(cancel);
        await services.GetRequiredService<SignUp>().HandleAsync(new() { Email = email, Password = password, Name = "-", Language = "ko" }, client, cancel);
        await services.GetRequiredService<SignIn>().HandleAsync(new() { Email = email, Password = password }, client, cancel);
    });
}

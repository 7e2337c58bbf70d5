using Shop.Members.Accounts;
using Shop.Members.Keys;
using Shop.Members.Sessions;
using Shop.Persistence;

namespace Shop.Members;

internal static class WarmUp
{
    public static void AddMembersWarmUp(this IHostApplicationBuilder builder) => builder.AddRehearsal<MembersDb>("a sign-up and a sign-in", async (services, cancel) =>
    {
        // A unique e-mail address, so that replicas do not wait for each other's locks, and a unique client address, so that no real limit is counted.
        var (email, client) = ($"{Guid.CreateVersion7():N}@warm-up.invalid", $"warm-up {Guid.CreateVersion7():N}");
        var password = Guid.CreateVersion7().ToString();
        await services.GetRequiredService<RotateKeys>().LoadedAsync(cancel);
        await services.GetRequiredService<SignUp>().HandleAsync(new() { Email = email, Password = password, Name = "-", Language = "ko" }, client, cancel);
        await services.GetRequiredService<SignIn>().HandleAsync(new() { Email = email, Password = password }, client, cancel);
    });
}

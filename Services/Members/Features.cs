using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Shop.Members.Accounts;
using Shop.Members.Keys;
using Shop.Members.Limits;
using Shop.Members.Sessions;
using Shop.Members.Tokens;
using Shop.Persistence;
using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Members;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<RotateKeys>("signing-keys");
        return services
            .AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>()
            .AddSingleton<Passwords>()
            .AddScoped<GuessLimit>()
            .AddScoped<AddressLimit>()
            .AddSingleton<RefreshTokens>()
            .AddScoped<SignUp>()
            .AddScoped<SignIn>()
            .AddScoped<Refresh>()
            .AddScoped<GetProfile>()
            .AddScoped<OperatorAccount>()
            .AddWorker<EnsureOperator>()
            .AddSingleton<KeyEncryption>()
            .AddSingleton<KeyRing>()
            .AddSingleton<ITokenKeys>(provider => provider.GetRequiredService<KeyRing>())
            .AddScoped<KeyStore>()
            .AddWorker<RotateKeys>()
            .AddSingleton<TokenIssuer>()
            .AddSingleton<MemberTokens>()
            .AddScoped<IssueServiceToken>()
            .AddPurge(_ => new("sessions", "expires_at <= now() - $1", TimeSpan.Zero))
            .AddPurge(provider => new("guessed_accounts", "last_at <= now() - $1", provider.GetRequiredService<IOptions<LimitOptions>>().Value.ForgetGuessesAfter))
            .AddPurge(provider => new("address_uses", "started_at <= now() - $1", provider.GetRequiredService<IOptions<LimitOptions>>().Value.Window));
    }
}

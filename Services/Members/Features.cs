using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Shop.Members.Accounts;
using Shop.Members.Keys;
using Shop.Members.Limits;
using Shop.Members.Sessions;
using Shop.Members.Tokens;
using Shop.Persistence;
using Shop.ServiceDefaults;

namespace Shop.Members;

internal static class Features
{
    public static void AddFeatures(this WebApplicationBuilder builder)
    {
        builder.AddValidatedOptions<IssuingOptions>("Tokens");
        builder.AddValidatedOptions<SigningKeyOptions>("SigningKeys");
        builder.AddValidatedOptions<RefreshOptions>("Sessions");
        builder.AddValidatedOptions<LimitOptions>("Limits");
        builder.AddValidatedOptions<OperatorOptions>("Operator");

        builder.Services
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
            .AddHostedService<EnsureOperator>();

        builder.Services
            .AddSingleton<KeyEncryption>()
            .AddSingleton<KeyRing>()
            .AddSingleton<ITokenKeys>(services => services.GetRequiredService<KeyRing>())
            .AddScoped<KeyStore>()
            .AddSingleton<RotateKeys>()
            .AddHostedService(services => services.GetRequiredService<RotateKeys>())
            .AddSingleton<TokenIssuer>()
            .AddSingleton<MemberTokens>()
            .AddScoped<IssueServiceToken>()
            .AddPurge(_ => new("sessions", "expires_at <= now() - $1", TimeSpan.Zero))
            .AddPurge(services => new("guessed_accounts", "last_at <= now() - $1", services.GetRequiredService<IOptions<LimitOptions>>().Value.ForgetGuessesAfter))
            .AddPurge(services => new("address_uses", "started_at <= now() - $1", services.GetRequiredService<IOptions<LimitOptions>>().Value.Window));

        builder.Services.AddHealthChecks().AddCheck<RotateKeys>("signing-keys");
    }
}

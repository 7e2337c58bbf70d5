using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.Persistence.Replicas;
using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

namespace Shop.Notifications.Mails;

internal static class MailExtensions
{
    public static void AddMail(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<MailOptions>(MailOptions.Section);
        builder.Services
            .AddSingleton<IMailServer>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Host.Length > 0
                ? ActivatorUtilities.CreateInstance<SmtpMailServer>(provider)
                : ActivatorUtilities.CreateInstance<MailFolder>(provider))
            .AddScoped<MailOutbox>()
            .AddSingleton<DeliverMails>()
            .AddSingleton(new LeaseRelease("update mails set leased_by = null, due_at = now() where leased_by = any($1)"))
            .AddWorker<MailWorker>()
            .AddWorker<MailStatistics>()
            .AddPurge(provider => new("mails", "ended_at < now() - $1", provider.GetRequiredService<IOptions<MailOptions>>().Value.Retention))
            .AddHealthChecks().AddCheck<MailWorker>(MailWorker.HealthCheck, HealthStatus.Degraded);
    }
}

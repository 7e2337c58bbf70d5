using System.Globalization;

namespace Shop.AppHost.Services;

internal static class MailExtensions
{
    /// <summary>
    /// Where mails go: the server or the folder of <c>Shop:Mail</c>; otherwise Mailpit, if PostgreSQL and Kafka are containers; otherwise files in the folder of the data.
    /// A published shop gets its server's address as parameters.
    /// </summary>
    public static IResourceBuilder<ProjectResource> SendsMail(this IResourceBuilder<ProjectResource> notifications)
    {
        var builder = notifications.ApplicationBuilder;
        var settings = ShopSettings.Of(builder);
        if (builder.ExecutionContext.IsPublishMode)
        {
            return notifications
                .WithEnvironment("Mail__Host", builder.AddParameter("mail-host", "mail.shop.local", publishValueAsDefault: true).WithDescription("The SMTP server."))
                .WithEnvironment("Mail__Port", builder.AddParameter("mail-port", "25", publishValueAsDefault: true).WithDescription("Its port."))
                .WithEnvironment("Mail__From", builder.AddParameter("mail-from", "shop@shop.local", publishValueAsDefault: true).WithDescription("The address of the sender."));
        }

        if (settings.Mail.Host.Length > 0)
            return notifications.WithEnvironment("Mail__Host", settings.Mail.Host).WithEnvironment("Mail__Port", settings.Mail.Port.ToString(CultureInfo.InvariantCulture));

        if (settings.Mail.Folder.Length > 0)
            return notifications.WithEnvironment("Mail__Folder", settings.InRepository(settings.Mail.Folder));

        return builder.ChooseInfrastructure() is InfrastructureKind.Containers
            ? notifications.SendsMailTo(builder.AddMailpit())
            : notifications.WithEnvironment("Mail__Folder", DataFolder.Mail(settings));
    }

    private static IResourceBuilder<ProjectResource> SendsMailTo(this IResourceBuilder<ProjectResource> notifications, IResourceBuilder<ContainerResource> mailpit)
    {
        var smtp = mailpit.GetEndpoint("smtp");
        return notifications
            .WithEnvironment("Mail__Host", smtp.Property(EndpointProperty.Host))
            .WithEnvironment("Mail__Port", smtp.Property(EndpointProperty.Port));
    }

    /// <summary>A server that delivers nothing and shows everything. Nobody waits for it: mails do.</summary>
    private static IResourceBuilder<ContainerResource> AddMailpit(this IDistributedApplicationBuilder builder) => builder
        .AddContainer("mailpit", "axllent/mailpit", "v1.27")
        .WithEndpoint(targetPort: 1025, scheme: "tcp", name: "smtp")
        .WithHttpEndpoint(targetPort: 8025, name: "http")
        .WithUrlForEndpoint("http", url => url.DisplayText = "Mails")
        .WithIconName("Mail");
}

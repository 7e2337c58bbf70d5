using Shop.GrpcClients;
using Shop.Messaging.Comparison;
using Shop.Persistence.Workers;
using Shop.ServiceDefaults.Configuration;
using Client = Shop.Messaging.V1.OperationsService.OperationsServiceClient;

namespace Shop.Gateway.MissedMessages;

internal static class MissedMessagesExtensions
{
    public static void AddMessageComparison(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<MessageComparisonOptions>(MessageComparisonOptions.Section);
        builder.Services.AddSingleton(services =>
        {
            var clients = services.GetRequiredService<UpstreamClients<Client>>();
            return new MessageComparison(clients.Of, clients.Services, services.GetRequiredService<ILogger<MessageComparison>>());
        });
        builder.Services.AddWorker<CompareMessages>();
    }
}

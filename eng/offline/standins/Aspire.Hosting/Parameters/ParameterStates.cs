using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal static class ParameterStates
{
    public static CustomResourceSnapshot Initial(string type) => new()
    {
        ResourceType = type,
        Properties = [],
        State = KnownResourceStates.Waiting,
    };

    /// <summary>Reads the value of each parameter, so that a missing one shows before a service fails for it.</summary>
    public static async Task PublishAsync(
        IEnumerable<ParameterResource> parameters, ResourceNotificationService notifications, ResourceLoggerService logs, CancellationToken cancel)
    {
        foreach (var parameter in parameters)
        {
            try
            {
                var value = await parameter.GetValueAsync(cancel).ConfigureAwait(false);
                await notifications.PublishUpdateAsync(parameter, s => s with
                {
                    State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
                    Properties = s.Properties.Set(KnownProperties.ParameterValue, value, parameter.Secret)
                        .Set(KnownProperties.Source, parameter.IsConnectionString ? $"ConnectionStrings:{parameter.Name}" : $"Parameters:{parameter.Name}"),
                }).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                ParameterLog.NoValue(logs.GetLogger(parameter), e, parameter.Name);
                var state = e is MissingParameterValueException ? KnownResourceStates.ValueMissing : "Error initializing parameter";
                await notifications.PublishUpdateAsync(parameter, s => s with
                {
                    State = new ResourceStateSnapshot(state, KnownResourceStateStyles.Error),
                }).ConfigureAwait(false);
            }
        }
    }
}

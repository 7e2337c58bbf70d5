using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;
using Status = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;
using Protocol = Aspire.Hosting.Dashboard.Protocol;

namespace Aspire.Hosting.Dashboard;

/// <summary>A snapshot in the dashboard's words.</summary>
internal static class ResourceMapping
{
    public static Protocol.Resource ToMessage(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        var message = new Protocol.Resource
        {
            Name = change.ResourceId,
            DisplayName = change.Resource.Name,
            Uid = change.ResourceId,
            ResourceType = snapshot.ResourceType,
            IsHidden = snapshot.IsHidden,
            CreatedAt = Time(snapshot.CreationTimeStamp),
            StartedAt = Time(snapshot.StartTimeStamp),
            StoppedAt = Time(snapshot.StopTimeStamp),
            SupportsDetailedTelemetry = true,
        };
        if (snapshot.State is { } state)
            message.State = state.Text;
        if (snapshot.State?.Style is { } style)
            message.StateStyle = style;
        if (snapshot.IconName is { } icon)
            (message.IconName, message.IconVariant) = (icon, Variant(snapshot.IconVariant));

        message.Environment.AddRange(snapshot.EnvironmentVariables.Select(ToMessage));
        message.Properties.AddRange(Properties(snapshot).Select(ToMessage));
        message.Urls.AddRange(snapshot.Urls.Select(ToMessage));
        message.HealthReports.AddRange(snapshot.HealthReports.Select(ToMessage));
        message.Commands.AddRange(snapshot.Commands.Select(ToMessage));
        message.Relationships.AddRange(snapshot.Relationships.Select(r => new Protocol.ResourceRelationship { ResourceName = r.ResourceName, Type = r.Type }));
        return message;
    }

    private static IEnumerable<ResourcePropertySnapshot> Properties(CustomResourceSnapshot snapshot) => snapshot.ExitCode is { } code
        ? snapshot.Properties.Set(KnownProperties.ExitCode, code)
        : snapshot.Properties;

    private static Protocol.EnvironmentVariable ToMessage(EnvironmentVariableSnapshot variable)
    {
        var message = new Protocol.EnvironmentVariable { Name = variable.Name, IsFromSpec = variable.IsFromSpec };
        if (variable.Value is not null)
            message.Value = variable.Value;
        return message;
    }

    private static Protocol.ResourceProperty ToMessage(ResourcePropertySnapshot property) => new()
    {
        Name = property.Name,
        IsSensitive = property.IsSensitive,
        Value = ToValue(property.Value),
    };

    private static Value ToValue(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        bool truth => Value.ForBool(truth),
        int number => Value.ForNumber(number),
        IEnumerable list => Value.ForList([.. list.Cast<object?>().Select(ToValue)]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static Protocol.Url ToMessage(UrlSnapshot url)
    {
        var message = new Protocol.Url
        {
            FullUrl = url.Url,
            IsInternal = url.IsInternal,
            IsInactive = url.IsInactive,
            DisplayProperties = new Protocol.UrlDisplayProperties
            {
                DisplayName = url.DisplayProperties.DisplayName,
                SortOrder = url.DisplayProperties.SortOrder,
            },
        };
        if (url.Name is not null)
            message.EndpointName = url.Name;
        return message;
    }

    private static Protocol.HealthReport ToMessage(HealthReportSnapshot report)
    {
        var message = new Protocol.HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = Time(report.LastRunAt),
        };
        if (report.Status is { } status)
        {
            message.Status = status switch
            {
                Status.Healthy => Protocol.HealthStatus.Healthy,
                Status.Degraded => Protocol.HealthStatus.Degraded,
                _ => Protocol.HealthStatus.Unhealthy,
            };
        }

        return message;
    }

    private static Protocol.ResourceCommand ToMessage(ResourceCommandSnapshot command)
    {
        var message = new Protocol.ResourceCommand
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            IsHighlighted = command.IsHighlighted,
            State = (Protocol.ResourceCommandState)command.State,
        };
        if (command.ConfirmationMessage is not null)
            message.ConfirmationMessage = command.ConfirmationMessage;
        if (command.DisplayDescription is not null)
            message.DisplayDescription = command.DisplayDescription;
        if (command.IconName is { } icon)
            (message.IconName, message.IconVariant) = (icon, Variant(command.IconVariant));
        return message;
    }

    private static Protocol.IconVariant Variant(IconVariant? variant) =>
        variant == IconVariant.Filled ? Protocol.IconVariant.Filled : Protocol.IconVariant.Regular;

    private static Timestamp? Time(DateTime? time) => time is { } known ? Timestamp.FromDateTime(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;
}

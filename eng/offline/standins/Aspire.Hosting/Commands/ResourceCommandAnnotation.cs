namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that can be done to a resource, from the dashboard or by code.</summary>
public sealed class ResourceCommandAnnotation(
    string name,
    string displayName,
    Func<UpdateCommandStateContext, ResourceCommandState> updateState,
    Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
    string? displayDescription,
    object? parameter,
    string? confirmationMessage,
    string? iconName,
    IconVariant? iconVariant,
    bool isHighlighted) : IResourceAnnotation
{
    public string Name { get; } = name;

    public string DisplayName { get; } = displayName;

    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; } = updateState;

    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;

    public string? DisplayDescription { get; } = displayDescription;

    internal object? Parameter { get; } = parameter;

    public string? ConfirmationMessage { get; } = confirmationMessage;

    public string? IconName { get; } = iconName;

    public IconVariant? IconVariant { get; } = iconVariant;

    public bool IsHighlighted { get; } = isHighlighted;
}

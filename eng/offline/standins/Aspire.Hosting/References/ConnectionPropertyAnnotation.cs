namespace Aspire.Hosting.ApplicationModel;

/// <summary>A further part of a connection, passed on next to the resource's own.</summary>
public sealed class ConnectionPropertyAnnotation(string name, ReferenceExpression referenceExpression) : IResourceAnnotation
{
    public string Name { get; } = name;

    public ReferenceExpression Value { get; } = referenceExpression;
}

using Shop.ServiceDefaults.Access;

namespace Shop.ServiceDefaults;

/// <summary>Any signed-in account may call this.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowMembersAttribute : Attribute, IAccessRule
{
    bool IAccessRule.Admits(Caller caller) => caller.IsMember;
}

/// <summary>Operators may call this.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowOperatorsAttribute : Attribute, IAccessRule
{
    bool IAccessRule.Admits(Caller caller) => caller.IsOperator;
}

/// <summary>The services named, with a token made for this service, may call this.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowServicesAttribute(params string[] services) : Attribute, IAccessRule
{
    public IReadOnlyList<string> Services { get; } = services;

    bool IAccessRule.Admits(Caller caller) => caller.ServiceName is { } name && Services.Contains(name);
}

/// <summary>Everybody may call this, with a token or without one. For what comes before signing in, and for what is public.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowAnyoneAttribute : Attribute, IAccessRule
{
    bool IAccessRule.Admits(Caller caller) => true;
}

using Shop.ServiceDefaults.Access;

namespace Shop.ServiceDefaults.Access;

/// <summary>Members and operators may call the endpoint.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowMembersAttribute : Attribute, IAccessRule
{
    bool IAccessRule.Admits(Caller caller) => caller.IsMember;
}

/// <summary>Operators may call the endpoint.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowOperatorsAttribute : Attribute, IAccessRule
{
    bool IAccessRule.Admits(Caller caller) => caller.IsOperator;
}

/// <summary>The named services may call the endpoint, with a token for this service.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowServicesAttribute(params string[] services) : Attribute, IAccessRule
{
    /// <summary>The services' resource names.</summary>
    public IReadOnlyList<string> Services { get; } = services;

    bool IAccessRule.Admits(Caller caller) => caller.ServiceName is { } name && Services.Contains(name);
}

/// <summary>Anyone may call the endpoint, with or without a token. For sign-in and public data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowAnyoneAttribute : Attribute, IAccessRule
{
    bool IAccessRule.Admits(Caller caller) => true;
}

using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults.Access;

/// <summary>The caller: a member, an operator (who has an account like a member), another service, or anonymous. Immutable.</summary>
public sealed record Caller
{
    private Caller()
    {
    }

    /// <summary>A caller without a valid token.</summary>
    public static Caller Anonymous { get; } = new();

    /// <summary>The account of a member or operator; otherwise null.</summary>
    public Guid? MemberId { get; private init; }

    /// <summary>An operator.</summary>
    public bool IsOperator { get; private init; }

    /// <summary>The calling service's resource name, such as "ordering"; otherwise null.</summary>
    public string? ServiceName { get; private init; }

    /// <summary>A member or an operator.</summary>
    public bool IsMember => MemberId is not null;

    /// <summary>Another service.</summary>
    public bool IsService => ServiceName is not null;

    /// <summary>The calling account, for operations that require one.</summary>
    /// <exception cref="UnauthenticatedException">The caller is a service or anonymous.</exception>
    public Guid Member => MemberId ?? throw new UnauthenticatedException();

    /// <summary>A member.</summary>
    public static Caller OfMember(Guid memberId) => new() { MemberId = memberId };

    /// <summary>An operator.</summary>
    public static Caller OfOperator(Guid memberId) => new() { MemberId = memberId, IsOperator = true };

    /// <summary>A service, by its resource name.</summary>
    public static Caller OfService(string name) => new() { ServiceName = name };

    /// <summary>
    /// Whether the caller may see data of that member: the member, operators, and services (which are restricted by method).
    /// </summary>
    public bool May(Guid memberId) => MemberId == memberId || IsOperator || IsService;
}

namespace Shop.ServiceDefaults;

/// <summary>Who calls: a member, an operator (who has an account like a member), another service, or nobody that is known.</summary>
public sealed record Caller
{
    private Caller()
    {
    }

    public static Caller Anonymous { get; } = new();

    /// <summary>The account, for members and operators.</summary>
    public Guid? MemberId { get; private init; }

    public bool IsOperator { get; private init; }

    /// <summary>The calling service, by its resource name: "ordering".</summary>
    public string? ServiceName { get; private init; }

    public bool IsMember => MemberId is not null;

    public bool IsService => ServiceName is not null;

    public bool IsAnonymous => !IsMember && !IsService;

    /// <summary>The account that calls, for what only somebody with an account can do.</summary>
    /// <exception cref="UnauthenticatedException">It is a service, or nobody that is known.</exception>
    public Guid Member => MemberId ?? throw new UnauthenticatedException();

    public static Caller OfMember(Guid memberId) => new() { MemberId = memberId };

    public static Caller OfOperator(Guid memberId) => new() { MemberId = memberId, IsOperator = true };

    public static Caller OfService(string name) => new() { ServiceName = name };

    /// <summary>
    /// Whether what belongs to that member may be shown: to the member, to operators, and to services (which methods those may call is said there).
    /// </summary>
    public bool May(Guid memberId) => MemberId == memberId || IsOperator || IsService;
}

using System.Collections.Concurrent;

namespace Shop.Chaos.Actors;

/// <summary>The members, by the numbers that they have in the plan. Old ones are forgotten: the plan does not name them any more.</summary>
internal sealed class Members(ShopCalls calls, int mostKept)
{
    private readonly ConcurrentDictionary<int, Task<Member?>> _members = new();
    private readonly ConcurrentBag<Guid> _ids = [];

    /// <summary>The ids of all who ever signed up.</summary>
    public IReadOnlyList<Guid> Ids => [.. _ids];

    public Task<Member?> SignUp(int number, int step, CancellationToken cancel)
    {
        _members.TryRemove(number - mostKept, out _);
        return _members[number] = Task.Run(async () =>
        {
            var member = await Member.SignUpAsync(calls, step, cancel);
            if (member is not null)
                _ids.Add(member.Id);
            return member;
        }, cancel);
    }

    /// <summary>Waits for the sign-up.</summary>
    public Task<Member?> FindAsync(int number) => _members.GetValueOrDefault(number) ?? Task.FromResult<Member?>(null);
}

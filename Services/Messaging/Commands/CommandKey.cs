using Shop.ServiceDefaults;

namespace Shop.Messaging.Commands;

/// <summary>A step's idempotency key taken apart: <c>{scope}/{name}/{do|undo}</c>. Forward and back are about the same scope and name.</summary>
internal readonly record struct CommandKey(Guid Scope, string Name)
{
    private const int LongestName = 100;

    public static CommandKey Parse(string key, string direction)
    {
        var parts = key.Split('/');
        if (parts.Length == 3 && Guid.TryParseExact(parts[0], "D", out var scope) && parts[1].Length is > 0 and <= LongestName && !parts[1].Contains('\0') && parts[2] == direction)
            return new(scope, parts[1]);
        throw new InvalidException("idempotencyKey", $"must have the form <uuid>/<step>/{direction}.");
    }
}

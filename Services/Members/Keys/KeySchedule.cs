namespace Shop.Members.Keys;

/// <summary>When keys are created, sign and are removed. Pure functions: the same rows and time give the same result on every replica.</summary>
internal static class KeySchedule
{
    /// <summary>The newest active key.</summary>
    public static T? Signing<T>(IEnumerable<T> keys, Func<T, DateTimeOffset> activeFrom, DateTimeOffset now) where T : class =>
        keys.Where(key => activeFrom(key) <= now).MaxBy(activeFrom);

    /// <returns>When a key that has to be created now begins to sign; null if none has to be created.</returns>
    public static DateTimeOffset? Next(IReadOnlyCollection<SigningKey> keys, SigningKeyOptions options, DateTimeOffset now)
    {
        // There is no key yet, or the signing key was revoked and its successor is not active. A key that services still have to fetch is better than none.
        if (Signing(keys, key => key.ActiveFrom, now) is null)
            return now;

        var due = keys.Max(key => key.ActiveFrom) + options.RotationInterval;
        var earliest = now + options.PublishBefore;
        return earliest < due ? null : earliest;
    }

    /// <summary>Keys whose successor has signed for so long that all of their tokens have expired.</summary>
    public static IEnumerable<SigningKey> Outdated(IReadOnlyCollection<SigningKey> keys, SigningKeyOptions options, DateTimeOffset now) =>
        keys.Where(key => keys.Any(other => other.ActiveFrom > key.ActiveFrom && other.ActiveFrom <= now - options.KeepAfter));
}

namespace Shop.Members.Keys;

/// <summary>When keys come, sign and go. Pure: the same rows and time give every replica the same answer.</summary>
public static class KeySchedule
{
    /// <summary>The newest that is active already.</summary>
    public static T? Signing<T>(IEnumerable<T> keys, Func<T, DateTimeOffset> activeFrom, DateTimeOffset now) where T : class =>
        keys.Where(key => activeFrom(key) <= now).MaxBy(activeFrom);

    /// <returns>When a key that has to be made now is to begin signing; null when none has to be made.</returns>
    public static DateTimeOffset? Next(IReadOnlyCollection<SigningKey> keys, SigningKeyOptions options, DateTimeOffset now)
    {
        // The very first; or the one that signed has been taken back, and its successor may be a day away. Better a key that services have yet to fetch than none.
        if (Signing(keys, key => key.ActiveFrom, now) is null)
            return now;

        var due = keys.Max(key => key.ActiveFrom) + options.RotateEvery;
        var earliest = now + options.PublishBefore;
        return earliest < due ? null : earliest;
    }

    /// <summary>Those whose successor has signed for so long that no token of theirs can be good any more.</summary>
    public static IEnumerable<SigningKey> Outdated(IReadOnlyCollection<SigningKey> keys, SigningKeyOptions options, DateTimeOffset now) =>
        keys.Where(key => keys.Any(other => other.ActiveFrom > key.ActiveFrom && other.ActiveFrom <= now - options.KeepAfter));
}

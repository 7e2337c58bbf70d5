using System.Text;

namespace Shop.Messaging.Outbox;

internal static class Shards
{
    /// <summary>Fixed by the schema: rows store their shard.</summary>
    public const int Count = 16;

    /// <summary>The shard of a key. FNV-1a: the same in every process and version.</summary>
    public static short Of(string key)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(key))
            hash = (hash ^ b) * 16777619u;
        return (short)((hash ^ (hash >> 16)) % Count);
    }
}

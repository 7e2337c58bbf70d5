namespace Shop.MockBroker;

internal sealed record Arguments(int Port, int Partitions, IReadOnlyList<string> Topics)
{
    /// <summary>Null: invalid arguments.</summary>
    public static Arguments? Parse(string[] args)
    {
        int? port = null;
        var partitions = 12;
        var topics = new List<string>();

        foreach (var pair in args.Chunk(2))
        {
            switch (pair)
            {
                case ["--port", var text] when ushort.TryParse(text, out var number):
                    port = number;
                    break;
                case ["--partitions", var text] when int.TryParse(text, out var number) && number > 0:
                    partitions = number;
                    break;
                case ["--topic", { Length: > 0 } topic]:
                    topics.Add(topic);
                    break;
                default:
                    return null;
            }
        }

        return port is null ? null : new(port.Value, partitions, topics);
    }
}

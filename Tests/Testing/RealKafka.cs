using System.Text.RegularExpressions;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Shop.Testing;

/// <summary>One node of a Kafka distribution (KRaft) at <c>KAFKA_HOME</c>.</summary>
public sealed partial class RealKafka : KafkaBroker
{
    private readonly string _folder;
    private readonly int _port;
    private ServerProcess _process;

    private RealKafka(string folder, int port, ServerProcess process) => (_folder, _port, _process) = (folder, port, process);

    public static string? Home { get; } = Environment.GetEnvironmentVariable("KAFKA_HOME") is { Length: > 0 } home ? home : null;

    public override string BootstrapServers => $"localhost:{_port}";

    public override bool IsReal => true;

    /// <param name="further">Further settings of the broker: <c>auto.create.topics.enable=true</c>. The last one of a name counts.</param>
    public static Task<RealKafka> StartAsync(params string[] further) => StartInAsync(TestFolder.New("kafka"), further);

    /// <param name="folder">An existing one, which the broker then owns.</param>
    /// <param name="further">Further settings of the broker.</param>
    public static async Task<RealKafka> StartInAsync(string folder, params string[] further)
    {
        var home = Home ?? throw new InvalidOperationException(WhyNoRealOne);
        var (port, controller) = (Ports.Free(), Ports.Free());
        var settings = await File.ReadAllTextAsync(Path.Combine(home, "config", "server.properties"));
        settings = LogDirs().Replace(settings, $"log.dirs={Path.Combine(folder, "data")}");
        settings = settings.Replace("9092", $"{port}", StringComparison.Ordinal).Replace("9093", $"{controller}", StringComparison.Ordinal)
            .Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        // Tests wait for sessions to expire: the broker's default minimum of 6 s would be too long.
        settings = string.Join('\n', [settings, "group.min.session.timeout.ms=1000", .. further]);
        await File.WriteAllTextAsync(Path.Combine(folder, "server.properties"), settings);

        // An id that starts with '-' would be parsed as an option.
        await using (var format = Run(folder, "kafka-storage.sh", ["format", "-t", Convert.ToBase64String(Guid.CreateVersion7().ToByteArray())[..22].Replace('+', 'A').Replace('/', 'B'), "-c", "server.properties"]))
            await Eventually.TrueAsync(() => format.HasExited, "the storage is formatted", TimeSpan.FromSeconds(30));

        var broker = new RealKafka(folder, port, Server(folder));
        await broker.ReadyAsync();
        return broker;
    }

    public override async Task CreateTopicAsync(string topic, int partitions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        try
        {
            await admin.CreateTopicsAsync([new() { Name = topic, NumPartitions = partitions, ReplicationFactor = 1 }], new() { RequestTimeout = TimeSpan.FromSeconds(10) });
        }
        catch (CreateTopicsException failure) when (failure.Results.TrueForAll(result => result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // The service that owns it has created it.
        }
    }

    /// <summary>Returns when the topic is deleted.</summary>
    public async Task DeleteTopicAsync(string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        await admin.DeleteTopicsAsync([topic], new() { RequestTimeout = TimeSpan.FromSeconds(10) });
        await Eventually.TrueAsync(() => admin.GetMetadata(TimeSpan.FromSeconds(5)).Topics.TrueForAll(known => known.Topic != topic), "the topic is gone");
    }

    /// <summary>The number of partitions of a topic; 0: it does not exist.</summary>
    public int PartitionsOf(string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        return admin.GetMetadata(TimeSpan.FromSeconds(5)).Topics.SingleOrDefault(known => known.Topic == topic)?.Partitions.Count ?? 0;
    }

    /// <summary>Empties the broker, so that a test sees only its own events.</summary>
    public async Task DeleteTopicsAsync()
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        List<string> Topics() => [.. admin.GetMetadata(TimeSpan.FromSeconds(5)).Topics.Select(topic => topic.Topic).Where(topic => !topic.StartsWith("__", StringComparison.Ordinal))];
        if (Topics() is { Count: > 0 } topics)
            await admin.DeleteTopicsAsync(topics, new() { RequestTimeout = TimeSpan.FromSeconds(10) });
        await Eventually.TrueAsync(() => Topics().Count == 0, "the topics are gone");
    }

    /// <summary>A broker that cannot write to its only log folder ends its process.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Limits the size of the broker's files until its restart, as if the disk were full.</summary>
    public async Task LimitFilesAsync(long bytes)
    {
        using var limit = System.Diagnostics.Process.Start("prlimit", ["--pid", $"{_process.Id}", $"--fsize={bytes}:"]);
        await limit.WaitForExitAsync();
        if (limit.ExitCode != 0)
            throw new InvalidOperationException("prlimit has refused.");
    }

    public Task KillAsync() => _process.KillAsync();

    public Task StopAsync() => _process.StopAsync();

    /// <summary>Restarts it with its data.</summary>
    public async Task StartAgainAsync()
    {
        await _process.DisposeAsync();
        _process = Server(_folder);
        await ReadyAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        TestFolder.Delete(_folder);
    }

    private static ServerProcess Server(string folder) => Run(folder, "kafka-server-start.sh", ["server.properties"]);

    private static ServerProcess Run(string folder, string script, IEnumerable<string> arguments) =>
        ServerProcess.Start("/bin/sh", ["-c", $"cd '{folder}' && exec \"$0\" \"$@\"", Path.Combine(Home!, "bin", script), .. arguments], new Dictionary<string, string> { ["LOG_DIR"] = folder });

    private async Task ReadyAsync()
    {
        await _process.AnswersAsync(_port, TimeSpan.FromSeconds(60));
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).SetLogHandler((_, _) => { }).Build();
        await Eventually.TrueAsync(() => admin.GetMetadata(TimeSpan.FromSeconds(2)).Brokers.Count > 0, "the broker answers", TimeSpan.FromSeconds(60));
    }

    [GeneratedRegex("^log.dirs=.*$", RegexOptions.Multiline)]
    private static partial Regex LogDirs();
}

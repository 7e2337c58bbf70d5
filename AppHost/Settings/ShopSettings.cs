using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;

namespace Shop.AppHost.Settings;

/// <summary>How PostgreSQL and Kafka run.</summary>
internal enum InfrastructureKind { Containers, Embedded, External }

/// <summary>One PostgreSQL server for all services, or one for each.</summary>
internal enum PostgresLayout { Shared, PerService }

/// <summary>Which broker to embed: <see cref="Auto"/> takes Kafka if it is available, otherwise the mock.</summary>
internal enum BrokerKind { Auto, Kafka, Mock }

/// <summary>Fixed ports; 0 takes a free one.</summary>
internal sealed class PortSettings
{
    public int Gateway { get; set; } = 5100;

    public int Storefront { get; set; } = 5200;

    public int Console { get; set; } = 5210;

    /// <summary>Null: as the launch profile says (5300).</summary>
    public int? Dashboard { get; set; }

    public int PaymentProvider { get; set; } = 5400;

    public int Kafka { get; set; } = 9092;

    public int Postgres { get; set; }
}

/// <summary>Whether the simulated courier moves shipments, or operators do.</summary>
internal enum CourierPace { Automatic, Manual }

/// <summary>The simulated courier. Null: Shipping's own default.</summary>
internal sealed class CourierSettings
{
    public CourierPace? Pace { get; set; }

    public TimeSpan? DispatchAfter { get; set; }

    public TimeSpan? DeliverAfter { get; set; }
}

/// <summary>Where mails go. Without a server and a folder: to Mailpit, or into a folder of the data.</summary>
internal sealed class MailSettings
{
    /// <summary>The SMTP server.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 25;

    /// <summary>For <c>.eml</c> files.</summary>
    public string Folder { get; set; } = "";
}

/// <summary>The section <c>Shop</c> of the AppHost's configuration (environment: <c>Shop__Ports__Gateway</c> …).</summary>
internal sealed class ShopSettings
{
    private static readonly ConditionalWeakTable<IDistributedApplicationBuilder, ShopSettings> Loaded = [];

    /// <summary>Null: containers if a container runtime is running, otherwise embedded.</summary>
    public InfrastructureKind? Infrastructure { get; set; }

    public PostgresLayout Postgres { get; set; }

    public BrokerKind Broker { get; set; }

    public PortSettings Ports { get; set; } = new();

    public CourierSettings Courier { get; set; } = new();

    public MailSettings Mail { get; set; } = new();

    /// <summary>Folder of the embedded servers' data.</summary>
    public string Data { get; set; } = "";

    /// <summary>Empties <see cref="Data"/> first.</summary>
    public bool Fresh { get; set; }

    /// <summary>Path of the document of <c>./shop info</c>.</summary>
    public string InfoFile { get; set; } = "";

    /// <summary>Restarts crashed processes. Off by default under a debugger.</summary>
    public bool RestartCrashed { get; set; } = !Debugger.IsAttached;

    /// <summary>The repository's folder: the AppHost's parent.</summary>
    internal string Repository { get; private set; } = "";

    internal static ShopSettings Of(IDistributedApplicationBuilder builder) => Loaded.GetValue(builder, Load);

    private static ShopSettings Load(IDistributedApplicationBuilder builder)
    {
        ShopSettings settings;
        try
        {
            settings = builder.Configuration.GetSection("Shop").Get<ShopSettings>() ?? new();
        }
        catch (InvalidOperationException failure)
        {
            throw new SetupException($"{failure.Message} {failure.InnerException?.Message}".Trim());
        }

        settings.Repository = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, ".."));
        settings.Data = settings.InRepository(settings.Data is "" ? "artifacts/data" : settings.Data);
        settings.InfoFile = settings.InRepository(settings.InfoFile is "" ? "artifacts/run/info.json" : settings.InfoFile);
        return settings;
    }

    /// <summary>The absolute path; a relative one is resolved against the repository's folder.</summary>
    internal string InRepository(string path) => Path.GetFullPath(path, Repository);
}

using System.Buffers;
using System.Diagnostics;
using OpenTelemetry;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>Renames Npgsql's spans, which are all called "postgresql", to the SQL verb and the database.</summary>
internal sealed class DatabaseSpans : BaseProcessor<Activity>
{
    private static readonly SearchValues<char> AfterVerb = SearchValues.Create(" \r\n\t(;");

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name != "Npgsql" || data.GetTagItem("db.query.text") is not string text)
            return;

        var database = data.GetTagItem("db.namespace");
        // The dashboard links the span to the resource of this name; host and port do not distinguish the databases of one server.
        data.SetTag("peer.service", $"{database}-db");

        var statement = text.AsSpan().TrimStart();
        var end = statement.IndexOfAny(AfterVerb);
        var verb = (end < 0 ? statement : statement[..end]).ToString().ToUpperInvariant();

        data.DisplayName = verb.Length is > 0 and <= 20 ? $"{verb} {database}" : data.DisplayName;
    }
}

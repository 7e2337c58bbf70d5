using System.Buffers;
using System.Diagnostics;
using OpenTelemetry;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>Npgsql's spans are all called "postgresql". The verb and the database tell them apart without the whole statement.</summary>
internal sealed class DatabaseSpans : BaseProcessor<Activity>
{
    private static readonly SearchValues<char> AfterVerb = SearchValues.Create(" \r\n\t(;");

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name != "Npgsql" || data.GetTagItem("db.query.text") is not string text)
            return;

        var database = data.GetTagItem("db.namespace");
        // The dashboard draws the arrow to the resource of this name. By host and port alone it could not tell the databases of one server apart.
        data.SetTag("peer.service", $"{database}-db");

        var statement = text.AsSpan().TrimStart();
        var end = statement.IndexOfAny(AfterVerb);
        var verb = (end < 0 ? statement : statement[..end]).ToString().ToUpperInvariant();

        data.DisplayName = verb.Length is > 0 and <= 20 ? $"{verb} {database}" : data.DisplayName;
    }
}

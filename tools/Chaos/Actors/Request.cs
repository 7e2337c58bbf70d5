namespace Shop.Chaos.Actors;

/// <param name="Step">The step of the plan that it belongs to.</param>
/// <param name="Key">Idempotency-Key.</param>
internal sealed record Request(int Step, HttpMethod Method, string Path, object? Body = null, string? Key = null, string? IfMatch = null)
{
    public static Request Get(int step, string path) => new(step, HttpMethod.Get, path);

    public static Request Post(int step, string path, object? body = null, string? key = null) => new(step, HttpMethod.Post, path, body, key);

    public override string ToString() => $"{Method} {Path}";
}

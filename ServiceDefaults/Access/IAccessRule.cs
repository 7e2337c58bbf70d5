namespace Shop.ServiceDefaults.Access;

/// <summary>Endpoint metadata that admits callers. One rule that admits the caller is enough; an endpoint without rules admits nobody.</summary>
internal interface IAccessRule
{
    bool Admits(Caller caller);
}

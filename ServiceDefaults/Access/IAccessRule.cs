namespace Shop.ServiceDefaults.Access;

/// <summary>Metadata of an endpoint: who may call it. One rule that admits the caller is enough; an endpoint without rules admits nobody.</summary>
internal interface IAccessRule
{
    bool Admits(Caller caller);
}

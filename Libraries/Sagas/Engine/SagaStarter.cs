using System.Diagnostics;
using Shop.Persistence.Replicas;
using Shop.Sagas.Definition;
using Shop.Sagas.Store;

namespace Shop.Sagas.Engine;

internal sealed class SagaStarter(SagaCatalog catalog, ReplicaIdentity replica)
{
    public SagaRow Row(object state, string? subject, Activity? activity)
    {
        var saga = catalog.OfState(state.GetType());
        return new()
        {
            Id = Guid.CreateVersion7(),
            Type = saga.Type,
            Subject = subject,
            State = saga.WriteState(state),
            Within = saga.Within,
            LeaseOwner = replica.Id,
            TraceParent = activity?.Id,
            TraceState = activity?.TraceStateString,
        };
    }
}

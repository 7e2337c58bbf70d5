using System.Diagnostics;

namespace Shop.Messaging.SagaEngine;

internal sealed class SagaStarter(SagaCatalog catalog, MessagingDefinition definition)
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
            LeaseOwner = definition.Replica,
            TraceParent = activity?.Id,
            TraceState = activity?.TraceStateString,
        };
    }
}

namespace Shop.Messaging;

public enum SagaStatus
{
    Running,
    Compensating,
    Completed,
    Compensated,
}

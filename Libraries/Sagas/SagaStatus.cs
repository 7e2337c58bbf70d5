
namespace Shop.Sagas;

public enum SagaStatus
{
    Running,
    Compensating,
    Completed,
    Compensated,
}

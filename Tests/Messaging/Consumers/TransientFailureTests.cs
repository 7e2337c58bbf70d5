using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Messaging.Events;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Messaging.Tests.Consumers;

/// <summary>Transient failures of packages that only services with messaging reference.</summary>
public sealed class TransientFailureTests
{
    public static TheoryData<bool, Exception> Failures => new()
    {
        { true, new KafkaException(ErrorCode.Local_AllBrokersDown) },
        { true, new ProduceException<byte[], byte[]>(new(ErrorCode.Local_MsgTimedOut), new()) },
        { false, new ConsumeException(new(), new(ErrorCode.Local_ValueDeserialization)) },
        { true, new DbUpdateConcurrencyException("another was first") },
        { true, new DbUpdateException("while saving", new PostgresException("no", "ERROR", "ERROR", PostgresErrorCodes.SerializationFailure)) },
        { true, new DbUpdateException("while saving", new PostgresException("no", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction)) },
        { false, new DbUpdateException("while saving", new PostgresException("no", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation)) },
        { false, new DbUpdateException("while saving", new PostgresException("no", "ERROR", "ERROR", PostgresErrorCodes.CharacterNotInRepertoire)) },
        { false, new UnreadablePayloadException("shop.testing.v1.Deposited", new FormatException()) },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failure_passes_or_does_not(bool passes, Exception failure) => Assert.Equal(passes, TransientFailures.IsTransient(failure));
}

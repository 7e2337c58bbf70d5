using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Shop.Messaging.Commands;
using Shop.ServiceDefaults;

namespace Shop.Messaging;

/// <summary>The callee's side of a saga's steps: a command and its undo, each applied once whatever is repeated, lost or overtaken on the way.</summary>
public static class IdempotentCommands
{
    /// <summary>
    /// Runs <paramref name="effect"/> and keeps its answer under the key, in one transaction. The same key again gets the kept answer. At the same time:
    /// the second waits for the first. An effect that throws leaves nothing behind, and the exception passes; the key may be tried again.
    /// </summary>
    /// <param name="idempotencyKey"><see cref="StepContext.IdempotencyKey"/>: <c>{uuid}/{step}/do</c>.</param>
    /// <exception cref="RefusedException">It has been undone before it came: reason <c>undone</c>.</exception>
    /// <exception cref="InvalidException">The key has another form.</exception>
    public static Task<TResponse> DoOnceAsync<TResponse>(this DbContext db, string idempotencyKey, Func<CancellationToken, Task<TResponse>> effect, CancellationToken cancel)
        where TResponse : IMessage<TResponse>, new()
    {
        var key = CommandKey.Parse(idempotencyKey, "do");
        return db.InTransactionAsync(async token =>
        {
            var before = await db.TakeAsync(key, token);
            if (before is { Undone: true })
                throw new RefusedException("undone", "This command has been undone before it arrived.");
            if (before is { Answer: { } kept })
                return CommandStore.Read<TResponse>(kept);

            var answer = await effect(token);
            await db.KeepAsync(key, answer.ToByteArray(), undone: false, undoAnswer: null, token);
            return answer;
        }, cancel);
    }

    /// <summary>
    /// Takes back what the forward command of the same saga and step did, once. If that has never been here, only a tombstone is kept, so that it is refused should it
    /// still arrive; <paramref name="effect"/> does not run then.
    /// </summary>
    /// <param name="idempotencyKey"><see cref="StepContext.IdempotencyKey"/>: <c>{uuid}/{step}/undo</c>.</param>
    /// <exception cref="InvalidException">The key has another form.</exception>
    public static Task<TResponse> UndoOnceAsync<TResponse>(this DbContext db, string idempotencyKey, Func<CancellationToken, Task<TResponse>> effect, CancellationToken cancel)
        where TResponse : IMessage<TResponse>, new()
    {
        var key = CommandKey.Parse(idempotencyKey, "undo");
        return db.InTransactionAsync(async token =>
        {
            var before = await db.TakeAsync(key, token);
            if (before is { UndoAnswer: { } kept })
                return CommandStore.Read<TResponse>(kept);

            var answer = before?.Answer is null ? new TResponse() : await effect(token);
            await db.KeepAsync(key, before?.Answer, undone: true, answer.ToByteArray(), token);
            return answer;
        }, cancel);
    }
}

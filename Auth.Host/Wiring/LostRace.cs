using Auth.Host.Http;
using Auth.Host.Users;
using JasperFx;
using JasperFx.Events;
using Marten.Exceptions;
using Npgsql;
using ExistingStreamIdCollisionException = Marten.Exceptions.ExistingStreamIdCollisionException;

namespace Auth.Host.Wiring;

/// <summary>Two at once: the loser's verdict is thrown away and everything is read again, at most five times, then it is told 409.</summary>
public static class LostRace
{
    private const int MostTries = 5;

    /// <summary>Runs a command until it is first; <paramref name="taken"/> is what to say when an identifier belongs to somebody already.</summary>
    public static async Task<T> Again<T>(Func<Task<T>> command, Problem? taken = null)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await command();
            }
            catch (Exception lost) when (taken is not null && IsTaken(lost))
            {
                throw taken.Refuse();
            }
            catch (Exception lost) when (Is(lost))
            {
                if (tries == MostTries) throw Problems.Busy.Refuse();
            }
        }
    }

    /// <summary>Whether somebody else was first; a deadlock that the database broke is the same.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        ConcurrencyException or ExistingStreamIdCollisionException or DocumentAlreadyExistsException => true,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => true,
        AggregateException many => many.InnerExceptions.All(Is),
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };

    private static bool IsTaken(Exception exception) =>
        exception is DocumentAlreadyExistsException { DocType: var type } ? type == typeof(Identifier) : exception.InnerException is { } inner && IsTaken(inner);
}

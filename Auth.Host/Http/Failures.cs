using System.Net.Sockets;
using JasperFx;
using Npgsql;

namespace Auth.Host.Http;

/// <summary>
/// The outermost layer: whatever goes wrong leaves as a problem of the catalogue. What is our fault is logged once;
/// what many can cause at will is never logged with a stack.
/// </summary>
public sealed partial class Failures(ILogger<Failures> logger, IEnumerable<IRefusalWitness> witnesses)
{
    private static readonly TimeSpan StoreBack = TimeSpan.FromSeconds(2);

    public async Task Answer(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
                await ProblemJson.Write(http, Problems.OfStatus(http.Response.StatusCode).Answer());
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;   // nobody is listening
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            var answer = Judge(http, failure);
            Forget(http.Response.Headers);
            await ProblemJson.Write(http, answer);
        }
    }

    private ProblemAnswer Judge(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case Refused refused:
                return Seen(http, refused.Answer);
            case BadHttpRequestException unreadable:
                return Seen(http, Problems.OfStatus(unreadable.StatusCode).Answer());
            case var _ when IsOvertaken(failure):
                Overtaken(http.Request.Method, failure.GetType().Name);
                return Problems.Busy.After(TimeSpan.FromSeconds(1));
            case var _ when IsStoreAway(failure):
                StoreAway(failure.GetType().Name, ProblemJson.TraceId(http));
                return Problems.Unavailable.After(StoreBack);
            default:
                Broken(failure, http.Request.Method, ProblemJson.TraceId(http));
                return Problems.Broken.Answer();
        }
    }

    private ProblemAnswer Seen(HttpContext http, ProblemAnswer answer)
    {
        foreach (var witness in witnesses) witness.Saw(http, answer.Problem);
        return answer;
    }

    /// <summary>Somebody else committed first, or the database chose a victim.</summary>
    private static bool IsOvertaken(Exception? failure) => failure switch
    {
        null => false,
        ConcurrencyException or JasperFx.Events.ExistingStreamIdCollisionException or Marten.Exceptions.ExistingStreamIdCollisionException => true,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => true,
        _ => IsOvertaken(failure.InnerException),
    };

    /// <summary>The database cannot be reached, is starting or stopping, or is out of connections or time.</summary>
    private static bool IsStoreAway(Exception? failure) => failure switch
    {
        null => false,
        PostgresException { SqlState: ['5', '7', 'P', ..] or ['5', '3', ..] or ['0', '8', ..] } => true,
        PostgresException => false,
        NpgsqlException or SocketException or TimeoutException => true,
        _ => IsStoreAway(failure.InnerException),
    };

    /// <summary>A failed request hands out nothing.</summary>
    private static void Forget(IHeaderDictionary headers)
    {
        headers.SetCookie = default;
        headers.Authorization = default;
        headers.ETag = default;
        headers.ContentLength = null;
        headers.ContentType = default;
    }

    [LoggerMessage(1, LogLevel.Information, "A {Method} lost a race: {Kind}")]
    private partial void Overtaken(string method, string kind);

    [LoggerMessage(2, LogLevel.Warning, "The store is away: {Kind} (trace {TraceId})")]
    private partial void StoreAway(string kind, string traceId);

    [LoggerMessage(3, LogLevel.Error, "A {Method} failed (trace {TraceId})")]
    private partial void Broken(Exception failure, string method, string traceId);
}

/// <summary>Is told of every request that was refused before it reached a command.</summary>
public interface IRefusalWitness
{
    void Saw(HttpContext http, Problem problem);
}

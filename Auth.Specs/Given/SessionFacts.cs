using Auth.Host.Http;
using Marten;

namespace Auth.Specs.Given;

/// <summary>What is told of a session after its start.</summary>
public static class SessionFacts
{
    /// <summary>Its own stream.</summary>
    public static async Task<IReadOnlyList<object>> Of(RunningHost host, string session)
    {
        SessionId.TryParse(session, out var id).ShouldBeTrue();
        await using var reading = host.Store.QuerySession("default");
        return [.. (await reading.Events.FetchStreamAsync(id.Value, token: TestContext.Current.CancellationToken)).Select(e => e.Data)];
    }
}

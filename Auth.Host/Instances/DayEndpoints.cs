using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Projections;
using Marten;

namespace Auth.Host.Instances;

/// <summary>The Backend API for what happened day by day: texts, and how people sign in. As far as the readings are.</summary>
public static class DayEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapDays(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/instance").RequireSecretKey().WithTags("Backend API: instance");
        api.MapGet("/sms", Sms).Produces<IReadOnlyList<SmsDayResource>>().WithSummary("Texts by day and country, newest day first.");
        api.MapGet("/mfa_adoption", MfaAdoption).Produces<IReadOnlyList<MfaDayResource>>().WithSummary("Sign-ins by day, newest first.");
    }

    /// <summary>Texts.</summary>
    public static async Task<IReadOnlyList<SmsDayResource>> Sms(int? limit, int? offset, IDocumentStore store, CancellationToken ct) =>
        [.. (await Rows<SmsLedger>(store, limit, offset, ct)).Select(SmsDayResource.Of)];

    /// <summary>Sign-ins.</summary>
    public static async Task<IReadOnlyList<MfaDayResource>> MfaAdoption(int? limit, int? offset, IDocumentStore store, CancellationToken ct) =>
        [.. (await Rows<MfaAdoption>(store, limit, offset, ct)).Select(MfaDayResource.Of)];

    // The id of a row begins with its day.
    private static async Task<IReadOnlyList<T>> Rows<T>(IDocumentStore store, int? limit, int? offset, CancellationToken ct) where T : class
    {
        Paging.Check(limit, offset);
        await using var session = store.QuerySession(Tenants.Default);
        return await session.QueryAsync<T>("where tenant_id = ? order by left(id, 10) desc, id limit ? offset ?", ct, Tenants.Default, limit ?? 100, offset ?? 0);
    }
}

/// <summary>Texts to one country on one day (UTC).</summary>
/// <param name="Asked">Queued; the day is that on which they were.</param>
/// <param name="Suppressed">Kept, by rule: <c>country</c>, <c>budget</c>, <c>prefix</c>, <c>country_limit</c>, <c>send_limit</c>.</param>
/// <param name="Noted">Left, but would not have if <c>sms.fraud_rule</c> were <c>enforce</c>.</param>
/// <param name="Failed">By the provider's number, or word.</param>
/// <param name="Unused">Asked for, and nobody typed the code so far.</param>
/// <param name="UpTo">The last event in it: later ones are not told yet.</param>
public sealed record SmsDayResource(
    string Object, string Day, string Country, int Asked, IReadOnlyDictionary<string, int> Suppressed, IReadOnlyDictionary<string, int> Noted, int Sent, int Delivered,
    IReadOnlyDictionary<string, int> Failed, int Used, int Unused, long UpTo)
{
    internal static SmsDayResource Of(SmsLedger row) => new(
        "sms_day", row.Day, row.Country, row.Asked, Named(row.Suppressed), Named(row.Noted), row.Sent, row.Delivered, row.Failed, row.Used, row.Unused, row.UpTo);

    private static Dictionary<string, int> Named(IReadOnlyDictionary<RefusalReason, int> counts) =>
        counts.ToDictionary(count => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(count.Key.ToString()), count => count.Value);
}

/// <summary>Sign-ins of one day (UTC).</summary>
/// <param name="Failed">Ended without a session.</param>
/// <param name="FirstFactors">Right ones, by strategy.</param>
/// <param name="SecondFactors">Right ones, by strategy.</param>
/// <param name="Sent">Messages with codes that a provider took over.</param>
/// <param name="Typed">Codes from messages that were typed right.</param>
/// <param name="UpTo">The last event in it: later ones are not told yet.</param>
public sealed record MfaDayResource(
    string Object, string Day, int Started, int Converted, int Failed, int WrongGuesses, IReadOnlyDictionary<string, int> FirstFactors, IReadOnlyDictionary<string, int> SecondFactors,
    int Sent, int Delivered, int Typed, long UpTo)
{
    internal static MfaDayResource Of(MfaAdoption row) => new(
        "mfa_day", row.Id, row.Started, row.Converted, row.Failed, row.WrongGuesses, Named(row.First), Named(row.Second), row.Sent, row.Delivered, row.Typed, row.UpTo);

    private static Dictionary<string, int> Named(IReadOnlyDictionary<Strategy, int> counts) => counts.ToDictionary(count => count.Key.Traits().Name, count => count.Value);
}

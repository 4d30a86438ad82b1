using Auth.Host.Wiring;
using Auth.Projections.Proof;

namespace Auth.Host.Witnesses;

/// <summary>Once a second: seals what is due and tells witnesses. Sign-ins do not wait for it, and do not end with it: what goes wrong shows in the log and in the health.</summary>
internal sealed partial class Sealer(Sealing sealing, Witnessing witnessing, SealTroubles troubles, TimeProvider clock, ILogger<Sealer> log) : BackgroundService
{
    private readonly Dictionary<string, DateTimeOffset> _again = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.Next(stoppingToken))
        {
            await Quietly("seals", async () =>
            {
                while (await sealing.Once(stoppingToken) == sealing.Most)
                {
                }
            }, stoppingToken);
            await Quietly("witnesses", () => witnessing.Once(stoppingToken), stoppingToken);
        }
    }

    // Told once, and tried again in ten seconds: a witness that is away must not fill the log.
    private async Task Quietly(string what, Func<Task> work, CancellationToken stopping)
    {
        if (_again.TryGetValue(what, out var then) && clock.GetUtcNow() < then) return;
        try
        {
            await work();
            _again.Remove(what);
            troubles.Over(what);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // What was not done, another host or the next start does.
        }
        catch (Exception e)
        {
            _again[what] = clock.GetUtcNow().AddSeconds(10);
            if (!troubles.Began(what, Sentence(e))) return;
            if (IsBroken(e)) Broken(what, Sentence(e));
            else Away(what, Sentence(e));
        }
    }

    private static string Sentence(Exception e) => e switch
    {
        AggregateException many => string.Join(' ', many.InnerExceptions.Select(Sentence)),
        BrokenSealException or NotWitnessedException => e.Message,
        _ => e.GetType().Name,
    };

    private static bool IsBroken(Exception e) => e is BrokenSealException || e is AggregateException many && many.InnerExceptions.Any(IsBroken);

    [LoggerMessage(LogLevel.Error, "The {What} of the history do not fit: {Sentence}")]
    private partial void Broken(string what, string sentence);

    [LoggerMessage(LogLevel.Warning, "The {What} of the history have to wait: {Sentence}")]
    private partial void Away(string what, string sentence);
}

/// <summary>What is wrong with the seals, for the health page.</summary>
internal sealed class SealTroubles
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _now = new();

    internal IEnumerable<string> Now => _now.Values.Distinct();

    internal void Over(string what) => _now.TryRemove(what, out _);

    /// <summary>False when that was known.</summary>
    internal bool Began(string what, string sentence)
    {
        var known = _now.TryGetValue(what, out var before) && before == sentence;
        _now[what] = sentence;
        return !known;
    }
}

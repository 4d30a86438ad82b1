using Auth.Host.Wiring;
using Wolverine;

namespace Auth.Host.Recoveries;

/// <summary>
/// From its instant on a recovery has happened for every reader: a request that meets one that is due and not told has it told, in a transaction of its own,
/// and begins again. Whoever asks twice at once tells it once.
/// </summary>
public static class RecoverFirst
{
    // Every answer draws a handful of people at most; a list may meet several.
    private const int MostPeople = 50;

    internal static async Task Answer(HttpContext http, RequestDelegate next)
    {
        for (var people = 0; ; people++)
        {
            try
            {
                await next(http);
                return;
            }
            catch (Exception failure) when (people < MostPeople && !http.Response.HasStarted && Due(failure) is { } due)
            {
                await http.RequestServices.GetRequiredService<IMessageBus>().Ask<EffectTaken>(new TakeEffectStep(due), http.RequestAborted);
            }
        }
    }

    private static Guid? Due(Exception? failure) => failure switch
    {
        null => null,
        RecoveryDueException due => due.User,
        _ => Due(failure.InnerException),
    };
}
